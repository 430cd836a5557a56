import type { RoutingSet } from '../schema/routing-rules.ts';
import { changesInOrder, fieldChanges, type RuleChange } from './rule-changes.ts';

/** The parts of a routing rule that are told apart in its history. */
export const routingFields = [
	'name',
	'orders.channels',
	'orders.countries',
	'orders.products.skus',
	'orders.products.departments',
	'orders.products.brands',
	'orders.products.tracking',
	'orders.products.price',
	'orders.valueFromMinor',
	'orders.valueToMinor',
	'effectiveFrom',
	'effectiveTo',
	'effect.prefer',
	'effect.exclude',
	'effect.fallbacks',
	'effect.keepTogether',
	'effect.noSplitBelowMinor',
	'effect.whenUnfillable',
] as const;

/** The weights, in the order in which people read them. */
export const weightFields = [
	'currency',
	'zones',
	'handlingMinor.store',
	'handlingMinor.warehouse',
	'handlingMinor.supplier',
	'hundredKmMinor',
	'splitMinor',
	'unfilledMinor',
	'lateDayMinor',
	'fallbackMinor',
	'coverWeeks',
	'coverMinor',
	'agingWeeks',
	'agingMinor',
	'doubtMinor',
] as const;

/** What makes the second routing set of the first: rules and groups, then the weights. Empty when both say the same in the same order. */
export function routingChanges(before: RoutingSet, after: RoutingSet): readonly RuleChange[] {
	const fields = fieldChanges(weightFields, before.weights, after.weights);
	return [
		...changesInOrder(routingFields, before, after),
		...(fields.length === 0 ? [] : [{ change: 'weights_changed', name: 'weights', fields } as const]),
	];
}
