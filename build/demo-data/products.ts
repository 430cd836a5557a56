import type { Product } from '../../shared/schema/product.ts';
import { departmentOf } from './departments.ts';
import { seededRandom } from './seeded-random.ts';
import { cell, type Row } from './sources.ts';

/** Below and above, the source's pack size is a reading error or a pallet. */
const plausibleNetGrams = { least: 15, most: 6000 };

/**
 * Gives each real product (name, GTIN, brand, category, weight) the stock code, the price and the demand of one real retail
 * item: the items by number of sale lines, the products in a seeded order.
 */
export function makeProducts(gtinProducts: readonly Row[], retailItems: readonly Row[]): Product[] {
	const goods = gtinProducts
		.filter((row) => cell(row, 'restricted') === '0' && cell(row, 'netGrams') !== '')
		.filter((row) => isPlausible(Number(cell(row, 'netGrams'))) && isPlausibleName(tidyName(cell(row, 'name'))))
		.map((row) => ({ row, order: seededRandom(cell(row, 'gtin14'))() }))
		.sort((a, b) => a.order - b.order || cell(a.row, 'gtin14').localeCompare(cell(b.row, 'gtin14')));
	const items = retailItems
		.filter((row) => cell(row, 'kind') === 'product' && Number(cell(row, 'medianUnitPriceGBP')) > 0)
		.toSorted(
			(a, b) =>
				Number(cell(b, 'saleLines')) - Number(cell(a, 'saleLines')) ||
				(cell(a, 'stockCode') < cell(b, 'stockCode') ? -1 : 1),
		);
	return goods.map(({ row }, rank) => {
		const item = items[rank];
		if (!item) throw new Error('There are fewer retail items than products');
		return {
			id: cell(item, 'stockCode').toUpperCase(),
			kind: 'product',
			gtin: cell(row, 'gtin14'),
			otherGtins: [],
			name: tidyName(cell(row, 'name')),
			brand: tidyBrand(cell(row, 'brandName') || cell(row, 'brandOwner')),
			department: departmentOf(cell(row, 'category')),
			price: { minor: Math.round(Number(cell(item, 'medianUnitPriceGBP')) * 100), currency: 'GBP' },
			weightGrams: Math.round(Number(cell(row, 'netGrams')) * 1.08),
			tracking: 'none',
		};
	});
}

function isPlausible(netGrams: number): boolean {
	return netGrams >= plausibleNetGrams.least && netGrams <= plausibleNetGrams.most;
}

/** A name that a picker can read: Latin letters, some of them, and not a line of ingredients. */
function isPlausibleName(name: string): boolean {
	return /^[\p{Script=Latin}\p{Script=Common}]+$/u.test(name) && /\p{L}{3}/u.test(name) && name.length <= 80;
}

function tidyName(name: string): string {
	const tidied = name
		.replaceAll(/\s+/g, ' ')
		.trim()
		.replace(/^(\w+, )?(inc|llc|ltd)\.?, /i, '')
		.replace(/[,;.`\s]+$/, '');
	const cased = tidied === tidied.toUpperCase() ? titleCase(tidied) : tidied;
	return cased.charAt(0).toUpperCase() + cased.slice(1);
}

function tidyBrand(brand: string): string {
	const tidied = brand
		.replaceAll(/\s+/g, ' ')
		.trim()
		.replace(/,? (inc|llc|ltd|co)\.?$/i, '');
	return tidied === tidied.toUpperCase() && tidied.length > 4 ? titleCase(tidied) : tidied;
}

function titleCase(text: string): string {
	return text
		.toLowerCase()
		.replaceAll(/(^|[\s\-(/&])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
