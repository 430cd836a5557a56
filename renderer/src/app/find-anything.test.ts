import { expect, test } from 'vitest';
import { readScanCode } from '../../../shared/codes/index.ts';
import { sampleFulfillment, sampleOrder } from '../work/orders/sample-order.ts';
import { destinationOf, scanDestination } from './destination.ts';
import { exactNumber, findAnything } from './find-anything.ts';

const orders = [sampleOrder('1042')];
const staged = sampleFulfillment({ staged: 5 }, { state: 'ready', stagedAt: 'PU-03' });
const documents = { orders, fulfillmentOrders: [staged] };
const scanned = (text: string) =>
	scanDestination({ code: readScanCode(text), text, source: 'wedge', at: 0 }, documents);

test('a screen, an order, a customer and a product are found by what people type', () => {
	const commands = [{ label: 'Pickup', to: '/pickup' }];
	const kinds = (typed: string) => findAnything(typed, commands, orders, [staged]).map(({ kind }) => kind);
	expect(kinds('pick')).toEqual(['command', 'lookup']);
	expect(kinds('pi')).toEqual(['command']);
	expect(kinds('104')).toEqual(['order', 'lookup']);
	expect(kinds('zoe')).toEqual(['customer', 'lookup']);
	expect(kinds('900123')).toEqual(['customer', 'lookup']);
	expect(kinds('mug')).toEqual(['product', 'count', 'lookup']);
	expect(kinds('teapot')).toEqual(['lookup']);
	expect(kinds('')).toEqual([]);
});

test('a product that many orders want can be counted all the same', () => {
	const many = Array.from({ length: 20 }, (_, index) => ({ ...staged, id: `F-${index}` }));
	const found = findAnything('mug', [], orders, many);
	expect(found).toHaveLength(8);
	expect(found.at(-2)).toMatchObject({ kind: 'count', to: '/count/MUG' });
	expect(found.at(-1)).toMatchObject({ kind: 'lookup', to: '/lookup', find: 'mug' });
});

test('a number that is exactly an order’s opens the order, whatever else it could mean', () => {
	expect(exactNumber('1042', orders, [])).toBe('/orders/O-1042');
	expect(exactNumber('1042-1', orders, [staged])).toBe('/pickup/F-1/handover');
	expect(exactNumber('104', orders, [staged])).toBeNull();
});

test('a scan that no screen took leads to the next step of what it names', () => {
	expect(scanned('ORD-1042')).toEqual({ kind: 'go', to: '/orders/O-1042' });
	expect(scanned('PASS-ABC123')).toEqual({ kind: 'go', to: '/pickup/F-1/handover' });
	expect(scanned('LOC-PU-03')).toEqual({ kind: 'go', to: '/pickup/F-1/handover' });
});

test('a scan that names nothing here says why', () => {
	expect(scanned('ORD-7')).toEqual({ kind: 'nothing', why: 'no_such_order' });
	expect(scanned('PASS-XXXXXX')).toEqual({ kind: 'nothing', why: 'no_such_pass' });
	expect(scanned('LOC-PU-99')).toEqual({ kind: 'nothing', why: 'empty_shelf' });
	expect(scanned('~~~')).toEqual({ kind: 'nothing', why: 'unknown_code' });
});

test('a product that no open work here needs is looked up', () => {
	expect(scanned('9780201379624')).toEqual({ kind: 'look_up', gtins: ['09780201379624'] });
});

test('each state leads to the screen of its next step', () => {
	const to = (state: Parameters<typeof destinationOf>[0]['state'], method: 'ship' | 'pickup') =>
		destinationOf(sampleFulfillment({}, { state, method }));
	expect(to('assigned', 'ship')).toBe('/pick/F-1');
	expect(to('picked', 'ship')).toBe('/pack/F-1');
	expect(to('picked', 'pickup')).toBe('/pickup/F-1/stage');
	expect(to('ready', 'pickup')).toBe('/pickup/F-1/handover');
	expect(to('shipped', 'ship')).toBe('/orders/O-1042');
});
