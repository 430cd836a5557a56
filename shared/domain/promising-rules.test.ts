import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromisingRule, RuleSet, RuleStatement } from '../schema/promising-rules.ts';
import { noRules } from '../schema/promising-rules.ts';
import {
	compileRules,
	localDays,
	promisableUnits,
	type RuledProduct,
	type RuledSite,
	type RuleQuestion,
	ruleEffect,
	safetyUnits,
} from './promising-rules.ts';

const mug: RuledProduct = {
	id: 'MUG',
	department: 'Kitchen',
	brand: 'Emaille',
	tracking: 'none',
	price: { minor: 1250, currency: 'GBP' },
};
const leeds: RuledSite = { id: 'leeds', kind: 'store', town: 'Leeds', capabilities: ['ship', 'pickup', 'return'] };
const depot: RuledSite = { id: 'depot', kind: 'warehouse', town: 'Daventry', capabilities: ['ship'] };
const question: RuleQuestion = { product: mug, site: leeds, channel: 'web', method: 'ship', on: '2026-11-22' };

const rule = (id: string, effect: RuleStatement, changes: Partial<PromisingRule> = {}): PromisingRule => {
	return { id, name: `Rule ${id}`, products: {}, siteGroup: {}, effect, ...changes };
};
const setOf = (...rules: readonly PromisingRule[]): RuleSet => ({ rules: [...rules], groups: [] });
const keep = (units: number): RuleStatement => ({ safetyStock: { units } });

describe('without a rule that fits', () => {
	it('everything is eligible and nothing is kept back', () => {
		const nothing = { safetyStock: { units: 0, percent: 0 }, threshold: 0, eligible: true, because: [] };
		expect(ruleEffect(noRules, question)).toEqual(nothing);
		expect(ruleEffect(setOf(rule('1', keep(3), { channels: ['marketplace'] })), question)).toEqual(nothing);
	});
});

describe('of each effect the first rule that fits and speaks of it decides', () => {
	it('whatever later rules say of it, and later rules are heard where it is silent', () => {
		const rules = setOf(
			rule('1', keep(1)),
			rule('2', { safetyStock: { units: 5 }, threshold: 2 }),
			rule('3', { threshold: 9, pickup: 'not_eligible' }),
		);
		expect(ruleEffect(rules, question)).toEqual({
			safetyStock: { units: 1, percent: 0 },
			threshold: 2,
			eligible: true,
			because: ['Rule 1', 'Rule 2'],
		});
		expect(ruleEffect(rules, { ...question, method: 'pickup' })).toMatchObject({
			eligible: false,
			because: ['Rule 1', 'Rule 2', 'Rule 3'],
		});
	});

	it('so an exception stands above its rule', () => {
		const rules = setOf(
			rule('1', { ship: 'eligible' }, { products: { skus: ['MUG'] } }),
			rule('2', { ship: 'not_eligible' }, { products: { departments: ['Kitchen'] } }),
		);
		expect(ruleEffect(rules, question).eligible).toBe(true);
		expect(ruleEffect(rules, { ...question, product: { ...mug, id: 'PAN' } }).eligible).toBe(false);
	});
});

describe('a rule is about', () => {
	const isAbout = (
		changes: Partial<PromisingRule>,
		asked: Partial<RuleQuestion> = {},
		groups: RuleSet['groups'] = [],
	) => ruleEffect({ rules: [rule('1', keep(1), changes)], groups }, { ...question, ...asked }).because.length === 1;

	it.each<[string, PromisingRule['products'], boolean]>([
		['its SKUs', { skus: ['PAN', 'MUG'] }, true],
		['no other SKU', { skus: ['PAN'] }, false],
		['its departments', { departments: ['Kitchen'] }, true],
		['its brands', { brands: ['Other'] }, false],
		['products that are tracked so', { tracking: ['serial'] }, false],
		['a price at its lower end', { price: { currency: 'GBP', fromMinor: 1250 } }, true],
		['a price at its upper end', { price: { currency: 'GBP', toMinor: 1250 } }, true],
		['no price above', { price: { currency: 'GBP', toMinor: 1249 } }, false],
		['no price in another currency', { price: { currency: 'EUR', fromMinor: 0 } }, false],
		['products that fulfill every condition only', { skus: ['MUG'], brands: ['Other'] }, false],
	])('%s', (_words, products, expected) => {
		expect(isAbout({ products })).toBe(expected);
	});

	it.each<[string, PromisingRule['siteGroup'], boolean]>([
		['its sites', { siteIds: ['leeds'] }, true],
		['no other site', { siteIds: ['depot'] }, false],
		['sites of its groups', { groups: ['north'] }, true],
		['sites that are named or in a group', { siteIds: ['depot'], groups: ['north'] }, true],
		['no site of an unknown group', { groups: ['south'] }, false],
		['its kinds of site', { kinds: ['warehouse'] }, false],
		['its towns', { towns: ['Leeds', 'York'] }, true],
		['sites that can do all of it', { capabilities: ['pickup', 'return'] }, true],
	])('%s', (_words, siteGroup, expected) => {
		expect(isAbout({ siteGroup }, {}, [{ name: 'north', siteIds: ['leeds', 'york'] }])).toBe(expected);
	});

	it('sites without a capability that it names, not', () => {
		expect(isAbout({ siteGroup: { capabilities: ['ship', 'pickup'] } }, { site: depot })).toBe(false);
	});

	it('the days from its first to its last, both included', () => {
		const season = { effectiveFrom: '2026-11-20', effectiveTo: '2026-11-27' };
		const days = ['2026-11-19', '2026-11-20', '2026-11-27', '2026-11-28'];
		expect(days.map((on) => isAbout(season, { on }))).toEqual([false, true, true, false]);
	});

	it('the day that it is at the site', () => {
		const day = localDays('2026-11-22T23:30:00Z');
		expect([day('Europe/London'), day('Europe/Berlin'), day('America/New_York')]).toEqual([
			'2026-11-22',
			'2026-11-23',
			'2026-11-22',
		]);
	});
});

describe('units that may be promised', () => {
	const effectOf = (effect: RuleStatement) => ruleEffect(setOf(rule('1', effect)), question);

	it.each<[string, RuleStatement, number, number, number]>([
		['are what is on hand without what is kept back', keep(2), 10, 0, 8],
		['are none when all is kept back', keep(20), 10, 0, 0],
		['leave out what is claimed', keep(2), 10, 5, 3],
		['leave a percentage of what is on hand, rounded up', { safetyStock: { percent: 15 } }, 10, 0, 8],
		['leave the larger of units and percentage', { safetyStock: { units: 1, percent: 50 } }, 10, 0, 5],
		['are none below the threshold', { safetyStock: { units: 2 }, threshold: 4 }, 5, 0, 0],
		['are all at the threshold', { safetyStock: { units: 2 }, threshold: 3 }, 5, 0, 3],
		['are none where it is not eligible', { ship: 'not_eligible' }, 5, 0, 0],
		['are none where the ledger is below zero', keep(0), -3, 0, 0],
	])('%s', (_words, effect, onHand, claimed, expected) => {
		expect(promisableUnits(effectOf(effect), onHand, claimed)).toBe(expected);
	});
});

const small = fc.integer({ min: 0, max: 3 });
const words = (values: readonly string[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
const statement: fc.Arbitrary<RuleStatement> = fc
	.record(
		{
			safetyStock: fc.oneof(fc.record({ units: small }), fc.record({ percent: fc.integer({ min: 0, max: 100 }) })),
			threshold: small,
			pickup: fc.constantFrom('eligible' as const, 'not_eligible' as const),
			ship: fc.constantFrom('eligible' as const, 'not_eligible' as const),
		},
		{ requiredKeys: [] },
	)
	.filter((effect) => Object.keys(effect).length > 0);
const anyRule: fc.Arbitrary<PromisingRule> = fc
	.record({
		name: fc.constantFrom('a', 'b', 'c', 'd'),
		skus: words(['MUG', 'PAN']),
		departments: words(['Kitchen', 'Garden']),
		fromMinor: fc.option(fc.integer({ min: 1000, max: 1500 }), { nil: undefined }),
		siteIds: words(['leeds', 'depot']),
		groups: words(['north', 'south']),
		kinds: words(['store', 'warehouse']),
		channels: words(['web', 'desk']),
		effectiveFrom: fc.option(fc.constantFrom(...days), { nil: undefined }),
		effectiveTo: fc.option(fc.constantFrom(...days), { nil: undefined }),
		effect: statement,
	})
	.map(({ name, effect, channels, effectiveFrom, effectiveTo, ...filters }) => {
		const { skus, departments, fromMinor, siteIds, groups, kinds } = filters;
		return {
			id: name,
			name,
			products: {
				...(skus && { skus }),
				...(departments && { departments }),
				...(fromMinor !== undefined && { price: { currency: 'GBP', fromMinor } }),
			},
			siteGroup: {
				...(siteIds && { siteIds }),
				...(groups && { groups }),
				...(kinds && { kinds: kinds as ['store'] }),
			},
			...(channels && { channels }),
			...(effectiveFrom && { effectiveFrom }),
			...(effectiveTo && { effectiveTo }),
			effect,
		};
	});
const anySet: fc.Arbitrary<RuleSet> = fc.record({
	rules: fc.array(anyRule, { maxLength: 6 }),
	groups: fc.constant([{ name: 'north', siteIds: ['leeds'] }]),
});
const anyQuestion: fc.Arbitrary<RuleQuestion> = fc.record({
	product: fc.constantFrom(mug, { ...mug, id: 'PAN', department: 'Garden', price: { minor: 1100, currency: 'GBP' } }),
	site: fc.constantFrom(leeds, depot),
	channel: fc.constantFrom('web', 'desk', 'other'),
	method: fc.constantFrom('ship' as const, 'pickup' as const),
	on: fc.constantFrom(...days),
});

describe('for any rules', () => {
	it('compiled rules answer as the plain ones, however often they are asked', () => {
		fc.assert(
			fc.property(anySet, fc.array(anyQuestion, { minLength: 1, maxLength: 8 }), (ruleSet, questions) => {
				const compiled = compileRules(ruleSet);
				for (const each of questions) expect(compiled.effect(each)).toEqual(ruleEffect(ruleSet, each));
			}),
		);
	});

	it('nothing is promised that the ledger does not have, and one unit more on hand never takes a promise away', () => {
		fc.assert(
			fc.property(
				anySet,
				anyQuestion,
				fc.integer({ min: -5, max: 40 }),
				fc.integer({ min: 0, max: 20 }),
				(ruleSet, each, onHand, claimed) => {
					const effect = ruleEffect(ruleSet, each);
					const units = promisableUnits(effect, onHand, claimed);
					expect(units).toBeGreaterThanOrEqual(0);
					expect(units).toBeLessThanOrEqual(Math.max(0, onHand - claimed));
					if (units > 0) expect(onHand - claimed - units).toBeGreaterThanOrEqual(safetyUnits(effect, onHand));
					expect(promisableUnits(effect, onHand + 1, claimed)).toBeGreaterThanOrEqual(units);
					expect(Number.isInteger(units)).toBe(true);
				},
			),
		);
	});

	it('a rule that is not in effect on a day might as well not be there', () => {
		fc.assert(
			fc.property(anySet, anyQuestion, (ruleSet, each) => {
				const inEffect = ruleSet.rules.filter(
					({ effectiveFrom = '', effectiveTo = '9999' }) => effectiveFrom <= each.on && each.on <= effectiveTo,
				);
				expect(ruleEffect(ruleSet, each)).toEqual(ruleEffect({ ...ruleSet, rules: inEffect }, each));
			}),
		);
	});

	it('rules of which each speaks of another effect may stand in any order', () => {
		const apart = fc
			.record({
				safetyStock: fc.record({ units: small }),
				threshold: small,
				ship: fc.constant('not_eligible' as const),
			})
			.chain((effect) =>
				fc.tuple(
					...Object.entries(effect).map(([key, value]) =>
						anyRule.map((each) => ({ ...each, effect: { [key]: value } })),
					),
				),
			);
		fc.assert(
			fc.property(
				apart.chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length }))),
				anyQuestion,
				([rules, shuffled], each) => {
					const { because: before, ...first } = ruleEffect(setOf(...(rules as PromisingRule[])), each);
					const { because: after, ...second } = ruleEffect(setOf(...(shuffled as PromisingRule[])), each);
					expect(second).toEqual(first);
					expect([...after].sort()).toEqual([...before].sort());
				},
			),
		);
	});

	it('a later rule changes nothing of what an earlier one has decided', () => {
		fc.assert(
			fc.property(anySet, anyRule, anyQuestion, (ruleSet, later, each) => {
				const general = rule('first', {
					safetyStock: { units: 7 },
					threshold: 2,
					ship: 'eligible',
					pickup: 'eligible',
				});
				const first = { ...ruleSet, rules: [general, ...ruleSet.rules] };
				expect(ruleEffect({ ...first, rules: [...first.rules, later] }, each)).toEqual(ruleEffect(first, each));
			}),
		);
	});
});
