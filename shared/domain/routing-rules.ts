import type { OrderFilter, RoutingRule, RoutingSet, UnfillableWay } from '../schema/routing-rules.ts';
import type { Site } from '../schema/site.ts';
import { isInEffect, productTest, type RuledProduct, type RuledSite, siteTest } from './promising-rules.ts';

/** What rules look at of an order. */
export interface RuledOrder {
	readonly channel: string;
	readonly country: string;
	readonly currency: string;
	/** The sum of its lines in minor units of its currency. */
	readonly valueMinor: number;
	readonly products: readonly RuledProduct[];
	/** The day on which it is routed, as 2026-11-22. */
	readonly on: string;
}

/** What the rules say of routing one order. */
export interface RoutingDirections {
	readonly keepTogether: boolean;
	readonly whenUnfillable: UnfillableWay;
	siteDirections(site: RuledSite): SiteDirections;
	/** The names of the rules that say anything of this order, in their order. */
	readonly because: readonly string[];
}

/** What they say of one site for it. */
export interface SiteDirections {
	/** The rule that keeps the site from being asked. */
	readonly excludedBy: string | undefined;
	/** Steps down the list of fallbacks: 0 is asked first. */
	readonly fallback: number;
	/** By how much a parcel from it counts as cheaper, in minor units. */
	readonly preferredMinor: number;
}

/**
 * What a routing set says of an order. Preferences and exclusions of all rules that fit add up; of fallbacks, keeping together and what
 * can't be filled, the first rule that fits and speaks of it decides.
 */
export function routingDirections(routing: RoutingSet, order: RuledOrder): RoutingDirections {
	const fitting = routing.rules.filter((rule) => isInEffect(rule, order.on) && fits(rule.orders, routing, order));
	const first = <Key extends keyof RoutingRule['effect']>(key: Key) =>
		fitting.find(({ effect }) => effect[key] !== undefined)?.effect[key];
	const exclusions = fitting.flatMap(({ name, effect }) =>
		effect.exclude ? [{ name, isAmong: siteTest({ siteGroup: effect.exclude }, routing) }] : [],
	);
	const preferences = fitting.flatMap(({ effect: { prefer } }) =>
		prefer ? [{ worth: prefer.worthMinor, isAmong: siteTest({ siteGroup: prefer.sites }, routing) }] : [],
	);
	const withFallbacks = fitting.find(({ effect }) => effect.fallbacks !== undefined);
	const tiers = withFallbacks?.effect.fallbacks?.map((siteGroup) => siteTest({ siteGroup }, routing));
	const noSplitBelow = first('noSplitBelowMinor') ?? 0;
	const isSmall = order.currency === routing.weights.currency && order.valueMinor < noSplitBelow;
	return {
		keepTogether: (first('keepTogether') ?? false) || isSmall,
		whenUnfillable: first('whenUnfillable') ?? 'ship_rest',
		because: fitting.map(({ name }) => name),
		siteDirections: (site) => {
			const tier = tiers?.findIndex((isAmong) => isAmong(site)) ?? 0;
			return {
				excludedBy:
					exclusions.find(({ isAmong }) => isAmong(site))?.name ?? (tier < 0 ? withFallbacks?.name : undefined),
				fallback: Math.max(0, tier),
				preferredMinor: preferences.reduce((sum, { worth, isAmong }) => sum + (isAmong(site) ? worth : 0), 0),
			};
		},
	};
}

function fits(filter: OrderFilter, { weights }: RoutingSet, order: RuledOrder): boolean {
	const { channels, countries, products, valueFromMinor, valueToMinor } = filter;
	if (channels !== undefined && !channels.includes(order.channel)) return false;
	if (countries !== undefined && !countries.includes(order.country)) return false;
	if (valueFromMinor !== undefined || valueToMinor !== undefined) {
		if (order.currency !== weights.currency) return false;
		if (order.valueMinor < (valueFromMinor ?? 0)) return false;
		if (order.valueMinor > (valueToMinor ?? Number.POSITIVE_INFINITY)) return false;
	}
	return products === undefined || order.products.some(productTest({ products }));
}

/** What is known of a stock position besides its units. */
export interface StockHealth {
	/** Weeks that the free units last at the site's own demand; infinite where nobody wants them. */
	readonly coverWeeks: number;
	/** The probability that the units are really there. */
	readonly confidence: number;
}

/** What taking a unit from a position costs beyond its parcel, in minor units; never below zero. */
export function stockCostMinor(
	{ weights }: Pick<RoutingSet, 'weights'>,
	{ coverWeeks, confidence }: StockHealth,
): number {
	const { coverWeeks: wanted, coverMinor, agingWeeks, agingMinor, doubtMinor } = weights;
	const lacking = wanted === 0 ? 0 : Math.max(0, 1 - coverWeeks / wanted);
	// Everything that isn't aging costs more, rather than aging stock less: a cost below zero would ship what nobody ordered.
	const fresh = coverWeeks > agingWeeks ? 0 : agingMinor;
	return coverMinor * lacking + fresh + doubtMinor * (1 - confidence);
}

/** What a site's handling of one order line costs, in minor units. */
export function handlingCostMinor({ weights }: Pick<RoutingSet, 'weights'>, { kind }: Pick<Site, 'kind'>): number {
	return weights.handlingMinor[kind];
}
