import { type Static, Type } from 'typebox';
import { Id, Instant, LongText, OneOf, PlainDate, Position, ShortText } from './field.ts';
import { Product } from './product.ts';
import { Site } from './site.ts';

const strict = { additionalProperties: false } as const;
const mostNames = 1000;
const some = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
	Type.Array(item, { minItems: 1, maxItems: mostNames, uniqueItems: true });
/** Absurd numbers are slips of the finger: nobody keeps more than this back of one SKU at one site. */
const UnitsKept = Type.Integer({ minimum: 0, maximum: 10_000 });

/** Products that fulfill every condition that is given; all of them when none is. Any one value of a list will do. */
export const ProductFilter = Type.Object(
	{
		skus: Type.Optional(some(Id)),
		departments: Type.Optional(some(ShortText)),
		brands: Type.Optional(some(ShortText)),
		tracking: Type.Optional(some(Product.properties.tracking)),
		/** The catalog's price, both ends included; a price in another currency is not among them. */
		price: Type.Optional(
			Type.Object(
				{
					currency: Type.String({ pattern: '^[A-Z]{3}$' }),
					fromMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
					toMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
				},
				strict,
			),
		),
	},
	strict,
);
export type ProductFilter = Readonly<Static<typeof ProductFilter>>;

/** Sites that fulfill every condition that is given; all of them when none is. A site that is named itself or in one of the groups is named. */
export const SiteFilter = Type.Object(
	{
		siteIds: Type.Optional(some(Id)),
		/** Names of groups of the rule set. */
		groups: Type.Optional(some(ShortText)),
		kinds: Type.Optional(some(Site.properties.kind)),
		towns: Type.Optional(some(ShortText)),
		/** A site has all of them. */
		capabilities: Type.Optional(some(Site.properties.capabilities.items)),
	},
	strict,
);
export type SiteFilter = Readonly<Static<typeof SiteFilter>>;

export const eligibilities = ['eligible', 'not_eligible'] as const;
export type Eligibility = (typeof eligibilities)[number];

/** What is kept back at each site: so many units, or so much of what is on hand (rounded up); the larger of both when both are given. */
export const SafetyStock = Type.Object(
	{ units: Type.Optional(UnitsKept), percent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })) },
	{ ...strict, minProperties: 1 },
);
export type SafetyStock = Readonly<Static<typeof SafetyStock>>;

/** What a rule says; it is silent about what is absent. */
export const RuleStatement = Type.Object(
	{
		safetyStock: Type.Optional(SafetyStock),
		/** Where fewer than so many are left to promise, none is promised. */
		threshold: Type.Optional(UnitsKept),
		pickup: Type.Optional(OneOf(eligibilities)),
		ship: Type.Optional(OneOf(eligibilities)),
	},
	{ ...strict, minProperties: 1 },
);
export type RuleStatement = Readonly<Static<typeof RuleStatement>>;

export const PromisingRule = Type.Object(
	{
		id: Id,
		name: ShortText,
		products: ProductFilter,
		siteGroup: SiteFilter,
		/** Names of channels as orders carry them; every channel when absent. */
		channels: Type.Optional(some(ShortText)),
		/** Days in the site's time zone, both included; without end when absent. */
		effectiveFrom: Type.Optional(PlainDate),
		effectiveTo: Type.Optional(PlainDate),
		effect: RuleStatement,
	},
	strict,
);
export type PromisingRule = Readonly<Static<typeof PromisingRule>>;

/** Rules in order: of each effect, the first rule that fits and speaks of it decides. */
export const RuleSet = Type.Object(
	{
		rules: Type.Array(PromisingRule, { maxItems: 200 }),
		groups: Type.Array(Type.Object({ name: ShortText, siteIds: some(Id) }, strict), { maxItems: 100 }),
	},
	strict,
);
export type RuleSet = Readonly<Static<typeof RuleSet>>;

export const noRules: RuleSet = { rules: [], groups: [] };

/** The published rules as every device holds them, for what it promises itself. */
export const PublishedRules = Type.Object({
	/** `promising-rules`: there is one. */
	id: Id,
	kind: Type.Literal('rules'),
	version: Position,
	publishedAt: Instant,
	publishedBy: ShortText,
	note: LongText,
	...RuleSet.properties,
});
export type PublishedRules = Readonly<Static<typeof PublishedRules>>;
