import { gtinCheckDigit } from '../../shared/codes/index.ts';
import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import { pick, seededRandom, wholeNumber } from './seeded-random.ts';
import type { OpeningStock } from './stock.ts';

/** One row of a purchase order, in the form that `npm run intake` takes; days are days from the demo day, for instance +2. */
export type PurchaseRow = {
	readonly supplierId: string;
	readonly number: string;
	readonly siteId: string;
	readonly expectedOn: string;
	readonly sku: string;
	readonly quantity: number;
	readonly sscc: string;
	readonly lot: string;
	readonly expiresOn: string;
};

/** One is overdue, one comes today in announced logistic units, one later. */
const days = [-1, 0, 2];

/** Three purchase orders for every site, of products that it carries. Invented. */
export function makePurchaseOrders(
	sites: readonly Site[],
	suppliers: readonly Site[],
	products: readonly Product[],
	stock: readonly OpeningStock[],
): PurchaseRow[] {
	const productById = new Map(products.map((product) => [product.id, product]));
	const carried = Map.groupBy(stock, ({ siteId }) => siteId);
	let unit = 0;
	return sites.flatMap((site, index) =>
		days.flatMap((day, turn) => {
			const random = seededRandom(`purchase ${site.id} ${turn}`);
			const supplier = suppliers[(index + turn) % suppliers.length];
			const number = `PO-${String(5000 + index * days.length + turn)}`;
			const skus = new Set<string>();
			const own = carried.get(site.id) ?? [];
			const lotTracked = own.filter(({ sku }) => productById.get(sku)?.tracking === 'lot');
			if (lotTracked.length > 0 && turn > 0) skus.add(pick(random, lotTracked).sku);
			const untracked = own.filter(({ sku }) => productById.get(sku)?.tracking === 'none');
			while (skus.size < 5) skus.add(pick(random, untracked).sku);
			const isAnnounced = day === 0;
			return [...skus].map((sku, line): PurchaseRow => {
				// Two logistic units: the first three lines in one, the others in the other.
				if (isAnnounced && (line === 0 || line === 3)) unit += 1;
				const isLot = isAnnounced && productById.get(sku)?.tracking === 'lot';
				return {
					supplierId: supplier?.id ?? '',
					number,
					siteId: site.id,
					expectedOn: signed(day),
					sku,
					quantity: 6 * wholeNumber(random, 1, site.kind === 'warehouse' ? 20 : 4),
					sscc: isAnnounced ? ssccOf(unit) : '',
					lot: isLot ? `N${wholeNumber(random, 1000, 9999)}` : '',
					expiresOn: isLot ? signed(wholeNumber(random, 20, 60)) : '',
				};
			});
		}),
	);
}

const signed = (day: number) => (day < 0 ? String(day) : `+${day}`);

/** 952 is the prefix that GS1 keeps for examples. */
function ssccOf(unit: number): string {
	const body = `0952123${String(unit).padStart(10, '0')}`;
	return `${body}${gtinCheckDigit(body)}`;
}
