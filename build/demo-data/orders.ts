import type { Customer } from '../../shared/schema/order.ts';
import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import { nearest } from './distance.ts';
import type { Outcode } from './outcodes.ts';
import { inventCustomer, inventStreetLine } from './people.ts';
import { pick, seededRandom, wholeNumber } from './seeded-random.ts';
import { cell, type Row } from './sources.ts';

export type DemoLine = { readonly sku: string; readonly quantity: number; readonly unitPriceMinor: number | undefined };
export type DemoOrder = {
	readonly channel: string;
	readonly externalId: string;
	/** Days from the demo day and local time, for instance -1T14:35. */
	readonly placedAt: string;
	readonly promisedAt: string;
	readonly method: 'ship' | 'pickup';
	/** Where a simple nearest-site assignment puts the order. */
	readonly nearestSite: Site;
	readonly customer: Required<Customer>;
	readonly line1: string;
	readonly place: Outcode;
	readonly lines: readonly DemoLine[];
};

const mostLines = 8;
const mostUnits = 6;

/** The latest real baskets of British customers, laid on the two days before the demo day. */
export function makeOrders(
	saleLines: readonly Row[],
	products: readonly Product[],
	sites: readonly Site[],
	drawOutcode: (random: () => number) => Outcode,
	count: number,
): DemoOrder[] {
	const baskets = realBaskets(saleLines, new Set(products.map((product) => product.id))).slice(-count);
	const stores = sites.filter((site) => site.capabilities.includes('pickup'));
	return baskets.map((basket, index) => {
		const person = seededRandom(`customer ${basket.customerId}`);
		const customer = inventCustomer(person);
		const line1 = inventStreetLine(person);
		const place = drawOutcode(person);
		const random = seededRandom(`order ${basket.invoice}`);
		const method = random() < 0.45 ? 'pickup' : 'ship';
		return {
			channel: pick(random, method === 'pickup' ? pickupChannels : shipChannels),
			externalId: basket.invoice,
			placedAt: `${index < baskets.length / 2 ? -2 : -1}T${basket.timeOfDay}`,
			promisedAt: promisedAt(random, method),
			method,
			nearestSite: nearest(place, method === 'pickup' ? stores : sites),
			customer,
			line1,
			place,
			lines: basket.lines,
		};
	});
}

const pickupChannels = ['web-shop', 'web-shop', 'web-shop', 'web-shop', 'order-desk'];
const shipChannels = ['web-shop', 'web-shop', 'marketplace'];

/** Work thins out over the demo day and the three days after it. */
function promisedAt(random: () => number, method: 'ship' | 'pickup'): string {
	const day = pick(random, [0, 0, 0, 0, 1, 1, 1, 2, 2, 3]);
	if (method === 'ship') return `${day}T${pick(random, ['10:00', '13:00', '16:00'])}`;
	const halfHour = wholeNumber(random, 18, 37);
	return `${day}T${String(Math.floor(halfHour / 2)).padStart(2, '0')}:${halfHour % 2 === 0 ? '00' : '30'}`;
}

type Basket = {
	readonly invoice: string;
	readonly customerId: string;
	readonly date: string;
	readonly timeOfDay: string;
	readonly lines: readonly DemoLine[];
};

/** Sales to the United Kingdom, oldest first: the lines of the catalog's items with one to six units; whole baskets of at most eight. */
function realBaskets(saleLines: readonly Row[], skus: ReadonlySet<string>): Basket[] {
	const rowsByInvoice = Map.groupBy(
		saleLines.filter(
			(row) =>
				cell(row, 'Country') === 'United Kingdom' &&
				/^\d/.test(cell(row, 'InvoiceNo')) &&
				Number(cell(row, 'Quantity')) > 0,
		),
		(row) => cell(row, 'InvoiceNo'),
	);
	const baskets = [...rowsByInvoice].flatMap(([invoice, rows]): Basket[] => {
		const lines = [...Map.groupBy(rows, (row) => cell(row, 'StockCode').toUpperCase())]
			.filter(([sku]) => skus.has(sku))
			.map(([sku, same]) => ({
				sku,
				quantity: same.reduce((sum, row) => sum + Number(cell(row, 'Quantity')), 0),
				unitPriceMinor: Math.round(Number(same[0]?.UnitPrice ?? 0) * 100) || undefined,
			}))
			.filter((line) => line.quantity <= mostUnits);
		const [first] = rows;
		if (!first || lines.length === 0 || lines.length > mostLines) return [];
		const [date = '', time = ''] = cell(first, 'InvoiceDate').split('T');
		return [
			{ invoice, customerId: cell(first, 'CustomerID') || `of ${invoice}`, date, timeOfDay: time.slice(0, 5), lines },
		];
	});
	return baskets.sort((a, b) =>
		`${a.date}T${a.timeOfDay} ${a.invoice}` < `${b.date}T${b.timeOfDay} ${b.invoice}` ? -1 : 1,
	);
}
