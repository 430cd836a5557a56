import { type Static, Type } from 'typebox';
import { Count, Id, Instant, OneOf, Position, ShortText } from './field.ts';

/** Why central looked for a site. */
export const routingCauses = [
	'captured',
	'declined',
	'short',
	'oversold',
	/** What no site had has come in somewhere. */
	'stock_came',
	/** The promise could not be kept any more where the units were: closed, past the carrier's hour, more work than a day holds. */
	'site_closed',
	'cut_off_passed',
	'capacity_used_up',
	/** All that nobody had started was looked at together. */
	'batch',
] as const;
export type RoutingCause = (typeof routingCauses)[number];

/** What became of a site that was looked at. `dearer`: possible, but a plan with it costs more; those after it could send nothing. */
export const siteVerdicts = [
	'chosen',
	'dearer',
	'excluded_by_rule',
	'gave_it_up',
	'not_heard_of',
	'nothing_in_stock',
	'stock_is_promised',
	'capacity_is_used_up',
] as const;
export type SiteVerdict = (typeof siteVerdicts)[number];

const Minor = Type.Integer();

/** What a plan costs, in minor units of the decision's currency. */
export const PlanTerms = Type.Object({
	shipping: Minor,
	handling: Minor,
	split: Minor,
	unfilled: Minor,
	lateness: Minor,
	rules: Minor,
	stock: Minor,
});
export type PlanTerms = Readonly<Static<typeof PlanTerms>>;

export const PlanParcel = Type.Object({ siteId: Id, siteName: ShortText, units: Count, distanceKm: Count });

/** What keeps a plan from being possible: the stock of a SKU at a site, or without a SKU what the site can still do. */
export const BindingLimit = Type.Object({ siteName: ShortText, sku: Type.Optional(Id), wanted: Count, free: Count });

export const DecidedPlan = Type.Object({
	parcels: Type.Array(PlanParcel),
	unfilledUnits: Count,
	terms: PlanTerms,
	totalMinor: Minor,
	/** What its units are worth to other orders, beyond the total; absent where nobody contests them. */
	worthToOthersMinor: Type.Optional(Minor),
	/** Empty where the plan was possible. */
	blockedBy: Type.Array(BindingLimit),
});
export type DecidedPlan = Readonly<Static<typeof DecidedPlan>>;

export const ConsideredSite = Type.Object({
	siteId: Id,
	siteName: ShortText,
	distanceKm: Count,
	/** Units of the order that it could have sent. */
	possibleUnits: Count,
	lateDays: Count,
	verdict: OneOf(siteVerdicts),
	/** The rule behind `excluded_by_rule`. */
	rule: Type.Optional(ShortText),
});
export type ConsideredSite = Readonly<Static<typeof ConsideredSite>>;

/** Why units of an order go out from where they go: what was chosen, what else there was, and each site that was looked at. Never changed afterwards. */
export const RoutingDecision = Type.Object({
	id: Id,
	orderId: Id,
	orderNumber: Id,
	at: Instant,
	cause: OneOf(routingCauses),
	/** The version of the routing rules; decisions of earlier releases don't say it. */
	rulesVersion: Type.Optional(Position),
	/** The rules that said something. */
	rules: Type.Array(ShortText),
	currency: Type.String({ pattern: '^[A-Z]{3}$' }),
	chosen: DecidedPlan,
	alternatives: Type.Array(DecidedPlan),
	sites: Type.Array(ConsideredSite),
});
export type RoutingDecision = Readonly<Static<typeof RoutingDecision>>;

/** The same for the people of the site that fulfills it, short enough to be there offline. */
export const RoutingReason = Type.Object({
	decisionId: Id,
	cause: OneOf(routingCauses),
	distanceKm: Count,
	/** Parcels of the order in all. */
	parcels: Count,
	/** The sites nearest to the customer that were not chosen, and why. */
	others: Type.Array(Type.Pick(ConsideredSite, ['siteName', 'distanceKm', 'verdict']), { maxItems: 5 }),
});
export type RoutingReason = Readonly<Static<typeof RoutingReason>>;
