import { describe, expect, it } from 'vitest';
import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';
import { formOf, type RuleForm, readRuleForm, withoutRule, withRule } from './rule-form.ts';

const rule: PromisingRule = {
	id: '1',
	name: 'One',
	products: {
		skus: ['A', 'B'],
		departments: ['Kitchen'],
		price: { currency: 'GBP', fromMinor: 1250, toMinor: 9900 },
	},
	siteGroup: { kinds: ['store'], siteIds: ['leeds'], groups: ['north'] },
	channels: ['web-shop'],
	effectiveFrom: '2026-12-01',
	effectiveTo: '2026-12-24',
	effect: { safetyStock: { units: 2, percent: 10 }, threshold: 3, pickup: 'not_eligible' },
};
const typed = (changes: Partial<RuleForm>) => ({ ...formOf(null, 1, 'GBP'), name: 'One', units: '1', ...changes });
const problemsOf = (changes: Partial<RuleForm>) => {
	const read = readRuleForm(typed(changes), '1', 3);
	return read.ok ? null : read.problems;
};

describe('the form of a rule', () => {
	it('gives back the rule that it was made of', () => {
		expect(readRuleForm(formOf(rule, 2, 'GBP'), '1', 3)).toEqual({ ok: true, rule, place: 2 });
	});

	it('says nothing of what was left blank', () => {
		expect(readRuleForm(typed({}), '1', 3)).toEqual({
			ok: true,
			place: 1,
			rule: { id: '1', name: 'One', products: {}, siteGroup: {}, effect: { safetyStock: { units: 1 } } },
		});
	});

	it('takes SKUs as they were pasted, each once, and amounts with a comma', () => {
		const read = readRuleForm(typed({ skus: ' A, B;A\nC ', priceFrom: '12,5' }), '1', 3);
		expect(read).toMatchObject({
			rule: { products: { skus: ['A', 'B', 'C'], price: { currency: 'GBP', fromMinor: 1250 } } },
		});
	});

	it.each<[Partial<RuleForm>, object]>([
		[{ name: ' ' }, { name: 'missing' }],
		[{ units: '-1' }, { units: 'not_whole' }],
		[{ units: '1.5' }, { units: 'not_whole' }],
		[{ units: '99999' }, { units: 'too_big' }],
		[{ percent: '101' }, { percent: 'too_big' }],
		[{ threshold: 'two' }, { threshold: 'not_whole' }],
		[{ place: '9' }, { place: 'too_big' }],
		[{ priceTo: '1e3' }, { priceTo: 'not_a_price' }],
		[{ priceFrom: '2', priceTo: '1' }, { priceTo: 'ends_before' }],
		[{ effectiveFrom: '2026-02-30' }, { effectiveFrom: 'no_such_day' }],
		[{ effectiveFrom: '2026-12-02', effectiveTo: '2026-12-01' }, { effectiveTo: 'ends_before' }],
		[{ units: '' }, { units: 'no_effect' }],
	])('of %o says what is wrong', (changes, problems) => {
		expect(problemsOf(changes)).toEqual(problems);
	});
});

describe('the list', () => {
	const ruleSet: RuleSet = { rules: ['1', '2', '3'].map((id) => ({ ...rule, id })), groups: [] };
	const order = ({ rules }: RuleSet) => rules.map(({ id }) => id).join('');

	it.each([
		[1, '312'],
		[2, '132'],
		[3, '123'],
	])('has a rule at place %i where it was put', (place, expected) => {
		expect(order(withRule(ruleSet, { ...rule, id: '3' }, place))).toBe(expected);
	});

	it('takes a new rule in, and lets one go', () => {
		expect(order(withRule(ruleSet, { ...rule, id: '4' }, 4))).toBe('1234');
		expect(order(withoutRule(ruleSet, '2'))).toBe('13');
	});
});
