import { describe, expect, it } from 'vitest';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import type { PurchaseOrder } from '../../../../shared/schema/purchase-order.ts';
import type { Transfer } from '../../../../shared/schema/transfer.ts';
import { expectedUnits, unitsHere, wantedBy } from './units-here.ts';

const none = { available: 0, allocated: 0, picked: 0, staged: 0, in_transit: 0, quarantine: 0, damaged: 0 };

const purchaseOrder = (over: Partial<PurchaseOrder>, received = 0): PurchaseOrder => ({
	id: 'PO-1',
	kind: 'purchase_order',
	number: '4711',
	siteId: 'S-1',
	supplierId: 'V-1',
	supplierName: 'Stoneware Ltd',
	state: 'open',
	orderedAt: '2026-11-20T10:00:00Z',
	expectedOn: '2026-11-26',
	lines: [{ sku: 'MUG', name: 'Mug', gtins: [], ordered: 12, received, damaged: 1 }],
	announced: [],
	...over,
});

const transfer = (over: Partial<Transfer>, counts: Partial<Transfer['lines'][number]> = {}): Transfer => ({
	id: 'T-1',
	kind: 'transfer',
	number: 'TR-1',
	fromSiteId: 'S-2',
	fromSiteName: 'Leeds',
	toSiteId: 'S-1',
	toSiteName: 'York',
	state: 'in_transit',
	requestedAt: '2026-11-20T10:00:00Z',
	requestedBy: 'Ann',
	expectedOn: '2026-11-25',
	sentAt: null,
	lines: [
		{
			sku: 'MUG',
			name: 'Mug',
			gtins: [],
			requested: 6,
			picked: 0,
			short: 0,
			sent: 5,
			received: 2,
			damaged: 1,
			...counts,
		},
	],
	boxes: [],
	...over,
});

describe('what a product’s units do here', () => {
	it('the shelf is always told, even with nothing or less on it; an empty place is not', () => {
		expect(unitsHere(none)).toEqual([{ bucket: 'available', units: 0 }]);
		expect(unitsHere({ ...none, available: -1, damaged: 2, in_transit: 5 })).toEqual([
			{ bucket: 'available', units: -1 },
			{ bucket: 'damaged', units: 2 },
		]);
	});

	it('what is expected is what has not come yet, the earliest day first', () => {
		const expected = expectedUnits('MUG', 'S-1', [purchaseOrder({}, 4)], [transfer({})]);
		expect(expected.map(({ kind, units, from }) => [kind, units, from])).toEqual([
			['transfer_sent', 2, 'Leeds'],
			['purchase_order', 7, 'Stoneware Ltd'],
		]);
	});

	it('a transfer that was only asked for is told as such; what is done, declined or for others is not', () => {
		const asked = expectedUnits('MUG', 'S-1', [], [transfer({ state: 'requested' })]);
		expect(asked.map(({ kind, units }) => [kind, units])).toEqual([['transfer_asked', 6]]);
		const others = [
			transfer({ state: 'declined' }),
			transfer({ state: 'received' }),
			transfer({ toSiteId: 'S-3' }),
			transfer({}, { sku: 'CUP' }),
			transfer({}, { received: 5 }),
		];
		const gone = [purchaseOrder({ state: 'cancelled' }), purchaseOrder({ siteId: 'S-2' }), purchaseOrder({}, 12)];
		expect(expectedUnits('MUG', 'S-1', gone, others)).toEqual([]);
	});

	it('only who still waits for units wants them, in order of promise', () => {
		const { fulfillmentOrder } = sampleOrder([{ sku: 'MUG', quantity: 3 }]);
		const [line] = fulfillmentOrder.lines;
		if (line === undefined) throw new Error('The sample has no line');
		const later = { ...fulfillmentOrder, id: 'later', promisedAt: '2027-01-01T10:00:00Z' };
		const gone = {
			...fulfillmentOrder,
			id: 'gone',
			lines: [{ ...line, quantities: { ...line.quantities, toPick: 0, shipped: 3 } }],
		};
		const wanting = wantedBy('MUG', [later, gone, fulfillmentOrder]);
		expect(wanting.map(({ fulfillmentOrder: { id }, units }) => [id, units])).toEqual([
			[fulfillmentOrder.id, 3],
			['later', 3],
		]);
		expect(wantedBy('CUP', [later])).toEqual([]);
	});
});
