import { describe, expect, it } from 'vitest';
import type { PromisingRule, RuleSet, RuleStatement } from '../schema/promising-rules.ts';
import type { KnownNames } from './check-rule-parts.ts';
import { ruleFaults, ruleWarnings } from './check-rules.ts';

const known: KnownNames = {
	isSku: (sku) => ['MUG', 'PAN'].includes(sku),
	isDepartment: (name) => name === 'Kitchen',
	isBrand: (name) => name === 'Emaille',
	isSite: (siteId) => ['leeds', 'london'].includes(siteId),
	isTown: (name) => name === 'Leeds',
	isChannel: (name) => name === 'web-shop',
};
const rule = (changes: Partial<PromisingRule> = {}, effect: RuleStatement = { threshold: 2 }): PromisingRule => {
	return { id: '1', name: 'One', products: { skus: ['MUG'] }, siteGroup: {}, effect, ...changes };
};
const two = (changes: Partial<PromisingRule> = {}, effect?: RuleStatement) =>
	rule({ id: '2', name: 'Two', ...changes }, effect);
const setOf = (rules: readonly PromisingRule[], groups: RuleSet['groups'] = []): RuleSet => ({
	rules: [...rules],
	groups,
});

describe('a rule set can not be kept', () => {
	it.each<[string, RuleSet, string, string]>([
		['with an id twice', setOf([rule(), rule({ name: 'Two' })]), 'duplicate_id', '/rules/1/id'],
		['with a name twice', setOf([rule(), two({ name: 'One' })]), 'duplicate_name', '/rules/1/name'],
		[
			'with an unknown SKU',
			setOf([rule({ products: { skus: ['MUG', 'PUG'] } })]),
			'unknown_sku',
			'/rules/0/products/skus/1',
		],
		[
			'with an unknown department',
			setOf([rule({ products: { departments: ['Toys'] } })]),
			'unknown_department',
			'/rules/0/products/departments/0',
		],
		[
			'with an unknown brand',
			setOf([rule({ products: { brands: ['X'] } })]),
			'unknown_brand',
			'/rules/0/products/brands/0',
		],
		[
			'with an unknown site',
			setOf([rule({ siteGroup: { siteIds: ['paris'] } })]),
			'unknown_site',
			'/rules/0/siteGroup/siteIds/0',
		],
		[
			'with an unknown town',
			setOf([rule({ siteGroup: { towns: ['Paris'] } })]),
			'unknown_town',
			'/rules/0/siteGroup/towns/0',
		],
		[
			'with a group that is not there',
			setOf([rule({ siteGroup: { groups: ['north'] } })]),
			'unknown_group',
			'/rules/0/siteGroup/groups/0',
		],
		[
			'with an unknown site in a group',
			setOf([], [{ name: 'north', siteIds: ['leeds', 'paris'] }]),
			'unknown_site',
			'/groups/0/siteIds/1',
		],
		[
			'with a group twice',
			setOf(
				[],
				[
					{ name: 'north', siteIds: ['leeds'] },
					{ name: 'north', siteIds: ['london'] },
				],
			),
			'duplicate_group',
			'/groups/1/name',
		],
		[
			'with a day that no calendar has',
			setOf([rule({ effectiveFrom: '2026-02-30' })]),
			'no_such_day',
			'/rules/0/effectiveFrom',
		],
		[
			'that ends before it begins',
			setOf([rule({ effectiveFrom: '2026-11-23', effectiveTo: '2026-11-22' })]),
			'from_after_to',
			'/rules/0/effectiveFrom',
		],
		[
			'with prices from more to less',
			setOf([rule({ products: { price: { currency: 'GBP', fromMinor: 200, toMinor: 100 } } })]),
			'price_from_above_to',
			'/rules/0/products/price',
		],
	])('%s', (_words, ruleSet, code, where) => {
		expect(ruleFaults(ruleSet, known)).toMatchObject([{ code, where }]);
	});

	it('and every fault is named at once', () => {
		const bad = setOf([rule({ products: { skus: ['a', 'b'] } }), rule()]);
		expect(ruleFaults(bad, known).map(({ code }) => code)).toEqual([
			'unknown_sku',
			'unknown_sku',
			'duplicate_id',
			'duplicate_name',
		]);
	});
});

describe('a rule set is kept, with a warning', () => {
	it.each<[string, RuleSet, string, string]>([
		['when a rule is about everything', setOf([rule({ products: {} })]), 'everything', '/rules/0'],
		['when a rule is over', setOf([rule({ effectiveTo: '2026-11-21' })]), 'over', '/rules/0/effectiveTo'],
		['when an earlier rule says it all', setOf([rule(), two()]), 'never_heard', '/rules/1'],
		[
			'when nothing would be left',
			setOf([rule({}, { safetyStock: { percent: 100 } })]),
			'keeps_all_back',
			'/rules/0/effect/safetyStock/percent',
		],
		[
			'when no order ever came over a channel',
			setOf([rule({ channels: ['web-shop', 'wep'] })]),
			'unknown_channel',
			'/rules/0/channels/1',
		],
		['when a group is not used', setOf([], [{ name: 'north', siteIds: ['leeds'] }]), 'unused_group', '/groups/0'],
	])('%s', (_words, ruleSet, code, where) => {
		expect(ruleFaults(ruleSet, known)).toEqual([]);
		expect(ruleWarnings(ruleSet, known, '2026-11-22')).toMatchObject([{ code, where }]);
	});

	it.each<[string, PromisingRule, PromisingRule]>([
		['is about fewer products', rule(), two({ products: { departments: ['Kitchen'] } })],
		['is about one channel only', rule({ channels: ['web-shop'] }), two()],
		['is about a named site only', rule({ siteGroup: { siteIds: ['leeds'] } }), two()],
		['is about capable sites only', rule({ siteGroup: { capabilities: ['pickup'] } }), two()],
		['ends', rule({ effectiveTo: '2026-12-24' }), two()],
		['is silent about one effect', rule(), two({}, { threshold: 3, ship: 'not_eligible' })],
		['is about some prices only', rule({ products: { price: { currency: 'GBP', fromMinor: 1 } } }), two()],
	])('but not when the earlier rule %s', (_words, first, second) => {
		const codes = ruleWarnings(setOf([first, second]), known, '2026-11-22').map(({ code }) => code);
		expect(codes).not.toContain('never_heard');
	});
});
