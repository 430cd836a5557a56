import { parseGtin } from '../../../shared/codes/index.ts';
import type { FulfillmentLine, FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Product } from '../../../shared/schema/product.ts';

// For tests only: one FO with three lines, and the catalog's words for them.

export const gtins = { mug: '5012345678900', tea: '4006381333931', soap: '96385074', stranger: '9780201379624' };

const canonical = (text: string): string => {
	const result = parseGtin(text);
	if (result.kind === 'failed') throw new Error(`${text}: ${result.reason}`);
	return result.gtin;
};

export function exampleLine(change: Partial<FulfillmentLine> & { readonly toPick?: number } = {}): FulfillmentLine {
	const { toPick = 2, ...fields } = change;
	return {
		lineId: 'l1',
		sku: 'MUG',
		name: 'Blue enamel mug 300 ml',
		gtins: [canonical(gtins.mug)],
		bin: 'A-12-3',
		unitPrice: { minor: 1250, currency: 'GBP' },
		unitWeightGrams: 300,
		ordered: 2,
		quantities: {
			toPick,
			picked: 0,
			packed: 0,
			staged: 0,
			shipped: 0,
			handedOver: 0,
			short: 0,
			cancelled: 0,
		},
		shorts: [],
		...fields,
	};
}

export const mugLine = exampleLine();
export const teaLine = exampleLine({
	lineId: 'l2',
	sku: 'TEA',
	name: 'Earl Grey, 80 bags',
	gtins: [canonical(gtins.tea)],
	bin: 'A-2-1',
	unitWeightGrams: 250,
	ordered: 1,
	toPick: 1,
});
export const soapLine = exampleLine({
	lineId: 'l3',
	sku: 'SOAP',
	name: 'Olive soap',
	gtins: [canonical(gtins.soap)],
	bin: 'B-1-1',
	unitWeightGrams: 100,
	ordered: 1,
	toPick: 1,
});

export function exampleFulfillmentOrder(change: Partial<FulfillmentOrder> = {}): FulfillmentOrder {
	return {
		id: 'fo-1042',
		kind: 'fulfillment_order',
		number: '1042-1',
		orderId: 'o-1042',
		orderNumber: '1042',
		siteId: 'S-1',
		method: 'ship',
		state: 'assigned',
		promisedAt: '2026-11-22T16:00:00Z',
		customer: { name: 'Rachel Clark' },
		shipTo: { line1: '6 Albert Street', town: 'Oulton Broad', postalCode: 'NR32', country: 'GB' },
		passCode: 'AB12CD',
		lines: [mugLine, teaLine, soapLine],
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
		...change,
	};
}

export function exampleProduct(sku: string, name: string, gtin: string): Product {
	return {
		id: sku,
		kind: 'product',
		gtin: canonical(gtin),
		otherGtins: [],
		name,
		brand: '',
		department: 'Home',
		price: { minor: 1250, currency: 'GBP' },
		weightGrams: 300,
		tracking: 'none',
	};
}
