import { expect, test } from 'vitest';
import { findOrders, orderByNumber, ordersWithProduct } from './find-orders.ts';
import { afterReturn, sampleSale } from './sample-sale.ts';

const sale = (number: string, name: string, placedAt: string, phone = '') =>
	sampleSale([{ sku: 'MUG', quantity: 1 }], number, { customer: { name, phone }, placedAt });
const orders = [
	sale('1001', 'María López', '2026-11-20T10:00:00Z', '+44 7700 900219'),
	sale('1002', 'Mark Long', '2026-11-22T10:00:00Z'),
	sale('A-1003', 'Maria Lopez', '2026-11-21T10:00:00Z'),
];
const numbers = (list: readonly { readonly number: string }[]) => list.map((order) => order.number);

test('a customer is found without accents, the latest order first', () => {
	expect(numbers(findOrders(orders, 'lopez ma'))).toEqual(['A-1003', '1001']);
	expect(findOrders(orders, '  ')).toEqual([]);
});

test('a telephone number is found by its digits, and a single digit is not one', () => {
	expect(numbers(findOrders(orders, '07700 900219'))).toEqual(['1001']);
	expect(numbers(findOrders(orders, '77'))).toEqual([]);
});

test('an order is found by its number in any case, and only by all of it', () => {
	expect(orderByNumber(orders, ' a-1003 ')?.number).toBe('A-1003');
	expect(orderByNumber(orders, '100')).toBeNull();
	expect(numbers(findOrders(orders, '100'))).toEqual(['1002', 'A-1003', '1001']);
});

test('a product finds the orders in which the customer still has it, the latest first', () => {
	expect(numbers(ordersWithProduct(orders, 'MUG'))).toEqual(['1002', 'A-1003', '1001']);
	const back = {
		lineId: 'line-1',
		sku: 'MUG',
		quantity: 1,
		reason: 'other',
		grade: 'as_new',
		disposition: 'restock',
	} as const;
	const rest = orders.map((order) => (order.number === '1002' ? afterReturn(order, [back]).order : order));
	expect(numbers(ordersWithProduct(rest, 'MUG'))).toEqual(['A-1003', '1001']);
	expect(ordersWithProduct(orders, 'JAR')).toEqual([]);
});
