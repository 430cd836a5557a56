import type { ProductFilter, SiteFilter } from '../schema/promising-rules.ts';
import type { OrderedRules } from './rule-changes.ts';

/** Names that central knows; a name that is not among them would make a rule mean something else than its author thinks. */
export interface KnownNames {
	readonly isSku: (sku: string) => boolean;
	readonly isDepartment: (name: string) => boolean;
	readonly isBrand: (name: string) => boolean;
	readonly isSite: (siteId: string) => boolean;
	readonly isTown: (name: string) => boolean;
	/** Whether an order ever came over it. */
	readonly isChannel: (name: string) => boolean;
}

/** Why rules can't be kept. */
export const ruleFaultCodes = [
	'duplicate_id',
	'duplicate_name',
	'duplicate_group',
	'unknown_sku',
	'unknown_department',
	'unknown_brand',
	'unknown_site',
	'unknown_town',
	'unknown_group',
	'no_such_day',
	'from_after_to',
	'price_from_above_to',
	'value_from_above_to',
	/** Each zone of the weights must end farther away than the one before. */
	'zones_not_ascending',
	/** Somewhere the last zone must not end. */
	'last_zone_ends',
] as const;
export type RuleFaultCode = (typeof ruleFaultCodes)[number];

/** What is allowed, and seldom meant. */
export const ruleWarningCodes = [
	/** No condition at all: every product at every site on every channel. */
	'everything',
	/** Its last day has gone. */
	'over',
	/** An earlier rule decides everything that it speaks of. */
	'never_heard',
	/** No order has ever come over this channel. */
	'unknown_channel',
	/** Nothing that it is about can be promised any more. */
	'keeps_all_back',
	'unused_group',
	/** No site that ships is left for its orders. */
	'excludes_every_site',
	/** No product has a price in this currency. */
	'unknown_currency',
] as const;
export type RuleWarningCode = (typeof ruleWarningCodes)[number];

export interface RuleRemark<Code extends string> {
	readonly code: Code;
	/** A path such as /rules/0/products/skus/2. */
	readonly where: string;
	/** The rule's or group's name. */
	readonly name: string;
	/** The value in question. */
	readonly value?: string;
}
export type RuleFault = RuleRemark<RuleFaultCode>;
export type RuleWarning = RuleRemark<RuleWarningCode>;

/** A part of a rule, where it is, and whose it is. */
export interface RulePart {
	/** A path such as /rules/0. */
	readonly at: string;
	readonly name: string;
}

/** Ids and names that an earlier rule has. */
export function duplicateFaults({ rules }: OrderedRules, index: number): readonly RuleFault[] {
	const rule = rules[index];
	if (rule === undefined) return [];
	const { id, name } = rule;
	const earlier = rules.slice(0, index);
	const at = `/rules/${index}`;
	return [
		...(earlier.some((each) => each.id === id)
			? [{ code: 'duplicate_id', where: `${at}/id`, name, value: id } as const]
			: []),
		...(earlier.some((each) => each.name === name)
			? [{ code: 'duplicate_name', where: `${at}/name`, name, value: name } as const]
			: []),
	];
}

export function productFaults(products: ProductFilter, part: RulePart, known: KnownNames): readonly RuleFault[] {
	const { at, name } = part;
	const { fromMinor, toMinor } = products.price ?? {};
	const isUpsideDown = fromMinor !== undefined && toMinor !== undefined && fromMinor > toMinor;
	return [
		...unknownIn(products.skus, 'unknown_sku', { at: `${at}/skus`, name }, known.isSku),
		...unknownIn(products.departments, 'unknown_department', { at: `${at}/departments`, name }, known.isDepartment),
		...unknownIn(products.brands, 'unknown_brand', { at: `${at}/brands`, name }, known.isBrand),
		...(isUpsideDown
			? [{ code: 'price_from_above_to', where: `${at}/price`, name, value: `${fromMinor}–${toMinor}` } as const]
			: []),
	];
}

/** @param groups names of the groups that the set has */
export function siteFaults(
	sites: SiteFilter,
	part: RulePart,
	known: KnownNames,
	groups: ReadonlySet<string>,
): readonly RuleFault[] {
	const { at, name } = part;
	return [
		...unknownIn(sites.siteIds, 'unknown_site', { at: `${at}/siteIds`, name }, known.isSite),
		...unknownIn(sites.towns, 'unknown_town', { at: `${at}/towns`, name }, known.isTown),
		...unknownIn(sites.groups, 'unknown_group', { at: `${at}/groups`, name }, (group) => groups.has(group)),
	];
}

function unknownIn(
	values: readonly string[] | undefined,
	code: RuleFaultCode,
	{ at, name }: RulePart,
	isKnown: (value: string) => boolean,
): readonly RuleFault[] {
	return (values ?? []).flatMap((value, place) =>
		isKnown(value) ? [] : [{ code, where: `${at}/${place}`, name, value }],
	);
}

export function groupFaults({ groups }: OrderedRules, known: KnownNames): readonly RuleFault[] {
	return groups.flatMap(({ name, siteIds }, index): readonly RuleFault[] => {
		const at = `/groups/${index}`;
		const isDouble = groups.findIndex((group) => group.name === name) < index;
		return [
			...(isDouble ? [{ code: 'duplicate_group', where: `${at}/name`, name, value: name } as const] : []),
			...unknownIn(siteIds, 'unknown_site', { at: `${at}/siteIds`, name }, known.isSite),
		];
	});
}

/** The days on which a rule holds, both included. */
export interface RuleDays {
	readonly effectiveFrom?: string | undefined;
	readonly effectiveTo?: string | undefined;
}

export function dayFaults({ effectiveFrom, effectiveTo }: RuleDays, { at, name }: RulePart): readonly RuleFault[] {
	const ends = { effectiveFrom, effectiveTo };
	const wrong = (Object.keys(ends) as (keyof typeof ends)[]).flatMap((field): RuleFault[] => {
		const value = ends[field];
		return value === undefined || isDay(value) ? [] : [{ code: 'no_such_day', where: `${at}/${field}`, name, value }];
	});
	if (wrong.length > 0 || effectiveFrom === undefined || effectiveTo === undefined) return wrong;
	if (effectiveFrom <= effectiveTo) return [];
	return [{ code: 'from_after_to', where: `${at}/effectiveFrom`, name, value: `${effectiveFrom}–${effectiveTo}` }];
}

/** Whether the calendar has such a day, for instance 2026-11-22. */
export function isDay(text: string): boolean {
	try {
		return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
	} catch {
		return false;
	}
}

/** @param today for instance 2026-11-22 */
export function overWarnings({ effectiveTo }: RuleDays, { at, name }: RulePart, today: string): readonly RuleWarning[] {
	if (effectiveTo === undefined || effectiveTo >= today) return [];
	return [{ code: 'over', where: `${at}/effectiveTo`, name, value: effectiveTo }];
}

export function channelWarnings(
	channels: readonly string[] | undefined,
	{ at, name }: RulePart,
	known: Pick<KnownNames, 'isChannel'>,
): readonly RuleWarning[] {
	return (channels ?? []).flatMap((value, place): readonly RuleWarning[] =>
		known.isChannel(value) ? [] : [{ code: 'unknown_channel', where: `${at}/${place}`, name, value }],
	);
}

/** @param used names of the groups that some rule speaks of */
export function groupWarnings({ groups }: OrderedRules, used: ReadonlySet<string>): readonly RuleWarning[] {
	return groups.flatMap(({ name }, index): readonly RuleWarning[] =>
		used.has(name) ? [] : [{ code: 'unused_group', where: `/groups/${index}`, name }],
	);
}
