import { expect, test } from 'vitest';
import { findOrders } from './find-orders.ts';
import { sampleLine, sampleOrder } from './sample-order.ts';

const orders = [
	sampleOrder('1042'),
	sampleOrder('1043', { customer: { name: 'Ada Byron' }, placedAt: '2026-11-22T09:00:00Z' }),
	sampleOrder('1044', {
		customer: { name: 'Joe Bloggs' },
		placedAt: '2026-11-21T09:00:00Z',
		lines: [sampleLine({ open: 0, withCustomer: 5 })],
	}),
];
const found = (typed: string, filter: Parameters<typeof findOrders>[2] = 'all') =>
	findOrders(orders, typed, filter).map(({ number }) => number);

test('the newest order comes first', () => {
	expect(found('')).toEqual(['1043', '1042', '1044']);
});

test('an order is found by number, channel’s id, fulfillment order, e-mail, and by a name without its accents', () => {
	for (const typed of ['1042', 'w-1042', '1042-1', 'ZOE@example', 'garcia', 'zoe gar'])
		expect(found(typed)).toEqual(['1042']);
});

test('a phone is found however it was written', () => {
	for (const typed of ['+447700900123', '7700900123', '+44(7700)900123']) expect(found(typed)).toEqual(['1042']);
});

test('every typed word must fit', () => {
	expect(found('zoe byron')).toEqual([]);
});

test('a state filters, and the state follows from the lines', () => {
	expect(found('', 'fulfilled')).toEqual(['1044']);
	expect(found('zoe', 'fulfilled')).toEqual([]);
});
