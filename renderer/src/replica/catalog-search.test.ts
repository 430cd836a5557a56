import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../shared/schema/product.ts';
import { matchRank, searchTextOf, wordsOf } from './catalog-match.ts';
import { type CatalogFindings, openCatalogSearch } from './catalog-search.ts';

const product = (id: string, name: string, brand = ''): Product => ({
	id,
	kind: 'product',
	gtin: '05012345678900',
	otherGtins: [],
	name,
	brand,
	department: 'Kitchen',
	price: { minor: 450, currency: 'GBP' },
	weightGrams: 300,
	tracking: 'none',
});

/** A catalog on a disk: rows by id, with the canary that each collection has. */
function catalogOf(products: readonly Product[]) {
	const rows = [...products].sort((a, b) => (a.id < b.id ? -1 : 1));
	let reads = 0;
	const search = openCatalogSearch(
		async (after, limit) => {
			reads += 1;
			const behind = rows.filter(({ id }) => id > after).slice(0, limit);
			return behind.map((document) => ({ document: document as never, position: 1 }));
		},
		async () => undefined,
	);
	const all = async (query: string) => {
		const told: CatalogFindings[] = [];
		await search.find(
			query,
			(findings) => told.push(findings),
			() => true,
		);
		return told;
	};
	return { search, all, reads: () => reads };
}

const many = Array.from({ length: 2500 }, (_, at) => product(`SKU-${String(at).padStart(5, '0')}`, `Mug no ${at}`));

describe('products found by name', () => {
	it('all that fit are found wherever they stand in the catalog, case and accents apart', async () => {
		const { all } = catalogOf([...many, product('Z-1', 'Café Crème', 'Élan'), product('A-1', 'Creme brush')]);
		const names = async (query: string) => (await all(query)).at(-1)?.found.map(({ name }) => name);
		expect(await names('creme')).toEqual(['Creme brush', 'Café Crème']);
		expect(await names('ELAN cafe')).toEqual(['Café Crème']);
		expect(await names('creme nothing')).toEqual([]);
	});

	it('answers as soon as something is found, and says whether the catalog was gone through', async () => {
		const told = await catalogOf(many).all('mug');
		expect(told[0]?.isComplete).toBe(false);
		expect(told[0]?.found.length).toBeGreaterThan(0);
		expect(told.at(-1)?.isComplete).toBe(true);
		expect(told.at(-1)?.found).toHaveLength(50);
	});

	it('reads the catalog once, also when somebody types on while it is being read', async () => {
		const { all, reads } = catalogOf(many);
		await Promise.all([all('mug'), all('mug no 7')]);
		const before = reads();
		expect(before).toBe(3);
		await all('mug no 9');
		expect(reads()).toBe(before);
	});

	it('a search that nobody waits for any more ends', async () => {
		const { search } = catalogOf(many);
		let told = 0;
		await search.find(
			'mug',
			() => {
				told += 1;
			},
			() => told === 0,
		);
		expect(told).toBe(1);
	});

	it('the SKU itself comes first, then what begins so, then words, then any part', () => {
		const ranks = [
			['MUG', 'Cup'],
			['A', 'Mug, blue'],
			['B', 'Blue mug'],
			['C', 'Smug cat'],
			['D', 'Plate'],
		].map(([id = '', name = '']) => matchRank(searchTextOf(product(id, name)), ['mug']));
		expect(ranks).toEqual([0, 1, 2, 3, null]);
	});

	it('every word of a product’s own name finds it', () => {
		const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'É', 'z', ' '), minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(letters, (name) => {
				const words = wordsOf(name);
				fc.pre(words.length > 0);
				expect(matchRank(searchTextOf(product('S-1', name)), words)).not.toBeNull();
				expect(matchRank(searchTextOf(product('S-1', name)), [...words, 'q'])).toBeNull();
			}),
		);
	});
});
