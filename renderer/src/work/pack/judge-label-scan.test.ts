import { describe, expect, it } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { exampleFulfillmentOrder, exampleProduct, gtins } from '../../fulfillment/example-fulfillment-order.ts';
import { judgeLabelScan } from './judge-label-scan.ts';

const current = exampleFulfillmentOrder({
	state: 'packed',
	packages: [
		{ id: 'p-1', lines: [], weightGrams: 500, trackingNumber: '1Z999AA10123456784', shippedAt: '2026-11-22T15:00:00Z' },
		{ id: 'p-2', lines: [], weightGrams: 500, trackingNumber: null, shippedAt: null },
	],
});
const judge = (text: string, product: Product | null = null) =>
	judgeLabelScan(current, { code: readScanCode(text), text, product });

describe('a scan of the carrier’s label', () => {
	it('takes any code that is no product', () => {
		expect(judge('JD0002214500012345')).toEqual({ kind: 'tracking_number', trackingNumber: 'JD0002214500012345' });
		expect(judge(']C1JJD1234 567')).toEqual({ kind: 'tracking_number', trackingNumber: 'JJD1234 567' });
	});

	it('takes a number whose digits only look like a product’s', () => {
		expect(judge('5012345678901')).toMatchObject({ kind: 'tracking_number' });
		expect(judge('4000417025005')).toMatchObject({ kind: 'tracking_number', trackingNumber: '4000417025005' });
	});

	it('does not take an item for a label', () => {
		expect(judge(gtins.mug)).toEqual({ kind: 'item_not_label', name: 'Blue enamel mug 300 ml' });
		expect(judge(gtins.stranger, exampleProduct('BOOK', 'A book', gtins.stranger))).toEqual({
			kind: 'item_not_label',
			name: 'A book',
		});
	});

	it('does not take our own codes, the label of a package before, or rubbish', () => {
		for (const text of ['ORD-1042', 'LOC-A-1', 'PASS-AB12CD']) expect(judge(text)).toEqual({ kind: 'own_code' });
		expect(judge('1Z999AA10123456784')).toEqual({ kind: 'label_used_before' });
		expect(judge('')).toEqual({ kind: 'unreadable_label' });
		expect(judge('A\u0000B')).toEqual({ kind: 'unreadable_label' });
		expect(judge('7'.repeat(101))).toEqual({ kind: 'unreadable_label' });
	});
});
