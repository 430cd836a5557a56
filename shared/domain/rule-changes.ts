import type { PromisingRule, RuleSet } from '../schema/promising-rules.ts';

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
export type RuleField = (typeof ruleFields)[number];

/** A field before and after; absent where nothing was or is said. */
export interface FieldChange {
	readonly field: RuleField;
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
	  };

/** What makes the second rule set of the first: places count from 1. Empty when both say the same in the same order. */
export function ruleChanges(before: RuleSet, after: RuleSet): readonly RuleChange[] {
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
			const fields = fieldChanges(was.rule, rule);
			return [
				...(fields.length === 0 ? [] : [{ change: 'changed', ruleId, name, fields } as const]),
				...(inOrder.has(was.place) ? [] : [{ change: 'moved', ruleId, name, from: was.place, place } as const]),
			];
		}),
		...groupChanges(before, after),
	];
}

function fieldChanges(before: PromisingRule, after: PromisingRule): readonly FieldChange[] {
	return ruleFields.flatMap((field): FieldChange[] => {
		const [a, b] = [fieldOf(before, field), fieldOf(after, field)];
		if (textOf(a) === textOf(b)) return [];
		return [{ field, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) }];
	});
}

function fieldOf(rule: PromisingRule, field: RuleField): unknown {
	let value: unknown = rule;
	for (const name of field.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
	return value;
}

/** Lists are sets, and objects have no order. */
function textOf(value: unknown): string {
	if (Array.isArray(value)) return JSON.stringify([...value].sort());
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
	return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function groupChanges(before: RuleSet, after: RuleSet): readonly RuleChange[] {
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
