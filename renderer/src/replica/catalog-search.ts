import type { DocumentOf } from '../../../shared/schema/documents.ts';
import { matchRank, type SearchText, searchTextOf, wordsOf } from './catalog-match.ts';
import type { Stored } from './replica-rows.ts';

/** Products that fit, the best first. `isComplete` is false while the catalog is still being gone through. */
export interface CatalogFindings {
	readonly found: readonly SearchText[];
	readonly isComplete: boolean;
}

export interface CatalogSearch {
	/** Tells what is found, again whenever there is more; ends when the whole catalog was gone through or `isWanted` says no. */
	readonly find: (query: string, tell: (findings: CatalogFindings) => void, isWanted: () => boolean) => Promise<void>;
}

/** Rows that are read at once, and texts that are compared at once, before the next question is heard. */
const rowsAtOnce = 1000;
const textsAtOnce = 10_000;
const mostFindings = 50;

/**
 * Search over the names of all products of one generation. The first search reads the catalog piece by piece and answers as it goes;
 * the texts stay in memory (some 20 MB of 100,000 products), so that the next one takes milliseconds.
 */
export function openCatalogSearch(
	readAfter: (after: string, limit: number) => Promise<readonly Stored<'catalog'>[]>,
	pause: () => Promise<void>,
): CatalogSearch {
	const texts: SearchText[] = [];
	let isFilled = false;
	let next: Promise<void> | null = null;
	let last = '';

	const readOn = async () => {
		const rows = await readAfter(last, rowsAtOnce);
		for (const { document } of rows) if (isProduct(document)) texts.push(searchTextOf(document));
		last = rows.at(-1)?.document.id ?? last;
		isFilled = rows.length < rowsAtOnce;
	};
	/** Two searches at once read each piece once. */
	const fillOn = () => {
		next ??= readOn().finally(() => {
			next = null;
		});
		return next;
	};

	return {
		find: async (query, tell, isWanted) => {
			const words = wordsOf(query);
			const byRank: SearchText[][] = [[], [], [], []];
			let compared = 0;
			let told = 0;
			const found = () => byRank.flat().slice(0, mostFindings);
			const count = () => byRank.reduce((sum, each) => sum + each.length, 0);
			while (isWanted()) {
				const end = Math.min(texts.length, compared + textsAtOnce);
				for (; compared < end; compared += 1) {
					const text = texts[compared];
					const rank = text === undefined ? null : matchRank(text, words);
					const same = rank === null ? undefined : byRank[rank];
					if (text !== undefined && same !== undefined && same.length < mostFindings) same.push(text);
				}
				const isComplete = isFilled && compared === texts.length;
				if (isComplete || count() !== told) {
					told = count();
					tell({ found: found(), isComplete });
				}
				if (isComplete) return;
				// Reading gives others their turn by itself.
				if (compared === texts.length) await fillOn();
				else await pause();
			}
		},
	};
}

const isProduct = (document: DocumentOf<'catalog'>) => document.kind === 'product';
