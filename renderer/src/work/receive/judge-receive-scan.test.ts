import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { samplePurchaseOrder } from '../../../../shared/domain/sample-supply.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Receipt } from '../../../../shared/schema/receipt.ts';
import { isFullyTold, judgeReceiveScan, type ReceivingNow } from './judge-receive-scan.ts';

const mug: Product = {
	id: 'MUG',
	kind: 'product',
	gtin: '09501101530003',
	otherGtins: [],
	name: 'Mug',
	brand: 'B',
	department: 'D',
	price: { minor: 100, currency: 'GBP' },
	weightGrams: 100,
	tracking: 'none',
};
const sscc = '095012345678901237';
const supply = samplePurchaseOrder();
const receipt: Receipt = {
	id: 'r-1',
	kind: 'receipt',
	siteId: 'S-1',
	against: null,
	state: 'open',
	openedAt: '2026-11-22T10:00:00Z',
	actorName: 'Ada',
	lines: [
		{
			lineId: 'a',
			sku: 'MUG',
			name: 'Mug',
			quantity: 1,
			condition: 'good',
			bucket: 'available',
			serials: ['SN-1'],
		},
	],
};
const start: ReceivingNow = {
	supply,
	others: [],
	receiptId: 'r-1',
	receipts: [receipt],
	pending: null,
	closedBins: ['Z-9'],
	countsByScan: false,
};
const judge = (text: string, change: Partial<ReceivingNow> = {}, product: Product | null = mug) =>
	judgeReceiveScan({ ...start, ...change }, { code: readScanCode(text), text, product });
const pendingOf = (product: Product) => ({ product, lot: null, expiresOn: null, quantity: null, serial: null });

test('a bin that is out of use is told, and nothing is laid into it', () => {
	expect(judge('LOC-Z-9')).toEqual({ kind: 'closed_bin', bin: 'Z-9' });
	expect(judge('LOC-Z-8')).toEqual({ kind: 'bin', bin: 'Z-8' });
});

test('a scanned product waits for its quantity, or is one unit where each scan is one', () => {
	expect(judge('9501101530003')).toMatchObject({ kind: 'ask', isExpected: true, units: { quantity: null } });
	expect(judge('9501101530003', { countsByScan: true })).toMatchObject({ kind: 'count', units: { quantity: 1 } });
	expect(judge('9501101530003', {}, { ...mug, id: 'CUP' })).toMatchObject({ kind: 'ask', isExpected: false });
});

test('lot, expiry and quantity of a GS1 code are not asked for again', () => {
	const tracked: Product = { ...mug, tracking: 'lot' };
	expect(judge('(01)09501101530003(17)270331(10)L-7(37)24', {}, tracked)).toEqual({
		kind: 'count',
		units: {
			product: { id: 'MUG', name: 'Mug', tracking: 'lot' },
			lot: 'L-7',
			expiresOn: '2027-03-31',
			quantity: 24,
			serial: null,
		},
	});
	expect(judge('(02)09501101530003(37)24', {}, tracked)).toMatchObject({ kind: 'ask', units: { lot: null } });
	expect(judge('9501101530003', { countsByScan: true }, tracked)).toMatchObject({ kind: 'ask' });
});

test('while one product waits for its quantity, another is not counted', () => {
	const pending = pendingOf(mug);
	expect(judge('9501101530003', { pending }, { ...mug, id: 'CUP' })).toEqual({ kind: 'answer_first', name: 'Mug' });
	expect(judge(sscc, { pending })).toEqual({ kind: 'answer_first', name: 'Mug' });
});

test('a unit with a serial number is counted one by one, and never twice', () => {
	const phone: Product = { ...mug, tracking: 'serial' };
	expect(judge('9501101530003', {}, phone)).toMatchObject({ kind: 'ask' });
	expect(judge('(01)09501101530003(21)SN-2', {}, phone)).toMatchObject({
		kind: 'count',
		units: { serial: 'SN-2', quantity: 1 },
	});
	expect(judge('(01)09501101530003(21)SN-1', {}, phone)).toMatchObject({ kind: 'serial_known', serial: 'SN-1' });
	const pending = pendingOf(phone);
	expect(judge('SN-9', { pending })).toMatchObject({ kind: 'count', units: { serial: 'SN-9' } });
	expect(judge('SN-1', { pending })).toMatchObject({ kind: 'serial_known' });
});

test('an announced unit is received in one go, once; an unknown one is opened and counted', () => {
	expect(judge(`]C100${sscc}`)).toMatchObject({ kind: 'unit', unit: { sscc } });
	const [announced] = supply.announced;
	const received = samplePurchaseOrder({
		announced: [{ ...announced, sscc, lines: announced?.lines ?? [], receiptId: 'r-9' }],
	});
	expect(judge(sscc, { supply: received })).toEqual({ kind: 'unit_known', sscc, isOwn: false });
	expect(judge(sscc, { supply: received, receiptId: 'r-9' })).toEqual({ kind: 'unit_known', sscc, isOwn: true });
	expect(judge(sscc, { supply: null, others: [supply] })).toEqual({ kind: 'unit_of_other', sscc, number: 'PO-7' });
	expect(judge(sscc, { supply: null })).toEqual({ kind: 'unit_to_open', sscc });
	expect(judge('(00)095012345678901236')).toMatchObject({ kind: 'unknown_code' });
});

test('a unit is not received unopened while lots or serial numbers of its content are not known', () => {
	const unit = { sscc, lines: [{ sku: 'MUG', quantity: 2 }] };
	const products = (tracking: Product['tracking']) => new Map([['MUG', { ...mug, tracking }]]);
	expect(isFullyTold(unit, products('none'))).toBe(true);
	expect(isFullyTold(unit, products('lot'))).toBe(false);
	expect(isFullyTold({ sscc, lines: [{ sku: 'MUG', quantity: 2, lot: 'L' }] }, products('lot'))).toBe(true);
	expect(isFullyTold({ sscc, lines: [{ sku: 'MUG', quantity: 2, serials: ['a'] }] }, products('serial'))).toBe(false);
});

test('a shelf label says where to put away, an order number which delivery it is, anything else is named', () => {
	expect(judge('LOC-B-2-1')).toEqual({ kind: 'bin', bin: 'B-2-1' });
	expect(judge('ORD-PO-7')).toEqual({ kind: 'this_delivery' });
	expect(judge('PO-7')).toEqual({ kind: 'this_delivery' });
	expect(judge('ORD-1042')).toEqual({ kind: 'other_delivery', number: '1042' });
	expect(judge('9501101530003', { supply: null }, null)).toMatchObject({ kind: 'unknown_product' });
	expect(judge('9501101530003', {}, null)).toMatchObject({ kind: 'ask', units: { product: { id: 'MUG' } } });
	expect(judge('what?')).toMatchObject({ kind: 'unknown_code' });
});
