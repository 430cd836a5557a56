import type { SiteFilter } from '../schema/promising-rules.ts';
import type { RoutingRule, RoutingSet, RoutingStatement, RoutingWeights } from '../schema/routing-rules.ts';
import {
	channelWarnings,
	dayFaults,
	duplicateFaults,
	groupFaults,
	groupWarnings,
	type KnownNames,
	overWarnings,
	productFaults,
	type RuleFault,
	type RulePart,
	type RuleWarning,
	siteFaults,
} from './check-rule-parts.ts';
import { type RuledSite, siteTest } from './promising-rules.ts';
import { coversDays, coversList, coversProducts, coversRange } from './rule-cover.ts';

/** What central knows beside the names. */
export interface KnownForRouting extends KnownNames {
	/** Whether the price of any product is in it. */
	readonly isCurrency: (code: string) => boolean;
	readonly sites: readonly RuledSite[];
}

/** What is wrong with a routing set that fits its schema: its rules in their order, the groups, then the weights. */
export function routingFaults(routing: RoutingSet, known: KnownForRouting): readonly RuleFault[] {
	const groups = new Set(routing.groups.map(({ name }) => name));
	return [
		...routing.rules.flatMap((rule, index): readonly RuleFault[] => {
			const { name, orders, effect } = rule;
			const at = `/rules/${index}`;
			const { valueFromMinor: from, valueToMinor: to } = orders;
			const isUpsideDown = from !== undefined && to !== undefined && from > to;
			return [
				...duplicateFaults(routing, index),
				...productFaults(orders.products ?? {}, { at: `${at}/orders/products`, name }, known),
				...(isUpsideDown
					? [
							{
								code: 'value_from_above_to',
								where: `${at}/orders/valueFromMinor`,
								name,
								value: `${from}–${to}`,
							} as const,
						]
					: []),
				...siteFiltersOf(effect).flatMap(([where, filter]) =>
					siteFaults(filter, { at: `${at}/effect/${where}`, name }, known, groups),
				),
				...dayFaults(rule, { at, name }),
			];
		}),
		...groupFaults(routing, known),
		...zoneFaults(routing.weights),
	];
}

/** Every filter of sites in a statement, with its path. */
function siteFiltersOf({
	prefer,
	exclude,
	fallbacks = [],
}: RoutingStatement): readonly (readonly [string, SiteFilter])[] {
	return [
		...(prefer === undefined ? [] : [['prefer/sites', prefer.sites] as const]),
		...(exclude === undefined ? [] : [['exclude', exclude] as const]),
		...fallbacks.map((filter, place) => [`fallbacks/${place}`, filter] as const),
	];
}

/** The names of the groups that a rule speaks of. */
export function groupsOfRoutingRule({ effect }: RoutingRule): readonly string[] {
	return siteFiltersOf(effect).flatMap(([, { groups }]) => groups ?? []);
}

function zoneFaults({ zones }: RoutingWeights): readonly RuleFault[] {
	return zones.flatMap(({ upToKm }, index): readonly RuleFault[] => {
		const where = `/weights/zones/${index}/upToKm`;
		const name = String(index + 1);
		if (index === zones.length - 1) {
			return upToKm === undefined ? [] : [{ code: 'last_zone_ends', where, name, value: String(upToKm) }];
		}
		const before = index === 0 ? 0 : (zones[index - 1]?.upToKm ?? Number.POSITIVE_INFINITY);
		if (upToKm !== undefined && upToKm > before) return [];
		return [{ code: 'zones_not_ascending', where, name, ...(upToKm === undefined ? {} : { value: String(upToKm) }) }];
	});
}

/** @param today for instance 2026-11-22 */
export function routingWarnings(routing: RoutingSet, known: KnownForRouting, today: string): readonly RuleWarning[] {
	const { currency } = routing.weights;
	return [
		...routing.rules.flatMap((rule, index): readonly RuleWarning[] => {
			const { name, orders } = rule;
			const at = `/rules/${index}`;
			const part: RulePart = { at, name };
			const earlier = routing.rules.slice(0, index).find((other) => decidesAll(other, rule));
			return [
				...overWarnings(rule, part, today),
				...(earlier === undefined ? [] : [{ code: 'never_heard', where: at, name, value: earlier.name } as const]),
				...(leavesNoSite(rule, routing, known.sites)
					? [{ code: 'excludes_every_site', where: `${at}/effect`, name } as const]
					: []),
				...channelWarnings(orders.channels, { at: `${at}/orders/channels`, name }, known),
			];
		}),
		...groupWarnings(routing, new Set(routing.rules.flatMap(groupsOfRoutingRule))),
		...(known.isCurrency(currency)
			? []
			: [{ code: 'unknown_currency', where: '/weights/currency', name: currency, value: currency } as const]),
	];
}

/** Of these, the first rule that fits decides; preferences and exclusions add up instead. */
const decidedByFirst: readonly string[] = [
	'fallbacks',
	'keepTogether',
	'noSplitBelowMinor',
	'whenUnfillable',
] satisfies readonly (keyof RoutingStatement)[];

/** Whether the first rule fits wherever the second does, and all that the second speaks of is what the first decides. */
function decidesAll(first: RoutingRule, second: RoutingRule): boolean {
	const [wide, narrow] = [first.orders, second.orders];
	return (
		Object.keys(second.effect).every((key) => decidedByFirst.includes(key) && key in first.effect) &&
		coversList(wide.channels, narrow.channels) &&
		coversList(wide.countries, narrow.countries) &&
		coversProducts(wide.products ?? {}, narrow.products ?? {}) &&
		coversValues(wide, narrow) &&
		coversDays(first, second)
	);
}

/** A filter that speaks of the value leaves out orders in other currencies. */
function coversValues(wide: RoutingRule['orders'], narrow: RoutingRule['orders']): boolean {
	const range = ({ valueFromMinor: from, valueToMinor: to }: RoutingRule['orders']) => ({ from, to });
	const speaks = ({ valueFromMinor, valueToMinor }: RoutingRule['orders']) =>
		valueFromMinor !== undefined || valueToMinor !== undefined;
	return !speaks(wide) || (speaks(narrow) && coversRange(range(wide), range(narrow)));
}

function leavesNoSite({ effect }: RoutingRule, routing: RoutingSet, sites: readonly RuledSite[]): boolean {
	const { exclude, fallbacks } = effect;
	if (exclude === undefined && fallbacks === undefined) return false;
	const isExcluded = exclude === undefined ? () => false : siteTest({ siteGroup: exclude }, routing);
	const tiers = fallbacks?.map((siteGroup) => siteTest({ siteGroup }, routing));
	const shipping = sites.filter(({ capabilities }) => capabilities.includes('ship'));
	const isAsked = (site: RuledSite) => !isExcluded(site) && (tiers?.some((isAmong) => isAmong(site)) ?? true);
	return shipping.length > 0 && !shipping.some(isAsked);
}
