import type { PromisingRule } from '../../../../shared/schema/promising-rules.ts';
import { type FormProblems, fieldReader, given, list, wholeText } from './field-reader.ts';
import {
	type ProductForm,
	productForm,
	readProductForm,
	readSiteForm,
	type SiteForm,
	siteForm,
} from './filter-form.ts';

/** A rule as it is typed. Blank fields say nothing. */
export interface RuleForm extends ProductForm, SiteForm {
	readonly name: string;
	/** Its place in the list, from 1. */
	readonly place: string;
	readonly channels: readonly string[];
	readonly effectiveFrom: string;
	readonly effectiveTo: string;
	readonly units: string;
	readonly percent: string;
	readonly threshold: string;
	readonly pickup: string;
	readonly ship: string;
}

export type ReadRule =
	| { readonly ok: true; readonly rule: PromisingRule; readonly place: number }
	| { readonly ok: false; readonly problems: FormProblems };

const nothing: Pick<PromisingRule, 'products' | 'siteGroup' | 'effect'> = { products: {}, siteGroup: {}, effect: {} };

/** The form of a rule, or an empty one. @param place from 1 */
export function formOf(rule: PromisingRule | null, place: number, currency: string): RuleForm {
	const { products, siteGroup, effect } = rule ?? nothing;
	return {
		name: rule?.name ?? '',
		place: String(place),
		...productForm(products, currency),
		...siteForm(siteGroup),
		channels: rule?.channels ?? [],
		effectiveFrom: rule?.effectiveFrom ?? '',
		effectiveTo: rule?.effectiveTo ?? '',
		units: wholeText(effect.safetyStock?.units),
		percent: wholeText(effect.safetyStock?.percent),
		threshold: wholeText(effect.threshold),
		pickup: effect.pickup ?? '',
		ship: effect.ship ?? '',
	};
}

const mostUnits = 10_000;

/** Reads the form: the rule, or what is wrong field by field. Nothing is guessed. @param places how many places the list then has */
export function readRuleForm(form: RuleForm, id: string, places: number): ReadRule {
	const reader = fieldReader();
	if (form.name.trim() === '') reader.say('name', 'missing');
	const place = reader.whole('place', form.place, places) ?? places;
	const units = reader.whole('units', form.units, mostUnits);
	const percent = reader.whole('percent', form.percent, 100);
	const threshold = reader.whole('threshold', form.threshold, mostUnits);
	const products = readProductForm(form, reader);
	const effectiveFrom = reader.day('effectiveFrom', form.effectiveFrom);
	const effectiveTo = reader.day('effectiveTo', form.effectiveTo);
	reader.inOrder('effectiveTo', effectiveFrom, effectiveTo);
	const saysNothing = [form.units, form.percent, form.threshold, form.pickup, form.ship].every(
		(each) => each.trim() === '',
	);
	if (saysNothing) reader.say('units', 'no_effect');
	if (Object.keys(reader.problems).length > 0) return { ok: false, problems: reader.problems };
	const hasSafety = units !== undefined || percent !== undefined;
	return {
		ok: true,
		place: Math.max(1, place),
		rule: {
			id,
			name: form.name.trim(),
			products,
			siteGroup: readSiteForm(form),
			...list('channels', form.channels),
			...given({ effectiveFrom, effectiveTo }),
			effect: {
				...(hasSafety ? { safetyStock: given({ units, percent }) } : {}),
				...given({ threshold }),
				...eligibility('pickup', form.pickup),
				...eligibility('ship', form.ship),
			},
		},
	};
}

interface RuleList<Rule> {
	readonly rules: readonly Rule[];
}

/** The rules with one at a place; one with the same id is replaced. Whatever else there is stays. */
export function withRule<Rule extends { readonly id: string }, Body extends RuleList<Rule>>(
	body: Body,
	rule: Rule,
	place: number,
): Body {
	return { ...body, rules: body.rules.filter(({ id }) => id !== rule.id).toSpliced(place - 1, 0, rule) };
}

export function withoutRule<Body extends RuleList<{ readonly id: string }>>(body: Body, ruleId: string): Body {
	return { ...body, rules: body.rules.filter(({ id }) => id !== ruleId) };
}

function eligibility<Name extends 'pickup' | 'ship'>(name: Name, value: string) {
	return (value === 'eligible' || value === 'not_eligible' ? { [name]: value } : {}) as {
		readonly [name in Name]?: 'eligible' | 'not_eligible';
	};
}
