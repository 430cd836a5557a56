import { type Static, Type } from 'typebox';
import { Id, OneOf, PlainDate, ShortText } from './field.ts';
import { ProductFilter, SiteFilter } from './promising-rules.ts';

const strict = { additionalProperties: false } as const;
/** In minor units of the weights' currency. An absurd cost is a slip of the finger. */
const CostMinor = Type.Integer({ minimum: 0, maximum: 10_000_000 });
const some = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
	Type.Array(item, { minItems: 1, maxItems: 1000, uniqueItems: true });

/** Orders that fulfill every condition that is given; all of them when none is. Any one value of a list will do. */
export const OrderFilter = Type.Object(
	{
		channels: Type.Optional(some(ShortText)),
		/** Where the goods go. */
		countries: Type.Optional(some(Type.String({ pattern: '^[A-Z]{2}$' }))),
		/** At least one line is of such a product. */
		products: Type.Optional(ProductFilter),
		/** The sum of the lines in the weights' currency, both ends included; an order in another currency is not among them. */
		valueFromMinor: Type.Optional(CostMinor),
		valueToMinor: Type.Optional(CostMinor),
	},
	strict,
);
export type OrderFilter = Readonly<Static<typeof OrderFilter>>;

/** What becomes of an order that the sites can't fill: what there is goes out, or all of it waits until there is enough. */
export const unfillableWays = ['ship_rest', 'hold'] as const;
export type UnfillableWay = (typeof unfillableWays)[number];

/** What a rule says; it is silent about what is absent. Preferences and exclusions of several rules add up; of all else the first rule decides. */
export const RoutingStatement = Type.Object(
	{
		/** These sites count as so much cheaper, for each parcel. */
		prefer: Type.Optional(Type.Object({ sites: SiteFilter, worthMinor: CostMinor }, strict)),
		/** These sites are never asked. */
		exclude: Type.Optional(SiteFilter),
		/** Only these sites are asked, the first ones first: the next ones where those before have not enough. */
		fallbacks: Type.Optional(Type.Array(SiteFilter, { minItems: 1, maxItems: 10 })),
		/** Everything goes out from one site, or stays unfilled. */
		keepTogether: Type.Optional(Type.Boolean()),
		/** An order worth less than this is kept together. */
		noSplitBelowMinor: Type.Optional(CostMinor),
		whenUnfillable: Type.Optional(OneOf(unfillableWays)),
	},
	{ ...strict, minProperties: 1 },
);
export type RoutingStatement = Readonly<Static<typeof RoutingStatement>>;

export const RoutingRule = Type.Object(
	{
		id: Id,
		name: ShortText,
		orders: OrderFilter,
		/** Days in UTC, both included; without end when absent. */
		effectiveFrom: Type.Optional(PlainDate),
		effectiveTo: Type.Optional(PlainDate),
		effect: RoutingStatement,
	},
	strict,
);
export type RoutingRule = Readonly<Static<typeof RoutingRule>>;

/** A parcel's cost by the distance of its way: once, for each unit and for each kilogram. */
export const ParcelZone = Type.Object(
	{
		/** The zone's upper end; the last zone has none. */
		upToKm: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_100 })),
		parcelMinor: CostMinor,
		unitMinor: CostMinor,
		kilogramMinor: CostMinor,
	},
	strict,
);
export type ParcelZone = Readonly<Static<typeof ParcelZone>>;

/** What a decision weighs. All costs are in minor units of one currency. */
export const RoutingWeights = Type.Object(
	{
		currency: Type.String({ pattern: '^[A-Z]{3}$' }),
		/** The nearest first. */
		zones: Type.Array(ParcelZone, { minItems: 1, maxItems: 20 }),
		/** For each order line that a site handles. */
		handlingMinor: Type.Object({ store: CostMinor, warehouse: CostMinor, supplier: CostMinor }, strict),
		/** For each parcel, for each 100 km of its way beside what the carrier takes: of two sites in one zone the nearer is the better. */
		hundredKmMinor: CostMinor,
		/** For each parcel of an order after its first. */
		splitMinor: CostMinor,
		/** For each unit that no site ships. */
		unfilledMinor: CostMinor,
		/** For each parcel, for each day that it leaves after the promise, or after the earliest day possible where nothing is promised. */
		lateDayMinor: CostMinor,
		/** For each parcel, for each step down the fallbacks of a rule. */
		fallbackMinor: CostMinor,
		/** For each unit taken from stock that covers fewer weeks of the site's own demand than this: the whole of it where nothing is left. */
		coverWeeks: Type.Integer({ minimum: 0, maximum: 104 }),
		coverMinor: CostMinor,
		/** For each unit that leaves stock of more than so many weeks where it lies: aging stock counts as so much cheaper. */
		agingWeeks: Type.Integer({ minimum: 1, maximum: 1040 }),
		agingMinor: CostMinor,
		/** For each unit, at a record that is certainly wrong; less the surer it is. */
		doubtMinor: CostMinor,
	},
	strict,
);
export type RoutingWeights = Readonly<Static<typeof RoutingWeights>>;

/** How orders are routed: rules in order, groups of sites that they name, and what everything costs. */
export const RoutingSet = Type.Object(
	{
		rules: Type.Array(RoutingRule, { maxItems: 200 }),
		groups: Type.Array(Type.Object({ name: ShortText, siteIds: some(Id) }, strict), { maxItems: 100 }),
		weights: RoutingWeights,
	},
	strict,
);
export type RoutingSet = Readonly<Static<typeof RoutingSet>>;

/** Before anybody has published another one. */
export const firstRouting: RoutingSet = {
	rules: [],
	groups: [],
	weights: {
		currency: 'GBP',
		zones: [
			{ upToKm: 50, parcelMinor: 320, unitMinor: 8, kilogramMinor: 20 },
			{ upToKm: 150, parcelMinor: 360, unitMinor: 9, kilogramMinor: 25 },
			{ upToKm: 400, parcelMinor: 410, unitMinor: 11, kilogramMinor: 32 },
			{ parcelMinor: 520, unitMinor: 14, kilogramMinor: 45 },
		],
		handlingMinor: { store: 30, warehouse: 30, supplier: 60 },
		hundredKmMinor: 40,
		splitMinor: 150,
		unfilledMinor: 5000,
		lateDayMinor: 200,
		fallbackMinor: 1500,
		coverWeeks: 2,
		coverMinor: 10,
		agingWeeks: 26,
		agingMinor: 5,
		doubtMinor: 10,
	},
};
