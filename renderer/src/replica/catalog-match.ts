/** What a product is found by, folded once: case and accents never matter. */
export interface SearchText {
	readonly sku: string;
	readonly name: string;
	/** The name and the brand in lower case without accents; the SKU behind them. */
	readonly text: string;
}

export function foldedText(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.toLowerCase();
}

export function searchTextOf(product: {
	readonly id: string;
	readonly name: string;
	readonly brand: string;
}): SearchText {
	const { id, name, brand } = product;
	const said = brand === '' || name.includes(brand) ? name : `${name} ${brand}`;
	return { sku: id, name, text: `${foldedText(said)} ${foldedText(id)}` };
}

/** The words that were typed; each must be found. */
export function wordsOf(query: string): readonly string[] {
	return foldedText(query).split(/\s+/).filter(Boolean);
}

/**
 * How well a product fits what was typed: 0 is the SKU itself, then what begins with the first word, then whole beginnings of words, then
 * any part; null when a word is missing.
 */
export function matchRank({ sku, text }: SearchText, words: readonly string[]): number | null {
	const [first] = words;
	if (first === undefined) return null;
	for (const word of words) if (!text.includes(word)) return null;
	if (words.length === 1 && sku.toLowerCase() === first) return 0;
	if (text.startsWith(first)) return 1;
	return words.every((word) => text.includes(` ${word}`) || text.startsWith(word)) ? 2 : 3;
}
