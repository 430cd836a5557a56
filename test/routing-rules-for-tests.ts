import fc from 'fast-check';
import type { ProductFilter, SiteFilter } from '../shared/schema/promising-rules.ts';
import {
	firstRouting,
	type OrderFilter,
	type RoutingRule,
	type RoutingSet,
	type RoutingStatement,
	type RoutingWeights,
} from '../shared/schema/routing-rules.ts';

const few = <T>(...values: readonly [T, ...T[]]) =>
	fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: values.length });
const amount = fc.integer({ min: 0, max: 3 });

const siteFilters: fc.Arbitrary<SiteFilter> = fc.record(
	{
		siteIds: few('leeds', 'london', 'paris'),
		groups: few('north', 'south'),
		kinds: few('store' as const, 'warehouse' as const),
		towns: few('Leeds', 'Paris'),
		capabilities: few('ship' as const, 'pickup' as const),
	},
	{ requiredKeys: [] },
);

const productFilters: fc.Arbitrary<ProductFilter> = fc.record(
	{
		skus: few('MUG', 'PUG'),
		departments: few('Kitchen', 'Toys'),
		price: fc.record({ currency: fc.constantFrom('GBP', 'USD'), fromMinor: amount, toMinor: amount }),
	},
	{ requiredKeys: [] },
);

const orderFilters: fc.Arbitrary<OrderFilter> = fc.record(
	{
		channels: few('web-shop', 'market'),
		countries: few('GB', 'DE'),
		products: productFilters,
		valueFromMinor: amount,
		valueToMinor: amount,
	},
	{ requiredKeys: [] },
);

const statements: fc.Arbitrary<RoutingStatement> = fc
	.record(
		{
			prefer: fc.record({ sites: siteFilters, worthMinor: amount }),
			exclude: siteFilters,
			fallbacks: fc.array(siteFilters, { minLength: 1, maxLength: 3 }),
			keepTogether: fc.boolean(),
			noSplitBelowMinor: amount,
			whenUnfillable: fc.constantFrom('ship_rest' as const, 'hold' as const),
		},
		{ requiredKeys: [] },
	)
	.map((statement) => (Object.keys(statement).length === 0 ? { keepTogether: true } : statement));

const days = fc.constantFrom('2026-11-22', '2026-02-30', '2026-12-24', '0000-99-99');
const routingRules: fc.Arbitrary<RoutingRule> = fc.record(
	{
		id: fc.constantFrom('1', '2', '3', '4'),
		name: fc.constantFrom('One', 'Two', 'Three'),
		orders: orderFilters,
		effectiveFrom: days,
		effectiveTo: days,
		effect: statements,
	},
	{ requiredKeys: ['id', 'name', 'orders', 'effect'] },
);

const zones = fc.array(
	fc.record(
		{
			upToKm: fc.integer({ min: 1, max: 4 }),
			parcelMinor: amount,
			unitMinor: amount,
			kilogramMinor: amount,
		},
		{ requiredKeys: ['parcelMinor', 'unitMinor', 'kilogramMinor'] },
	),
	{ minLength: 1, maxLength: 4 },
);
const weights: fc.Arbitrary<RoutingWeights> = fc
	.record({ zones, currency: fc.constantFrom('GBP', 'XXX'), splitMinor: amount })
	.map((some) => ({ ...firstRouting.weights, ...some }));

/** Routing sets that fit their schema, with much in them that may be wrong; ids differ. */
export const routingSets: fc.Arbitrary<RoutingSet> = fc.record({
	rules: fc.uniqueArray(routingRules, { maxLength: 4, selector: ({ id }) => id }),
	groups: fc.array(fc.record({ name: fc.constantFrom('north', 'south'), siteIds: few('leeds', 'paris') }), {
		maxLength: 2,
	}),
	weights,
});
