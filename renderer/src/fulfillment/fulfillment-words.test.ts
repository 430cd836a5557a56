import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CodeVerdict, codeVerdictText } from './code-verdict-text.ts';
import type { OutsideChange } from './notice-change.ts';
import { outsideChangeText } from './outside-change-text.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const texts = i18next.createInstance();
const words = (language: string): TFunction<'fulfillment'> => texts.getFixedT(language, 'fulfillment');

const verdicts: { readonly [Kind in CodeVerdict['kind']]: Extract<CodeVerdict, { kind: Kind }> } = {
	unknown_product: { kind: 'unknown_product', code: '4000417025005' },
	unknown_code: { kind: 'unknown_code', code: '5012345678901', reason: 'wrong_check_digit' },
	customer_pass: { kind: 'customer_pass' },
};
const changes: { readonly [Kind in OutsideChange['kind']]: Extract<OutsideChange, { kind: Kind }> } = {
	cancelled: { kind: 'cancelled' },
	moved: { kind: 'moved' },
	less_wanted: { kind: 'less_wanted', name: 'Mug', wanted: 1 },
	other_picker: { kind: 'other_picker', name: 'Joe Murray' },
	put_back: { kind: 'put_back', name: 'Mug', quantity: 1 },
};

beforeAll(async () => {
	await texts.init({
		lng: 'en',
		resources: { en: { fulfillment: en }, de: { fulfillment: de }, es: { fulfillment: es } },
		interpolation: { escapeValue: false },
	});
});

describe('the words that all work on a fulfillment order shares', () => {
	it.each(['en', 'de', 'es'])(
		'are there for every verdict and every change in %s, with nothing left open',
		(language) => {
			const t = words(language);
			const said = [
				...Object.values(verdicts).map((each) => codeVerdictText(each, t)),
				...Object.values(changes).map((each) => outsideChangeText(each, t)),
			];
			for (const { title, detail } of said) {
				expect(`${title} ${detail}`).not.toMatch(/\{\{|undefined|said\.|change\.|unknownReason/);
			}
		},
	);

	it('show a misread as far as it can be shown', () => {
		const misread: CodeVerdict = { kind: 'unknown_code', code: `A\u0000${'B'.repeat(100)}`, reason: 'not_a_code' };
		const { detail = '' } = codeVerdictText(misread, words('en'));
		expect(detail).toContain('“A·BBB');
		expect(detail.length).toBeLessThan(120);
	});
});
