import type { RuleSet } from '../schema/promising-rules.ts';

/** The parts of a rule that are told apart in its history. */
export const ruleFields = [
	'name',
	'products.skus',
	'products.departments',
	'products.brands',
	'products.tracking',
	'products.price',
	'siteGroup.siteIds',
	'siteGroup.groups',
	'siteGroup.kinds',
	'siteGroup.towns',
	'siteGroup.capabilities',
	'channels',
	'effectiveFrom',
	'effectiveTo',
	'effect.safetyStock',
	'effect.threshold',
	'effect.pickup',
	'effect.ship',
] as const;

/** A field before and after; absent where nothing was or is said. */
export interface FieldChange {
	readonly field: string;
	readonly before?: unknown;
	readonly after?: unknown;
}

export type RuleChange =
	| { readonly change: 'added' | 'removed'; readonly ruleId: string; readonly name: string; readonly place: number }
	| {
			readonly change: 'changed';
			readonly ruleId: string;
			readonly name: string;
			readonly fields: readonly FieldChange[];
	  }
	/** Its place among those that were there before and still are: a rule that others overtake did not move. */
	| {
			readonly change: 'moved';
			readonly ruleId: string;
			readonly name: string;
			readonly from: number;
			readonly place: number;
	  }
	| {
			readonly change: 'group_added' | 'group_removed' | 'group_changed';
			readonly name: string;
			readonly siteIds: readonly string[];
	  }
	/** What the routing of orders weighs. */
	| { readonly change: 'weights_changed'; readonly name: string; readonly fields: readonly FieldChange[] };

interface NamedRule {
	readonly id: string;
	readonly name: string;
}

/** Rules in their order, with the groups of sites that they name. */
export interface OrderedRules<Rule extends NamedRule = NamedRule> {
	readonly rules: readonly Rule[];
	readonly groups: readonly { readonly name: string; readonly siteIds: readonly string[] }[];
}

/** What makes the second rule set of the first: places count from 1. Empty when both say the same in the same order. */
export function ruleChanges(before: RuleSet, after: RuleSet): readonly RuleChange[] {
	return changesInOrder(ruleFields, before, after);
}

/** The same for rules of any kind. @param fields paths of the fields that are told apart, such as products.skus */
export function changesInOrder(
	fields: readonly string[],
	before: OrderedRules,
	after: OrderedRules,
): readonly RuleChange[] {
	const old = new Map(before.rules.map((rule, index) => [rule.id, { rule, place: index + 1 }]));
	const next = new Map(after.rules.map((rule, index) => [rule.id, { rule, place: index + 1 }]));
	const stayed = after.rules.filter(({ id }) => old.has(id)).map(({ id }) => old.get(id)?.place ?? 0);
	const inOrder = longestRising(stayed);
	return [
		...before.rules.flatMap(({ id, name }, index): RuleChange[] =>
			next.has(id) ? [] : [{ change: 'removed', ruleId: id, name, place: index + 1 }],
		),
		...after.rules.flatMap((rule, index): RuleChange[] => {
			const { id: ruleId, name } = rule;
			const was = old.get(ruleId);
			const place = index + 1;
			if (was === undefined) return [{ change: 'added', ruleId, name, place }];
			const changed = fieldChanges(fields, was.rule, rule);
			return [
				...(changed.length === 0 ? [] : [{ change: 'changed', ruleId, name, fields: changed } as const]),
				...(inOrder.has(was.place) ? [] : [{ change: 'moved', ruleId, name, from: was.place, place } as const]),
			];
		}),
		...groupChanges(before, after),
	];
}

/** Fields of two objects that differ, in the order of `fields`. */
export function fieldChanges(fields: readonly string[], before: object, after: object): readonly FieldChange[] {
	return fields.flatMap((field): FieldChange[] => {
		const [a, b] = [fieldOf(before, field), fieldOf(after, field)];
		if (textOf(a) === textOf(b)) return [];
		return [{ field, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) }];
	});
}

function fieldOf(whole: object, field: string): unknown {
	let value: unknown = whole;
	for (const name of field.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
	return value;
}

/** Lists of names are sets, and objects have no order; lists of objects have one. */
function textOf(value: unknown): string {
	return (
		JSON.stringify(value, (_name, each: unknown) => {
			if (typeof each !== 'object' || each === null) return each;
			if (!Array.isArray(each)) return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
			return each.some((item) => typeof item === 'object') ? each : [...each].sort();
		}) ?? ''
	);
}

function groupChanges(before: OrderedRules, after: OrderedRules): readonly RuleChange[] {
	const old = new Map(before.groups.map(({ name, siteIds }) => [name, siteIds]));
	const kept = new Set(after.groups.map(({ name }) => name));
	return [
		...before.groups.flatMap(({ name, siteIds }): RuleChange[] =>
			kept.has(name) ? [] : [{ change: 'group_removed', name, siteIds }],
		),
		...after.groups.flatMap(({ name, siteIds }): RuleChange[] => {
			const was = old.get(name);
			if (was === undefined) return [{ change: 'group_added', name, siteIds }];
			return textOf(was) === textOf(siteIds) ? [] : [{ change: 'group_changed', name, siteIds }];
		}),
	];
}

/** The members of a longest rising subsequence: those that can stay where they are while the others move around them. */
function longestRising(places: readonly number[]): ReadonlySet<number> {
	let longest: readonly number[] = [];
	const best: (readonly number[])[] = [];
	for (const place of places) {
		const before = best.filter((run) => (run.at(-1) ?? 0) < place);
		const run = [...before.reduce<readonly number[]>((a, b) => (b.length > a.length ? b : a), []), place];
		best.push(run);
		if (run.length > longest.length) longest = run;
	}
	return new Set(longest);
}
