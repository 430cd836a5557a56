import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { type ChosenSerials, type ChosenUnits, handoverUnits } from './handover-units.ts';
import { judgeHandoverScan } from './judge-handover-scan.ts';
import { unitsInHand } from './pickup-progress.ts';
import { after, gtinOf, handedOver, type SamplePickup, samplePickup, staged } from './sample-pickup.ts';

const mug = '5012345678900';
const jar = '12345670';
const goods = [
	{ sku: mug, quantity: 2 },
	{ sku: jar, quantity: 1 },
];
const ready = staged(samplePickup(goods), 'PU-03');

function scan(text: string, chosen: ChosenUnits = {}, of: SamplePickup = ready, others: readonly SamplePickup[] = []) {
	const { fulfillmentOrder } = of;
	const fulfillmentOrders = [fulfillmentOrder, ...others.map((each) => each.fulfillmentOrder)];
	return judgeHandoverScan(
		{ code: readScanCode(text), text, typed: false },
		{ fulfillmentOrder, fulfillmentOrders, chosen },
	);
}

describe('an item', () => {
	test('is counted one by one', () => {
		const first = scan(mug);
		expect(first).toMatchObject({ kind: 'unit', count: 1, of: 2, chosen: { 'line-1': 1 } });
		expect(scan(mug, { 'line-1': 1 })).toMatchObject({ kind: 'unit', count: 2, of: 2 });
	});
	test('is surplus when all of it were scanned', () =>
		expect(scan(mug, { 'line-1': 2 })).toMatchObject({ kind: 'surplus', of: 2 }));
	test('of no line is wrong', () =>
		expect(scan('4006381333931')).toEqual({ kind: 'wrong_product', gtins: ['04006381333931'] }));
	test('that the customer has already is not in hand', () => {
		const part = handedOver(ready, [{ lineId: 'line-1', sku: mug, quantity: 2 }]);
		expect(scan(mug, {}, part)).toMatchObject({ kind: 'none_in_hand', line: { sku: mug } });
	});
	test('that was not found is not in hand', () => {
		const short = after(
			after(samplePickup(goods), 'short', { lineId: 'line-2', sku: jar, quantity: 1, reason: 'not_found' }),
			'pick',
			{ lineId: 'line-1', sku: mug, quantity: 2 },
		);
		expect(scan(jar, {}, short)).toMatchObject({ kind: 'none_in_hand', line: { sku: jar } });
	});
	test('on two lines fills one after the other', () => {
		const twice = staged(
			samplePickup([
				{ sku: mug, quantity: 1 },
				{ sku: mug, quantity: 1 },
			]),
		);
		expect(scan(mug, { 'line-1': 1 }, twice)).toMatchObject({ line: { lineId: 'line-2' }, count: 1 });
		expect(scan(mug, { 'line-1': 1, 'line-2': 1 }, twice)).toMatchObject({ kind: 'surplus' });
	});
});

describe('an item with a serial number', () => {
	const code = (serial: string) => `(01)${gtinOf(mug)}(21)${serial}`;
	const named = after(samplePickup(goods), 'pick', {
		lineId: 'line-1',
		sku: mug,
		quantity: 2,
		serials: ['S-1', 'S-2'],
	});
	const judge = (serial: string, chosen: ChosenUnits = {}, serials: ChosenSerials = {}) =>
		judgeHandoverScan(
			{ code: readScanCode(code(serial)), text: code(serial), typed: false },
			{ fulfillmentOrder: named.fulfillmentOrder, fulfillmentOrders: [], chosen, serials },
		);
	test('goes over the counter as this one, and once', () => {
		const first = judge('S-2');
		if (first.kind !== 'unit') throw new Error(first.kind);
		const { lines } = handoverUnits(named.fulfillmentOrder, first.chosen, first.serials);
		expect(lines).toEqual([{ lineId: 'line-1', sku: mug, quantity: 1, serials: ['S-2'] }]);
		expect(judge('S-2', first.chosen, first.serials)).toMatchObject({ kind: 'serial_twice' });
	});
	test('that was not picked for the order stays here', () =>
		expect(judge('S-9')).toMatchObject({ kind: 'other_unit', serial: 'S-9' }));
	test('of which some were counted without a scan is not named', () => {
		const { lines } = handoverUnits(named.fulfillmentOrder, { 'line-1': 2 }, { 'line-1': ['S-1'] });
		expect(lines).toEqual([{ lineId: 'line-1', sku: mug, quantity: 2 }]);
	});
});

describe('a pass', () => {
	test('of this order is the check', () => expect(scan('PASS-PASS1042')).toEqual({ kind: 'pass_checked' }));
	test('of another order names it', () =>
		expect(scan('PASS-PASS7', {}, ready, [staged(samplePickup(goods, '7'))])).toMatchObject({
			kind: 'wrong_pass',
			other: { orderNumber: '7' },
		}));
	test('that nobody here knows is wrong', () => expect(scan('PASS-XYZ')).toEqual({ kind: 'wrong_pass', other: null }));
	test('may be typed, and a wrong one that is typed is no pass', () => {
		const typed = (text: string) =>
			judgeHandoverScan(
				{ code: readScanCode(text), text, typed: true },
				{ ...ready, fulfillmentOrders: [], chosen: {} },
			);
		expect(typed('pass1042')).toEqual({ kind: 'pass_checked' });
		expect(typed('1042')).toEqual({ kind: 'order_number_right' });
		expect(typed('nonsense')).toEqual({ kind: 'unreadable', text: 'nonsense' });
	});
});

test('the order number alone is no check of who collects', () => {
	expect(scan('ORD-1042')).toEqual({ kind: 'order_number_right' });
	expect(scan('ORD-7')).toEqual({ kind: 'wrong_order', number: '7' });
});

test('the shelf says whether this is the right one', () => {
	expect(scan('LOC-PU-03')).toEqual({ kind: 'right_shelf', location: 'PU-03' });
	expect(scan('LOC-PU-02')).toEqual({ kind: 'wrong_shelf', scanned: 'PU-02', location: 'PU-03' });
});

describe('what goes over the counter', () => {
	test('is everything in hand when nothing was scanned', () =>
		expect(handoverUnits(ready.fulfillmentOrder, {})).toMatchObject({ units: 3, staying: 0 }));
	test('is only what was scanned; the rest stays', () =>
		expect(handoverUnits(ready.fulfillmentOrder, { 'line-1': 1 })).toEqual({
			lines: [{ lineId: 'line-1', sku: mug, quantity: 1 }],
			units: 1,
			staying: 2,
		}));
	test('is never more than is there, when another device gave some away meanwhile', () => {
		const part = handedOver(ready, [{ lineId: 'line-1', sku: mug, quantity: 1 }]);
		expect(handoverUnits(part.fulfillmentOrder, { 'line-1': 2 })).toMatchObject({ units: 1, staying: 1 });
	});
	test('is nothing, not everything, when another device gave away the only one that was scanned', () => {
		const part = handedOver(ready, [{ lineId: 'line-2', sku: jar, quantity: 1 }]);
		expect(handoverUnits(part.fulfillmentOrder, { 'line-2': 1 })).toEqual({ lines: [], units: 0, staying: 2 });
	});
	test('is nothing when nothing is left: a second handover has no lines', () =>
		expect(handoverUnits(handedOver(ready).fulfillmentOrder, {}).lines).toEqual([]));
});

test('whatever is scanned and handed over in whatever order, nobody gets more than was ordered, and the real rules agree', () => {
	const step = fc.oneof(fc.constantFrom(mug, jar, '4006381333931', 'PASS-PASS1042'), fc.constant('hand over'));
	fc.assert(
		fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
			let pickup = ready;
			let chosen: ChosenUnits = {};
			let given = 0;
			for (const each of steps) {
				const { fulfillmentOrder } = pickup;
				if (each !== 'hand over') {
					const judged = scan(each, chosen, pickup);
					if (judged.kind === 'unit') chosen = judged.chosen;
					continue;
				}
				const { lines, units, staying } = handoverUnits(fulfillmentOrder, chosen);
				if (units === 0) continue;
				pickup = handedOver(pickup, lines);
				given += units;
				chosen = {};
				expect(unitsInHand(pickup.fulfillmentOrder)).toBe(staying);
			}
			expect(given + unitsInHand(pickup.fulfillmentOrder)).toBe(3);
		}),
	);
});

test('GTINs of the sample are those that the scanner reads', () => {
	expect(readScanCode(mug)).toMatchObject({ gtins: expect.arrayContaining([gtinOf(mug)]) });
});
