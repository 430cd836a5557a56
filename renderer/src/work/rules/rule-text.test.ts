import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { ruleFaultCodes, ruleWarningCodes } from '../../../../shared/domain/check-rule-parts.ts';
import { ruleFields } from '../../../../shared/domain/rule-changes.ts';
import type { PromisingRule } from '../../../../shared/schema/promising-rules.ts';
import { changeText, conditionText, effectText, type RuleTextParts } from './rule-text.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const i18n = i18next.createInstance();
let parts: RuleTextParts;
beforeAll(async () => {
	await i18n.init({
		lng: 'en',
		resources: { en: { rules: en }, de: { rules: de }, es: { rules: es } },
		interpolation: { escapeValue: false },
	});
	parts = { t: i18n.getFixedT('en', 'rules'), language: 'en', siteName: (id) => (id === 'leeds' ? 'Leeds' : id) };
});

const rule: PromisingRule = {
	id: '1',
	name: 'One',
	products: { skus: ['A', 'B', 'C', 'D', 'E'], price: { currency: 'GBP', fromMinor: 1250 } },
	siteGroup: { siteIds: ['leeds'], kinds: ['store'] },
	channels: ['web-shop'],
	effectiveTo: '2026-12-24',
	effect: { safetyStock: { units: 2 }, threshold: 3, pickup: 'not_eligible' },
};

describe('a rule is told in a sentence', () => {
	it('of what it is about', () => {
		expect(conditionText(rule, parts)).toBe(
			'SKU A, B, C, D and 1 more · from £12.50 — Leeds · stores — channel web-shop — to 2026-12-24',
		);
		expect(
			conditionText({ ...rule, products: {}, siteGroup: {}, channels: undefined, effectiveTo: undefined }, parts),
		).toBe('every product — every site — every channel');
	});

	it('of what it says', () => {
		expect(effectText(rule.effect, parts.t)).toBe('safety stock 2 units · nothing below 3 · no pickup');
	});

	it('of what changed, before and after', () => {
		const fields = [
			{ field: 'effect.safetyStock', before: { units: 1 }, after: { percent: 10 } },
			{ field: 'siteGroup.siteIds', after: ['leeds', 'york'] },
			{ field: 'effect.ship', before: 'not_eligible' },
		];
		expect(changeText({ change: 'changed', name: 'One', fields }, parts)).toBe(
			'Changed “One”: Safety stock: 1 unit → 10 %; Sites: nothing → Leeds, york; Shipping: not allowed → nothing',
		);
		expect(changeText({ change: 'moved', name: 'One', from: 3, place: 1 }, parts)).toBe(
			'Moved “One” from place 3 to 1',
		);
	});

	it.each(['en', 'de', 'es'])('in %s every field, fault and warning has its word', (language) => {
		const missing = [
			...ruleFields.map((field) => `field.${field}`),
			...ruleFaultCodes.map((code) => `fault.${code}`),
			...ruleWarningCodes.map((code) => `warning.${code}`),
		].filter((key) => !i18n.exists(key, { ns: 'rules', lng: language }));
		expect(missing).toEqual([]);
	});
});
