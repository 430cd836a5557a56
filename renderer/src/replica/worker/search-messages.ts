import type { CatalogFindings } from '../catalog-search.ts';

/** Looks for products in one generation of a site's replica. The next question takes this one's place. */
export interface SearchRequest {
	readonly id: number;
	readonly siteId: string;
	readonly generation: number;
	/** Counts how often the catalog has changed: what was read of an earlier state is not used any more. */
	readonly state: number;
	readonly query: string;
}

/** `error` holds the words of whatever failed, for a log. */
export type SearchReply =
	| { readonly kind: 'found'; readonly id: number; readonly findings: CatalogFindings }
	| { readonly kind: 'failed'; readonly id: number; readonly error: string };
