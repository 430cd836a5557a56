import type { Product } from '../../shared/schema/product.ts';
import { seededRandom, wholeNumber } from './seeded-random.ts';
import type { OpeningStock } from './stock.ts';

/** Units of a position's opening stock of which more is known than that they are there. */
export type KnownUnits = {
	readonly siteId: string;
	readonly sku: string;
	readonly quantity: number;
	readonly bin: string;
	readonly lot: string;
	/** Days from the demo day; below zero when they have expired. */
	readonly expiresInDays: number | undefined;
	readonly serials: readonly string[];
};

const lotDepartments = new Set(['Dairy and Eggs', 'Meat and Fish']);
/** Of the chilled products one in so many, so that most orders have none. */
const lotShare = 5;
const mostLotProducts = 12;
const serialProducts = 2;
/** A warehouse keeps a part of one product in so many in a reserve bin. */
const reserveShare = 25;

/** Makes a few chilled products tracked by lot, and of the rarely sold ones the dearest by serial number. Which ones is invented. */
export function trackSome(products: readonly Product[]): Product[] {
	const chilled = products.filter(({ department }) => lotDepartments.has(department));
	const lots = new Set(chilled.filter((_, index) => index % lotShare === 2).slice(0, mostLotProducts));
	const dearest = products
		.slice(Math.floor(products.length / 2))
		.filter((product) => !lots.has(product))
		.toSorted((a, b) => b.price.minor - a.price.minor || (a.id < b.id ? -1 : 1));
	const serials = new Set(dearest.slice(0, serialProducts));
	return products.map((product) => {
		const tracking = lots.has(product) ? 'lot' : serials.has(product) ? 'serial' : 'none';
		return { ...product, tracking };
	});
}

/** The lots and serial numbers of the opening stock, and what of it lies in reserve bins. All invented. */
export function knownUnits(
	stock: readonly OpeningStock[],
	products: readonly Product[],
	isWarehouse: (siteId: string) => boolean,
): KnownUnits[] {
	const trackingOf = new Map(products.map(({ id, tracking }) => [id, tracking]));
	let place = 0;
	return stock.flatMap((position) => {
		const { siteId, sku, quantity } = position;
		if (quantity === 0) return [];
		const random = seededRandom(`units ${siteId} ${sku}`);
		const tracking = trackingOf.get(sku);
		const plain = { siteId, sku, bin: '', lot: '', expiresInDays: undefined, serials: [] };
		if (tracking === 'lot') return lotsOf(position, random);
		if (tracking === 'serial') {
			const serials = Array.from(
				{ length: quantity },
				(_, index) => `${siteId.slice(2)}${sku}${String(index + 1).padStart(4, '0')}`,
			);
			return [{ ...plain, quantity, serials }];
		}
		if (!isWarehouse(siteId) || quantity < 10) return [];
		place += 1;
		if (place % reserveShare !== 0) return [];
		const bin = `R-${wholeNumber(random, 1, 20)}-${wholeNumber(random, 1, 4)}`;
		return [{ ...plain, quantity: Math.floor(quantity / 2), bin }];
	});
}

/** The same lots come to every site: they are the product's, not the site's. */
function lotsOf({ siteId, sku, quantity }: OpeningStock, random: () => number): KnownUnits[] {
	const ofProduct = seededRandom(`lots ${sku}`);
	const lots = [-1, 4, 12, 30].map((days) => ({
		lot: `L${wholeNumber(ofProduct, 1000, 9999)}`,
		expiresInDays: days + wholeNumber(ofProduct, 0, 3),
	}));
	let left = quantity;
	return lots.flatMap(({ lot, expiresInDays }, index) => {
		// Few units have nearly expired, and the newest lot has what is left.
		const most = index === 0 ? Math.min(1, left - 1) : Math.ceil(left / 2);
		const units = index === lots.length - 1 ? left : Math.max(0, wholeNumber(random, 0, most));
		left -= units;
		return units === 0 ? [] : [{ siteId, sku, quantity: units, bin: '', lot, expiresInDays, serials: [] }];
	});
}
