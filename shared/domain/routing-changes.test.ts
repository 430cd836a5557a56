import fc from 'fast-check';
import { expect, it } from 'vitest';
import { routingSets } from '../../test/routing-rules-for-tests.ts';
import { firstRouting, type RoutingRule, type RoutingSet } from '../schema/routing-rules.ts';
import { routingChanges } from './routing-changes.ts';

const rule = (changes: Partial<RoutingRule> = {}): RoutingRule => {
	return { id: '1', name: 'One', orders: {}, effect: { keepTogether: true }, ...changes };
};
const setOf = (changes: Partial<RoutingSet>): RoutingSet => ({ ...firstRouting, ...changes });

it('the history tells each part of a routing rule that changed, and each weight', () => {
	const before = setOf({
		rules: [rule({ orders: { channels: ['a', 'b'] }, effect: { fallbacks: [{ kinds: ['store'] }, {}] } })],
	});
	const after = setOf({
		rules: [
			rule({ orders: { channels: ['b', 'a'], countries: ['GB'] }, effect: { fallbacks: [{}, { kinds: ['store'] }] } }),
		],
		weights: { ...firstRouting.weights, splitMinor: 200, handlingMinor: { store: 40, warehouse: 30, supplier: 60 } },
	});
	expect(routingChanges(before, after)).toEqual([
		{
			change: 'changed',
			ruleId: '1',
			name: 'One',
			fields: [
				{ field: 'orders.countries', after: ['GB'] },
				{ field: 'effect.fallbacks', before: [{ kinds: ['store'] }, {}], after: [{}, { kinds: ['store'] }] },
			],
		},
		{
			change: 'weights_changed',
			name: 'weights',
			fields: [
				{ field: 'handlingMinor.store', before: 30, after: 40 },
				{ field: 'splitMinor', before: 150, after: 200 },
			],
		},
	]);
});

/** A group that stands twice is never kept. */
const kept = routingSets.map((routing) => ({
	...routing,
	groups: routing.groups.filter(({ name }, index) => routing.groups.findIndex((each) => each.name === name) === index),
}));

it('nothing changes between a set and itself, however its parts are ordered in the database; between others something does', () => {
	const reversed = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(reversed);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value)
				.reverse()
				.map(([key, each]) => [key, reversed(each)]),
		);
	};
	fc.assert(
		fc.property(kept, kept, (a, b) => {
			expect(routingChanges(a, reversed(a) as RoutingSet)).toEqual([]);
			const [there, back] = [routingChanges(a, b), routingChanges(b, a)];
			expect(there.length === 0).toBe(back.length === 0);
			if (there.length === 0) expect(b.weights).toEqual(a.weights);
			const added = there.filter(({ change }) => change === 'added').length;
			const removed = there.filter(({ change }) => change === 'removed').length;
			expect(a.rules.length + added - removed).toBe(b.rules.length);
		}),
	);
});
