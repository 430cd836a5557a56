import type { PromisingRule, RuleSet } from '../schema/promising-rules.ts';
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
	type RuleWarning,
	siteFaults,
} from './check-rule-parts.ts';
import { coversDays, coversList, coversProducts } from './rule-cover.ts';

/** What is wrong with a rule set that fits its schema, in the order of its rules. */
export function ruleFaults(ruleSet: RuleSet, known: KnownNames): readonly RuleFault[] {
	const groups = new Set(ruleSet.groups.map(({ name }) => name));
	return [
		...ruleSet.rules.flatMap((rule, index): readonly RuleFault[] => {
			const { name, products, siteGroup } = rule;
			const at = `/rules/${index}`;
			return [
				...duplicateFaults(ruleSet, index),
				...productFaults(products, { at: `${at}/products`, name }, known),
				...siteFaults(siteGroup, { at: `${at}/siteGroup`, name }, known, groups),
				...dayFaults(rule, { at, name }),
			];
		}),
		...groupFaults(ruleSet, known),
	];
}

/** @param today for instance 2026-11-22 */
export function ruleWarnings(ruleSet: RuleSet, known: KnownNames, today: string): readonly RuleWarning[] {
	const used = new Set(ruleSet.rules.flatMap(({ siteGroup }) => siteGroup.groups ?? []));
	return [
		...ruleSet.rules.flatMap((rule, index) => {
			const { name, effect, channels } = rule;
			const at = `/rules/${index}`;
			const warnings: RuleWarning[] = [...overWarnings(rule, { at, name }, today)];
			if (isEmpty(rule.products) && isEmpty(rule.siteGroup) && channels === undefined) {
				warnings.push({ code: 'everything', where: at, name });
			}
			const earlier = ruleSet.rules.slice(0, index).find((other) => decidesAll(other, rule, ruleSet));
			if (earlier !== undefined) warnings.push({ code: 'never_heard', where: at, name, value: earlier.name });
			if (effect.safetyStock?.percent === 100) {
				warnings.push({ code: 'keeps_all_back', where: `${at}/effect/safetyStock/percent`, name });
			}
			warnings.push(...channelWarnings(channels, { at: `${at}/channels`, name }, known));
			return warnings;
		}),
		...groupWarnings(ruleSet, used),
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
	return (
		coversProducts(first.products, second.products) &&
		coversList(named(first), named(second)) &&
		coversList(first.siteGroup.kinds, second.siteGroup.kinds) &&
		coversList(first.siteGroup.towns, second.siteGroup.towns) &&
		coversList(first.channels, second.channels) &&
		(first.siteGroup.capabilities ?? []).every((each) => second.siteGroup.capabilities?.includes(each)) &&
		coversDays(first, second) &&
		(Object.keys(second.effect) as (keyof typeof second.effect)[]).every((key) => first.effect[key] !== undefined)
	);
}
