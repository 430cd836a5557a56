import { expect, test } from 'vitest';
import type { PromisingRule, RuleSet } from '../schema/promising-rules.ts';
import type { Site } from '../schema/site.ts';
import { leftBelowSafety, safetyStockAt } from './safety-stock.ts';

const site = {
	id: 'S-1',
	kind: 'store',
	town: 'Leeds',
	timeZone: 'Europe/London',
	capabilities: ['ship'],
} as unknown as Site;
const product = {
	id: 'MUG',
	department: 'Home',
	brand: '',
	tracking: 'none' as const,
	price: { minor: 100, currency: 'GBP' as const },
};
const rule = (change: Partial<PromisingRule>): PromisingRule => ({
	id: 'r',
	name: 'R',
	products: {},
	siteGroup: {},
	effect: { safetyStock: { units: 3, percent: 20 } },
	...change,
});
const keeps = (onHand: number, change: Partial<PromisingRule> = {}) => {
	const rules: RuleSet = { rules: [rule(change)], groups: [] };
	return safetyStockAt(rules, product, site, onHand, '2026-11-22T23:30:00Z');
};

test('a site keeps back what its rules say, units or a share of what is on hand', () => {
	expect(keeps(5)).toBe(3);
	expect(keeps(40)).toBe(8);
	expect(keeps(-2)).toBe(3);
});

test('rules of other sites, of the channels of customers, and of other days keep nothing back from a transfer', () => {
	expect(keeps(5, { siteGroup: { siteIds: ['S-2'] } })).toBe(0);
	expect(keeps(5, { channels: ['web'] })).toBe(0);
	expect(keeps(5, { channels: ['S-1'] })).toBe(3);
	expect(keeps(5, { effectiveTo: '2026-11-21' })).toBe(0);
	expect(keeps(5, { effectiveTo: '2026-11-22' })).toBe(3);
});

test('what is taken is told when less than that stays, and never where nothing is kept back', () => {
	expect(leftBelowSafety(5, 3, 2)).toBeNull();
	expect(leftBelowSafety(5, 3, 3)).toBe(2);
	expect(leftBelowSafety(2, 3, 4)).toBe(-2);
	expect(leftBelowSafety(2, 3, 0)).toBeNull();
	expect(leftBelowSafety(0, 0, 4)).toBeNull();
});
