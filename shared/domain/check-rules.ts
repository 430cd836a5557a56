import type { PromisingRule, RuleSet } from '../schema/promising-rules.ts';

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

/** Why a rule set can't be kept. */
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

/** What is wrong with a rule set that fits its schema, in the order of its rules. */
export function ruleFaults(ruleSet: RuleSet, known: KnownNames): readonly RuleFault[] {
	const groupNames = new Set(ruleSet.groups.map(({ name }) => name));
	const ids = new Set<string>();
	const names = new Set<string>();
	return [
		...ruleSet.rules.flatMap((rule, index) => {
			const at = `/rules/${index}`;
			const faults: RuleFault[] = [];
			const say = (code: RuleFaultCode, where: string, value: string) =>
				faults.push({ code, where: `${at}${where}`, name: rule.name, value });
			if (ids.has(rule.id)) say('duplicate_id', '/id', rule.id);
			if (names.has(rule.name)) say('duplicate_name', '/name', rule.name);
			ids.add(rule.id);
			names.add(rule.name);
			const all = (
				code: RuleFaultCode,
				where: string,
				values: readonly string[] | undefined,
				isKnown: (v: string) => boolean,
			) => {
				for (const [place, value] of (values ?? []).entries())
					if (!isKnown(value)) say(code, `${where}/${place}`, value);
			};
			const { products, siteGroup } = rule;
			all('unknown_sku', '/products/skus', products.skus, known.isSku);
			all('unknown_department', '/products/departments', products.departments, known.isDepartment);
			all('unknown_brand', '/products/brands', products.brands, known.isBrand);
			all('unknown_site', '/siteGroup/siteIds', siteGroup.siteIds, known.isSite);
			all('unknown_town', '/siteGroup/towns', siteGroup.towns, known.isTown);
			all('unknown_group', '/siteGroup/groups', siteGroup.groups, (name) => groupNames.has(name));
			const { fromMinor, toMinor } = products.price ?? {};
			if (fromMinor !== undefined && toMinor !== undefined && fromMinor > toMinor) {
				say('price_from_above_to', '/products/price', `${fromMinor}–${toMinor}`);
			}
			faults.push(...dayFaults(rule, at));
			return faults;
		}),
		...ruleSet.groups.flatMap(({ name, siteIds }, index) => {
			const at = `/groups/${index}`;
			const isDouble = ruleSet.groups.findIndex((group) => group.name === name) < index;
			return [
				...(isDouble ? [{ code: 'duplicate_group', where: `${at}/name`, name, value: name } as const] : []),
				...siteIds.flatMap((siteId, place): RuleFault[] =>
					known.isSite(siteId) ? [] : [{ code: 'unknown_site', where: `${at}/siteIds/${place}`, name, value: siteId }],
				),
			];
		}),
	];
}

function dayFaults(rule: PromisingRule, at: string): readonly RuleFault[] {
	const { name, effectiveFrom, effectiveTo } = rule;
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
export function ruleWarnings(ruleSet: RuleSet, known: KnownNames, today: string): readonly RuleWarning[] {
	const used = new Set(ruleSet.rules.flatMap(({ siteGroup }) => siteGroup.groups ?? []));
	return [
		...ruleSet.rules.flatMap((rule, index) => {
			const { name, effect, channels } = rule;
			const at = `/rules/${index}`;
			const warnings: RuleWarning[] = [];
			const isOver = rule.effectiveTo !== undefined && rule.effectiveTo < today;
			if (isOver) warnings.push({ code: 'over', where: `${at}/effectiveTo`, name, value: rule.effectiveTo ?? '' });
			if (isEmpty(rule.products) && isEmpty(rule.siteGroup) && channels === undefined) {
				warnings.push({ code: 'everything', where: at, name });
			}
			const earlier = ruleSet.rules.slice(0, index).find((other) => decidesAll(other, rule, ruleSet));
			if (earlier !== undefined) warnings.push({ code: 'never_heard', where: at, name, value: earlier.name });
			if (effect.safetyStock?.percent === 100) {
				warnings.push({ code: 'keeps_all_back', where: `${at}/effect/safetyStock/percent`, name });
			}
			for (const [place, channel] of (channels ?? []).entries()) {
				if (known.isChannel(channel)) continue;
				warnings.push({ code: 'unknown_channel', where: `${at}/channels/${place}`, name, value: channel });
			}
			return warnings;
		}),
		...ruleSet.groups.flatMap(({ name }, index): RuleWarning[] =>
			used.has(name) ? [] : [{ code: 'unused_group', where: `/groups/${index}`, name }],
		),
	];
}

const isEmpty = (filter: object) => Object.values(filter).every((value) => value === undefined);

/** Whether the first rule fits wherever the second does, and speaks of all that the second speaks of. */
function decidesAll(first: PromisingRule, second: PromisingRule, { groups }: RuleSet): boolean {
	const named = ({ siteGroup }: PromisingRule) =>
		siteGroup.siteIds === undefined && siteGroup.groups === undefined
			? undefined
			: [
					...(siteGroup.siteIds ?? []),
					...groups.filter(({ name }) => siteGroup.groups?.includes(name)).flatMap(({ siteIds }) => siteIds),
				];
	const a = first.products;
	const b = second.products;
	const lists: readonly (readonly [readonly string[] | undefined, readonly string[] | undefined])[] = [
		[a.skus, b.skus],
		[a.departments, b.departments],
		[a.brands, b.brands],
		[a.tracking, b.tracking],
		[named(first), named(second)],
		[first.siteGroup.kinds, second.siteGroup.kinds],
		[first.siteGroup.towns, second.siteGroup.towns],
		[first.channels, second.channels],
	];
	const holds = ([wide, narrow]: (typeof lists)[number]) =>
		wide === undefined || (narrow?.every((value) => wide.includes(value)) ?? false);
	const holdsPrice =
		a.price === undefined ||
		(b.price?.currency === a.price.currency &&
			(a.price.fromMinor ?? 0) <= (b.price.fromMinor ?? 0) &&
			(b.price.toMinor ?? Number.POSITIVE_INFINITY) <= (a.price.toMinor ?? Number.POSITIVE_INFINITY));
	return (
		lists.every(holds) &&
		holdsPrice &&
		(first.siteGroup.capabilities ?? []).every((each) => second.siteGroup.capabilities?.includes(each)) &&
		(first.effectiveFrom === undefined || first.effectiveFrom <= (second.effectiveFrom ?? '')) &&
		(first.effectiveTo === undefined || (second.effectiveTo ?? '9999-99-99') <= first.effectiveTo) &&
		(Object.keys(second.effect) as (keyof typeof second.effect)[]).every((key) => first.effect[key] !== undefined)
	);
}
