import { groupsOfRoutingRule } from '../../../../shared/domain/check-routing.ts';
import type { PromisingRule } from '../../../../shared/schema/promising-rules.ts';
import type { RoutingRule } from '../../../../shared/schema/routing-rules.ts';

/** Where rules of one kind speak of groups of sites. */
export interface GroupUse<Rule> {
	readonly groupsOf: (rule: Rule) => readonly string[];
	readonly renamed: (rule: Rule, nameOf: (group: string) => string) => Rule;
}

const renamedIn = <Sites extends { groups?: string[] | undefined }>(
	sites: Sites,
	nameOf: (group: string) => string,
): Sites => (sites.groups === undefined ? sites : { ...sites, groups: sites.groups.map(nameOf) });

export const promisingGroups: GroupUse<PromisingRule> = {
	groupsOf: ({ siteGroup }) => siteGroup.groups ?? [],
	renamed: (rule, nameOf) => ({ ...rule, siteGroup: renamedIn(rule.siteGroup, nameOf) }),
};
export const routingGroups: GroupUse<RoutingRule> = {
	groupsOf: groupsOfRoutingRule,
	renamed: (rule, nameOf) => {
		const { prefer, exclude, fallbacks, ...rest } = rule.effect;
		const effect = {
			...(prefer === undefined ? {} : { prefer: { ...prefer, sites: renamedIn(prefer.sites, nameOf) } }),
			...(exclude === undefined ? {} : { exclude: renamedIn(exclude, nameOf) }),
			...(fallbacks === undefined ? {} : { fallbacks: fallbacks.map((sites) => renamedIn(sites, nameOf)) }),
			...rest,
		};
		return { ...rule, effect };
	},
};

interface RulesWithGroups<Rule> {
	readonly rules: readonly Rule[];
	readonly groups: readonly { readonly name: string; readonly siteIds: string[] }[];
}

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

export type ReadGroups<Body> =
	| { readonly ok: true; readonly body: Body }
	| { readonly ok: false; readonly problems: ReadonlyMap<string, GroupProblem> };

export const groupForms = ({ groups }: Pick<RulesWithGroups<unknown>, 'groups'>): readonly GroupForm[] =>
	groups.map(({ name, siteIds }) => ({ key: name, before: name, name, siteIds }));

export const newGroup = (key: string): GroupForm => ({ key, before: null, name: '', siteIds: [] });

/** The names of the rules that speak of a group. */
export function rulesOfGroup<Rule extends { readonly name: string }>(
	{ groupsOf }: GroupUse<Rule>,
	{ rules }: Pick<RulesWithGroups<Rule>, 'rules'>,
	group: string,
): readonly string[] {
	return rules.filter((rule) => groupsOf(rule).includes(group)).map(({ name }) => name);
}

/**
 * Reads the forms: the rules with these groups, or what is wrong, by the keys of the forms. Rules follow a group that is given another name; a group
 * that rules speak of must be among the forms.
 */
export function readGroupForms<Rule, Body extends RulesWithGroups<Rule>>(
	{ renamed }: GroupUse<Rule>,
	body: Body,
	forms: readonly GroupForm[],
): ReadGroups<Body> {
	const problems = new Map<string, GroupProblem>();
	const names = new Map<string, string>();
	const groups = forms.map(({ key, before, name, siteIds }, index) => {
		const trimmed = name.trim();
		if (trimmed === '') problems.set(key, 'missing');
		else if (forms.some((other, place) => place < index && other.name.trim() === trimmed))
			problems.set(key, 'same_name');
		else if (siteIds.length === 0) problems.set(key, 'no_sites');
		if (before !== null) names.set(before, trimmed);
		return { name: trimmed, siteIds: [...siteIds] };
	});
	if (problems.size > 0) return { ok: false, problems };
	const rules = body.rules.map((rule) => renamed(rule, (name) => names.get(name) ?? name));
	return { ok: true, body: { ...body, rules, groups } };
}
