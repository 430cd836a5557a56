import { describe, expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { type BoardScene, judgeBoardScan } from './judge-board-scan.ts';
import { after, handedOver, picked, type SamplePickup, samplePickup, site, staged } from './sample-pickup.ts';

const mug = [{ sku: 'MUG', quantity: 2 }];
const scene = (...pickups: readonly SamplePickup[]): BoardScene => ({
	fulfillmentOrders: pickups.map((each) => each.fulfillmentOrder),
	orders: pickups.map((each) => each.order),
	site,
});
const scan = (text: string, of: BoardScene) => judgeBoardScan({ code: readScanCode(text), text, typed: false }, of);
const type = (text: string, of: BoardScene) => judgeBoardScan({ code: readScanCode(text), text, typed: true }, of);

describe('a pass opens the handover', () => {
	const of = scene(staged(samplePickup(mug)));
	test('with the check done', () =>
		expect(scan('PASS-PASS1042', of)).toMatchObject({ kind: 'open_handover', passChecked: true }));
	test('also when its code is typed without the prefix', () =>
		expect(type('pass1042', of)).toMatchObject({ kind: 'open_handover', passChecked: true }));
	test('also while the goods are not on a shelf yet', () =>
		expect(scan('PASS-PASS1042', scene(picked(samplePickup(mug))))).toMatchObject({ kind: 'open_handover' }));
});

describe('an order number opens the handover', () => {
	const of = scene(staged(samplePickup(mug)));
	test('and leaves who collects to be checked', () =>
		expect(scan('ORD-1042', of)).toMatchObject({ kind: 'open_handover', passChecked: false }));
	test('of the part that can be collected, where an order has several', () => {
		const early = handedOver(staged(samplePickup(mug)));
		const late = staged(samplePickup(mug, '1042', { id: 'fo-late' }));
		expect(scan('ORD-1042', scene(early, late))).toMatchObject({ fulfillmentOrder: { id: 'fo-late' } });
	});
	test('also when its digits happen to be a GTIN', () => {
		const digits = staged(samplePickup(mug, '12345670'));
		expect(readScanCode('12345670').kind).toBe('product');
		expect(type('12345670', scene(digits))).toMatchObject({ kind: 'open_handover' });
	});
});

describe('what can not be handed over says why', () => {
	test('not picked yet', () =>
		expect(scan('ORD-1042', scene(samplePickup(mug)))).toMatchObject({ kind: 'not_prepared' }));
	test('handed over already: when, by whom, to whom', () =>
		expect(scan('PASS-PASS1042', scene(handedOver(staged(samplePickup(mug)))))).toMatchObject({
			kind: 'handed_over',
			record: { at: '2026-11-22T15:20:00Z', actorName: 'Sam Reed', collectedBy: 'Ada Byron', units: 2 },
		}));
	test('handed over already, although this device does not hold its order', () => {
		const of = { ...scene(handedOver(staged(samplePickup(mug)))), orders: [] };
		expect(scan('ORD-1042', of)).toMatchObject({ kind: 'handed_over', record: null });
	});
	test('cancelled', () =>
		expect(scan('ORD-1042', scene(after(samplePickup(mug), 'cancel', { reason: 'asked' })))).toMatchObject({
			kind: 'cancelled',
		}));
	test('given back to routing', () =>
		expect(scan('ORD-1042', scene(after(samplePickup(mug), 'decline', { reason: 'no space' })))).toMatchObject({
			kind: 'declined',
		}));
	test('goes by parcel', () =>
		expect(scan('ORD-1042', scene(samplePickup(mug, '1042', { method: 'ship' })))).toMatchObject({
			kind: 'not_a_pickup',
		}));
	test('waits at another store, by its name', () => {
		const { order } = samplePickup(mug);
		const fulfillments = order.fulfillments.map((each) => ({ ...each, siteId: 'S-2', siteName: 'York' }));
		const of: BoardScene = { fulfillmentOrders: [], orders: [{ ...order, fulfillments }], site };
		expect(scan('ORD-1042', of)).toEqual({ kind: 'other_site', orderNumber: '1042', siteNames: ['York'] });
	});
	test('unknown here', () => {
		expect(scan('ORD-9999', scene())).toEqual({ kind: 'unknown_order', orderNumber: '9999' });
		expect(scan('PASS-9999', scene())).toEqual({ kind: 'unknown_pass', code: '9999' });
	});
	test('a pass code that nobody has is not the code of a pickup without one', () =>
		expect(type('', scene(staged(samplePickup(mug, '1042', { passCode: '' }))))).toMatchObject({ kind: 'find' }));
});

describe('a shelf', () => {
	const of = scene(staged(samplePickup(mug), 'PU-03'));
	test('shows what stands there', () =>
		expect(scan('LOC-PU-03', of)).toMatchObject({
			kind: 'shelf',
			location: 'PU-03',
			fulfillmentOrders: [{ orderNumber: '1042' }],
		}));
	test('may be empty', () => expect(scan('LOC-PU-02', of)).toMatchObject({ kind: 'shelf', fulfillmentOrders: [] }));
	test('that the site does not have is not one', () =>
		expect(scan('LOC-A-12-3', of)).toEqual({ kind: 'not_a_shelf', code: 'A-12-3' }));
});

test('a product says nothing here', () => expect(scan('5012345678900', scene()).kind).toBe('product'));
test('a name that is typed is looked for; a code that nobody can read is not', () => {
	expect(type(' Ada ', scene())).toEqual({ kind: 'find', query: 'Ada' });
	expect(scan('x?y', scene())).toEqual({ kind: 'unreadable', text: 'x?y' });
});
