import type { SiteAvailability, SkuAvailability } from '../../../shared/schema/availability.ts';

/** What a site can promise of a product, as it was last known. */
export interface KnownSite {
	readonly siteId: string;
	readonly siteName: string;
	readonly available: number;
	/** How certain it is that all of them are there, from 0 to 1; null where nothing is. */
	readonly certainty: number | null;
	/** The first day on which there are more, and how many then. */
	readonly later: { readonly from: string; readonly units: number } | null;
	readonly kilometers: number | null;
}

/** Central's last answer about one product. */
export interface KnownAnswer {
	readonly sku: string;
	/** Central's clock, as an instant. */
	readonly asOf: string;
	readonly sites: readonly KnownSite[];
}

/** Products whose answers a device keeps, and sites of each: some 300 KB at most. */
const mostAnswers = 200;
const mostSites = 12;

function knownSite({ siteId, siteName, available, buckets, kilometers }: SiteAvailability): KnownSite {
	const now = buckets.findLast(({ units }) => units === available);
	const later = buckets.find(({ units }) => units > available);
	return {
		siteId,
		siteName,
		available,
		certainty: available === 0 ? null : (now?.certainty ?? null),
		later: later === undefined ? null : { from: later.from, units: later.units },
		kilometers: kilometers ?? null,
	};
}

/** What is worth keeping of an answer: the own site and those that have or expect something, in central's order. */
export function knownAnswer(asOf: string, { sku, sites }: SkuAvailability, ownSiteId: string): KnownAnswer {
	const known = sites.map(knownSite);
	const own = known.filter(({ siteId }) => siteId === ownSiteId);
	const others = known.filter(
		({ siteId, available, later }) => siteId !== ownSiteId && (available > 0 || later !== null),
	);
	return { sku, asOf, sites: [...own, ...others.slice(0, mostSites)] };
}

/** Adds an answer to those that are kept, the latest first; the oldest go. */
export function withAnswer(kept: readonly KnownAnswer[], answer: KnownAnswer): readonly KnownAnswer[] {
	return [answer, ...kept.filter(({ sku }) => sku !== answer.sku)].slice(0, mostAnswers);
}

export type CertaintyWord = 'sure' | 'likely' | 'unsure' | 'doubtful';

/** A probability as people say it. */
export function certaintyWord(certainty: number): CertaintyWord {
	if (certainty >= 0.95) return 'sure';
	if (certainty >= 0.8) return 'likely';
	return certainty >= 0.5 ? 'unsure' : 'doubtful';
}
