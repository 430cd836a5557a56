import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromisingRule, RuleSet } from '../schema/promising-rules.ts';
import { ruleChanges } from './rule-changes.ts';

const rule = (id: string, changes: Partial<PromisingRule> = {}): PromisingRule => {
	return { id, name: `Rule ${id}`, products: {}, siteGroup: {}, effect: { threshold: 1 }, ...changes };
};
const setOf = (...rules: readonly PromisingRule[]): RuleSet => ({ rules: [...rules], groups: [] });

describe('the history of a rule set tells', () => {
	it('which rules came, which went, and where they stood', () => {
		expect(ruleChanges(setOf(rule('1'), rule('2')), setOf(rule('2'), rule('3')))).toEqual([
			{ change: 'removed', ruleId: '1', name: 'Rule 1', place: 1 },
			{ change: 'added', ruleId: '3', name: 'Rule 3', place: 2 },
		]);
	});

	it('each field that changed, before and after', () => {
		const before = rule('1', { products: { skus: ['A', 'B'] }, effect: { safetyStock: { units: 1 } } });
		const after = rule('1', {
			products: { skus: ['B', 'A'], brands: ['X'] },
			effect: { safetyStock: { units: 2 }, ship: 'not_eligible' },
			effectiveTo: '2026-12-24',
		});
		expect(ruleChanges(setOf(before), setOf(after))).toEqual([
			{
				change: 'changed',
				ruleId: '1',
				name: 'Rule 1',
				fields: [
					{ field: 'products.brands', after: ['X'] },
					{ field: 'effectiveTo', after: '2026-12-24' },
					{ field: 'effect.safetyStock', before: { units: 1 }, after: { units: 2 } },
					{ field: 'effect.ship', after: 'not_eligible' },
				],
			},
		]);
	});

	it('the one rule that was moved, not those that it has passed', () => {
		const all = ['1', '2', '3', '4'].map((id) => rule(id));
		const moved = ['4', '1', '2', '3'].map((id) => rule(id));
		expect(ruleChanges(setOf(...all), setOf(...moved))).toEqual([
			{ change: 'moved', ruleId: '4', name: 'Rule 4', from: 4, place: 1 },
		]);
	});

	it('which groups of sites changed', () => {
		const groups = (...list: RuleSet['groups']): RuleSet => ({ rules: [], groups: list });
		expect(
			ruleChanges(
				groups({ name: 'a', siteIds: ['1'] }, { name: 'b', siteIds: ['1', '2'] }, { name: 'c', siteIds: ['1'] }),
				groups({ name: 'b', siteIds: ['2', '1'] }, { name: 'c', siteIds: ['2'] }, { name: 'd', siteIds: ['3'] }),
			),
		).toEqual([
			{ change: 'group_removed', name: 'a', siteIds: ['1'] },
			{ change: 'group_changed', name: 'c', siteIds: ['2'] },
			{ change: 'group_added', name: 'd', siteIds: ['3'] },
		]);
	});

	it('nothing of a rule set that stayed the same, and something of any other', () => {
		const orders = fc.shuffledSubarray(['1', '2', '3', '4', '5']);
		fc.assert(
			fc.property(orders, orders, (a, b) => {
				const [before, after] = [setOf(...a.map((id) => rule(id))), setOf(...b.map((id) => rule(id)))];
				expect(ruleChanges(before, before)).toEqual([]);
				expect(ruleChanges(before, after).length === 0).toBe(a.join() === b.join());
			}),
		);
	});
});
