import { expect, test } from 'vitest';
import { findPickups } from './find-pickups.ts';
import { handedOver, samplePickup, staged } from './sample-pickup.ts';

const mug = [{ sku: 'MUG', quantity: 1 }];
const named = (number: string, name: string, phone = '') => samplePickup(mug, number, { customer: { name, phone } });
const lopez = named('1001', 'María López', '+44 7700 900219');
const all = [lopez, staged(named('1002', 'Mark Long')), handedOver(staged(named('1003', 'Maria Lopez')))].map(
	(each) => each.fulfillmentOrder,
);
const found = (query: string) => findPickups(all, query).map((each) => each.orderNumber);

test('a name is found without its accents, by parts, in any order', () => {
	expect(found('lopez maria')).toEqual(['1001', '1003']);
	expect(found('LÓP')).toEqual(['1001', '1003']);
});

test('what can be collected now comes first, what was collected last', () => {
	expect(found('ma lo')).toEqual(['1002', '1001', '1003']);
});

test('order number, pass code and a part of the telephone number find a pickup', () => {
	expect(found('1002')).toEqual(['1002']);
	expect(found('pass1001')).toEqual(['1001']);
	expect(found('900 219')).toEqual(['1001']);
});

test('nothing typed finds nothing', () => {
	expect(found('   ')).toEqual([]);
	expect(found('nobody')).toEqual([]);
});
