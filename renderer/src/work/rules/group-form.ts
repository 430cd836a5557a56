import type { RuleSet } from '../../../../shared/schema/promising-rules.ts';

type Group = RuleSet['groups'][number];

/** A group of sites as it is typed. */
export interface GroupForm {
	/** Of this form alone, for as long as it is open. */
	readonly key: string;
	/** Its name before; null for a new one. */
	readonly before: string | null;
	readonly name: string;
	readonly siteIds: readonly string[];
}

export type GroupProblem = 'missing' | 'same_name' | 'no_sites';

export type ReadGroups =
	| { readonly ok: true; readonly ruleSet: RuleSet }
	| { readonly ok: false; readonly problems: ReadonlyMap<string, GroupProblem> };

export const groupForms = ({ groups }: RuleSet): readonly GroupForm[] =>
	groups.map(({ name, siteIds }) => ({ key: name, before: name, name, siteIds }));

export const newGroup = (key: string): GroupForm => ({ key, before: null, name: '', siteIds: [] });

/** The names of the rules that speak of a group. */
export function rulesOfGroup({ rules }: RuleSet, name: string): readonly string[] {
	return rules.filter(({ siteGroup }) => siteGroup.groups?.includes(name)).map((rule) => rule.name);
}

/**
 * Reads the forms: the rule set with these groups, or what is wrong, by the keys of the forms. Rules follow a group that is given another name; a group
 * that rules speak of must be among the forms.
 */
export function readGroupForms(ruleSet: RuleSet, forms: readonly GroupForm[]): ReadGroups {
	const problems = new Map<string, GroupProblem>();
	const names = new Map<string, string>();
	const groups = forms.map(({ key, before, name, siteIds }, index): Group => {
		const trimmed = name.trim();
		if (trimmed === '') problems.set(key, 'missing');
		else if (forms.some((other, place) => place < index && other.name.trim() === trimmed))
			problems.set(key, 'same_name');
		else if (siteIds.length === 0) problems.set(key, 'no_sites');
		if (before !== null) names.set(before, trimmed);
		return { name: trimmed, siteIds: [...siteIds] };
	});
	if (problems.size > 0) return { ok: false, problems };
	const rules = ruleSet.rules.map((rule) => {
		const { groups: own } = rule.siteGroup;
		if (own === undefined) return rule;
		return { ...rule, siteGroup: { ...rule.siteGroup, groups: own.map((name) => names.get(name) ?? name) } };
	});
	return { ok: true, ruleSet: { rules, groups } };
}
