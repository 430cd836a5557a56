import { gtinCheckDigit } from '../../shared/codes/gtin.ts';
import type { Associate } from '../../shared/schema/associate.ts';
import type { OrderCapture } from '../../shared/schema/order.ts';
import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';

/** How much there is of everything. */
export interface SiteSize {
	readonly products: number;
	/** Of the large site; the first so many SKUs are in stock there. */
	readonly stockedProducts: number;
	readonly openOrders: number;
	readonly smallSites: number;
	readonly openOrdersOfSmallSite: number;
}

export const largeSize: SiteSize = {
	products: 100_000,
	stockedProducts: 20_000,
	openOrders: 5_000,
	smallSites: 8,
	openOrdersOfSmallSite: 150,
};

export const largeSiteId = 'BENCH-0';
export const smallSiteId = (index: number) => `BENCH-${index + 1}`;

/** The PIN of every associate here. */
export const benchPin = '4711';
const codesOfSite = 12;

const kinds = ['Oat biscuits', 'Ground coffee', 'Enamel mug', 'Desk lamp', 'Bath towel', 'Olive oil', 'Wool socks'];
const qualities = ['classic', 'organic', 'blue', 'large', 'everyday', 'extra strong', 'limited edition', 'family pack'];
const departments = ['Grocery', 'Household', 'Clothing', 'Lighting', 'Garden'];

/** Always the same number for the same index, from 0 up to, not including, `below`. */
function spread(index: number, below: number): number {
	return Number((BigInt(index + 1) * 2654435761n) % 4294967296n) % below;
}

function choose(from: readonly string[], index: number): string {
	return from[spread(index, from.length)] ?? '';
}

/** A valid GTIN-14 in the range 952, which GS1 keeps for examples: never a real product. */
export function benchGtin(index: number): string {
	const digits = `0952${String(index).padStart(9, '0')}`;
	return digits + gtinCheckDigit(digits);
}

export function benchSku(index: number): string {
	return `SKU-${String(index).padStart(6, '0')}`;
}

export function benchProduct(index: number): Product {
	return {
		id: benchSku(index),
		kind: 'product',
		gtin: benchGtin(index),
		otherGtins: [],
		name: `${choose(kinds, index)}, ${choose(qualities, index + 7)}, ${100 + spread(index, 900)} g`,
		brand: `Brand ${spread(index, 400)}`,
		department: choose(departments, index + 3),
		price: { minor: 99 + spread(index, 20_000), currency: 'GBP' },
		weightGrams: 50 + spread(index, 3000),
		tracking: 'none',
	};
}

export function benchSite(id: string, index: number): Site {
	return {
		id,
		name: `Bench site ${index}`,
		kind: 'store',
		retailer: 'Backstock',
		town: 'Leeds',
		postalCode: 'LS1',
		country: 'GB',
		lat: 51 + index / 2,
		lon: -1.5,
		timeZone: 'Europe/London',
		openingHours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '08:00', closes: '20:00' })),
		capabilities: ['ship', 'pickup', 'return'],
		dailyCapacityUnits: 10_000,
		stagingLocations: Array.from({ length: 40 }, (_, shelf) => `S-${shelf + 1}`),
	};
}

const names = ['Ada Byron', 'Grace Hopper'] as const;

/** The two people of a site; both have the PIN above. */
export function benchAssociates(siteId: string): readonly Associate[] {
	return names.map((name, index) => {
		return { id: `${siteId}-P${index + 1}`, kind: 'associate', siteId, name, roles: ['manager'] };
	});
}

/** One code for each device that a bench may enroll at the site. */
export function benchCodes(siteId: string): readonly { readonly code: string; readonly siteId: string }[] {
	return Array.from({ length: codesOfSite }, (_, index) => ({ code: `${siteId}-CODE-${index + 1}`, siteId }));
}

/** The bin of the SKU with this index, for instance A-12-3. */
export function benchBin(index: number): string {
	return `${'ABCDEFGH'.charAt(spread(index, 8))}-${1 + spread(index + 1, 40)}-${1 + spread(index + 2, 6)}`;
}

/** So many orders of each site are long: enough units to scan without going from order to order. */
export const longOrders = 6;
const linesOfLongOrder = 30;

/**
 * An order of one to four lines, each of one to three units, of SKUs that the site holds; two of three are shipped. The first
 * few are long, and have three units in each line.
 */
export function benchCapture(site: Site, index: number, stockedProducts: number, now: Temporal.Instant): OrderCapture {
	const isLong = index < longOrders;
	const first = spread(index, stockedProducts - 2 * linesOfLongOrder);
	const isPickup = !isLong && index % 3 === 2;
	return {
		channel: 'bench',
		externalId: `${site.id}-${index}`,
		placedAt: now.subtract({ minutes: 30 + (index % 600) }).toString(),
		...(isPickup ? { method: 'pickup', siteId: site.id } : { method: 'ship' }),
		currency: 'GBP',
		customer: { name: `Customer ${index}`, email: `customer-${index}@example.com` },
		shipTo: {
			line1: `${1 + (index % 200)} Mill Lane`,
			town: 'Leeds',
			postalCode: 'LS1',
			country: 'GB',
			lat: site.lat,
			lon: site.lon,
		},
		lines: Array.from({ length: isLong ? linesOfLongOrder : 1 + (index % 4) }, (_, line) => ({
			sku: benchSku(first + 2 * line),
			quantity: isLong ? 3 : 1 + spread(index + line, 3),
		})),
	};
}
