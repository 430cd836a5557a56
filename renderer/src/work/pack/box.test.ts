import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleFulfillmentOrder, mugLine, teaLine } from '../../fulfillment/example-fulfillment-order.ts';
import {
	boxOf,
	contentsWeightGrams,
	emptyBox,
	fitBox,
	namedInBox,
	ownReference,
	packPayload,
	scannedFor,
	unitsInBox,
	weightDoubt,
	withUnits,
} from './box.ts';

const picked = (line: typeof mugLine, units: number) => ({
	...line,
	quantities: { ...line.quantities, toPick: 0, picked: units },
});
const current = exampleFulfillmentOrder({ state: 'picked', lines: [picked(mugLine, 2), picked(teaLine, 1)] });

describe('the open box', () => {
	it('says what it holds when it is closed', () => {
		expect(packPayload(current, { l1: 2 }, [], 'p-1', 650)).toEqual({
			fulfillmentOrderId: 'fo-1042',
			orderId: 'o-1042',
			packageId: 'p-1',
			lines: [{ lineId: 'l1', sku: 'MUG', quantity: 2 }],
			weightGrams: 650,
		});
	});

	it('names the lots and serial numbers that were scanned into it, equal units together', () => {
		const scanned = [
			{ lineId: 'l1', lot: 'L1', expiresOn: '2027-01-01' },
			{ lineId: 'l2', serials: ['s1'] },
			{ lineId: 'l1', lot: 'L1', expiresOn: '2027-01-01' },
			{ lineId: 'l2', serials: ['s2'] },
			{ lineId: 'l1' },
		];
		const more = exampleFulfillmentOrder({ state: 'picked', lines: [picked(mugLine, 3), picked(teaLine, 2)] });
		expect(packPayload(more, boxOf(scanned), scanned, 'p-1', 650)?.lines).toEqual([
			{ lineId: 'l1', sku: 'MUG', quantity: 2, lot: 'L1', expiresOn: '2027-01-01' },
			{ lineId: 'l1', sku: 'MUG', quantity: 1 },
			{ lineId: 'l2', sku: 'TEA', quantity: 2, serials: ['s1', 's2'] },
		]);
	});

	it('shows what was picked, where nothing else was scanned and all of it goes in', () => {
		const named = [{ sku: 'MUG', quantity: 2, lot: 'L1' }];
		expect(namedInBox({ ...current, named }, { l1: 2 }, [])).toEqual(named);
		expect(namedInBox(current, { l1: 2 }, [])).toEqual([]);
	});

	it('can’t be closed empty', () => {
		expect(packPayload(current, emptyBox, [], 'p-1', 650)).toBeNull();
	});

	it('loses what the order has no more', () => {
		expect(fitBox(current, { l1: 5, l2: 1, gone: 3 })).toEqual({ l1: 2, l2: 1 });
	});

	it('knows in what order it was filled, without what left it', () => {
		const scanned = ['l1', 'l2', 'l1'].map((lineId) => ({ lineId }));
		expect(boxOf(scanned)).toEqual({ l1: 2, l2: 1 });
		expect(scannedFor({ l1: 1, l2: 1 }, scanned)).toEqual(scanned.slice(0, 2));
		expect(scannedFor(emptyBox, scanned)).toEqual([]);
	});

	it('holds what went in, and nothing of what was taken out again', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('l1', 'l2')), (lineIds) => {
				const filled = lineIds.reduce((box, lineId) => withUnits(box, lineId, 1), emptyBox);
				expect(unitsInBox(filled)).toBe(lineIds.length);
				expect(lineIds.reduce((box, lineId) => withUnits(box, lineId, -1), filled)).toEqual({});
			}),
		);
	});
});

describe('the weight of a package', () => {
	it('is expected from the weights of the units', () => {
		expect(contentsWeightGrams(current, { l1: 2, l2: 1 })).toBe(850);
	});

	it('is not expected where a unit’s weight is not known', () => {
		const unknown = exampleFulfillmentOrder({ lines: [{ ...picked(mugLine, 2), unitWeightGrams: 0 }] });
		expect(contentsWeightGrams(unknown, { l1: 1 })).toBeNull();
		expect(weightDoubt(null, 5)).toBeNull();
	});

	it('is doubted when it is more than a fifth off, and not before', () => {
		expect(weightDoubt(1000, 1200)).toBeNull();
		expect(weightDoubt(1000, 1201)).toBe('too_heavy');
		expect(weightDoubt(1000, 800)).toBeNull();
		expect(weightDoubt(1000, 799)).toBe('too_light');
	});
});

it('a package without a label goes by the number of its FO and its place', () => {
	const closed = (id: string) => ({ id, lines: [], weightGrams: 1, trackingNumber: null, shippedAt: null });
	expect(ownReference({ ...current, packages: [closed('a'), closed('b')] }, 'b')).toBe('BS-1042-1-2');
});
