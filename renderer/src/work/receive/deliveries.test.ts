import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { samplePurchaseOrder, sampleTransfer } from '../../../../shared/domain/sample-supply.ts';
import { deliveries } from './deliveries.ts';
import { isAllThere, progressOf } from './expected-units.ts';
import { findDelivery } from './find-delivery.ts';
import { withCode } from './unknown-codes.ts';

const today = '2026-11-23';
const late = samplePurchaseOrder();
const due = samplePurchaseOrder({ id: 'po-2', number: 'PO-8', expectedOn: today, announced: [] });
const coming = sampleTransfer({ state: 'in_transit' }, { picked: 4, sent: 4, received: 1, damaged: 1 });
const all = deliveries(
	[due, late, samplePurchaseOrder({ id: 'po-3', state: 'cancelled' })],
	[coming, sampleTransfer({ id: 't-2', fromSiteId: 'S-1', toSiteId: 'S-2' })],
	'S-1',
	today,
);

test('what is to come here is listed, the longest expected first; what has ended or goes elsewhere is not', () => {
	expect(all.map(({ supply, when, isPartlyReceived }) => [supply.number, when, isPartlyReceived])).toEqual([
		['PO-7', 'late', false],
		['PO-8', 'today', false],
		['T-7', 'later', true],
	]);
});

test('of a transfer is expected what was sent; before anybody has said so, what was asked for', () => {
	expect(progressOf(coming)).toEqual([{ sku: 'MUG', name: 'Mug', expected: 4, came: 2, damaged: 1 }]);
	expect(progressOf(sampleTransfer())).toMatchObject([{ expected: 5, came: 0 }]);
	expect(isAllThere(coming)).toBe(false);
	expect(isAllThere(sampleTransfer({ state: 'in_transit' }, { sent: 2, received: 2 }))).toBe(true);
});

test('a delivery is found by its number, by a unit of it, or by a product that only it expects', () => {
	const find = (text: string) => findDelivery(all, { code: readScanCode(text), text, product: null });
	expect(find('po-8')).toEqual({ kind: 'found', supplyId: 'po-2' });
	expect(find('ORD-T-7')).toEqual({ kind: 'found', supplyId: 'transfer-1' });
	expect(find('(00)095012345678901237')).toEqual({ kind: 'found', supplyId: 'po-1' });
	expect(find('9501101530003')).toEqual({ kind: 'several', count: 3 });
	expect(find('PO-99')).toEqual({ kind: 'none' });
	expect(find('(00)395011015300000011')).toEqual({ kind: 'none' });
});

test('the tray holds each unknown code once, with how often it came', () => {
	expect(withCode(withCode(withCode([], 'x'), 'y'), 'x')).toEqual([
		{ code: 'x', times: 2 },
		{ code: 'y', times: 1 },
	]);
});
