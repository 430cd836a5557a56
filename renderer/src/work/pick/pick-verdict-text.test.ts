import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleFulfillmentOrder, mugLine, teaLine } from '../../fulfillment/example-fulfillment-order.ts';
import fulfillmentDe from '../../fulfillment/words/de.ts';
import fulfillmentEn from '../../fulfillment/words/en.ts';
import fulfillmentEs from '../../fulfillment/words/es.ts';
import ui from '../../ui/words/en.ts';
import type { PickVerdict } from './judge-pick-scan.ts';
import { pickVerdictText } from './pick-verdict-text.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const day = (date: string) => date;
const languages = ['en', 'de', 'es'] as const;
const texts = i18next.createInstance();
const words = (language: string): TFunction<'pick'> => texts.getFixedT(language, 'pick');

const verdicts: { readonly [Kind in PickVerdict['kind']]: Extract<PickVerdict, { kind: Kind }> } = {
	right_item: { kind: 'right_item', line: mugLine, units: 1, moreOfLine: 1, moreOfOrder: 3, identity: {} },
	order_complete: {
		kind: 'order_complete',
		line: mugLine,
		identity: { lot: 'L-7', expiresOn: '2027-03-31', serials: ['S-1'] },
	},
	expired: { kind: 'expired', line: mugLine, lot: 'L-7', expiresOn: '2026-11-21' },
	serial_twice: { kind: 'serial_twice', name: 'Mug', serial: 'S-1', number: '1043' },
	put_back: { kind: 'put_back', name: 'Mug', bin: '', more: 2 },
	wrong_item: { kind: 'wrong_item', scanned: 'A book', wanted: mugLine },
	surplus_unit: { kind: 'surplus_unit', line: mugLine },
	found_after_short: { kind: 'found_after_short', line: mugLine, stillMissing: 1 },
	reported_unsellable: { kind: 'reported_unsellable', line: mugLine },
	too_many_units: { kind: 'too_many_units', name: 'Mug', units: 12, needed: 2 },
	unknown_product: { kind: 'unknown_product', code: '4000417025005' },
	unknown_code: { kind: 'unknown_code', code: '5012345678901', reason: 'wrong_check_digit' },
	right_bin: { kind: 'right_bin', line: mugLine },
	wrong_bin: { kind: 'wrong_bin', scanned: 'C-1-1', wanted: null },
	this_order: { kind: 'this_order' },
	other_order: { kind: 'other_order', number: '1043' },
	customer_pass: { kind: 'customer_pass' },
	not_to_pick: { kind: 'not_to_pick', state: 'shipped' },
};

beforeAll(async () => {
	await texts.init({
		lng: 'en',
		resources: {
			en: { pick: en, fulfillment: fulfillmentEn, ui },
			de: { pick: de, fulfillment: fulfillmentDe, ui },
			es: { pick: es, fulfillment: fulfillmentEs, ui },
		},
		interpolation: { escapeValue: false },
	});
});

describe('the words of a verdict', () => {
	it('are there for every verdict in every language, with nothing left open', () => {
		for (const language of languages) {
			const t = words(language);
			const said = [
				...Object.values(verdicts).map((each) => pickVerdictText(each, exampleFulfillmentOrder(), teaLine, t, day)),
			];
			for (const { title, detail } of said) {
				for (const text of [title, detail ?? '']) {
					expect(text).not.toMatch(/\{\{|undefined|^said\.|unknownReason|fulfillmentState/);
				}
				expect(title).not.toBe('');
			}
		}
	});

	it('name what was scanned and what is wanted', () => {
		expect(pickVerdictText(verdicts.wrong_item, exampleFulfillmentOrder(), mugLine, words('en'), day)).toEqual({
			kind: 'wrong',
			title: 'Wrong item',
			detail: 'Scanned: A book. Wanted: Blue enamel mug 300 ml from A-12-3.',
		});
	});

	it('say where a unit was counted when it is not the line on the screen', () => {
		const elsewhere = pickVerdictText(verdicts.right_item, exampleFulfillmentOrder(), teaLine, words('en'), day);
		expect(elsewhere).toEqual({
			kind: 'right',
			title: 'Right · 1 more',
			detail: 'Counted for A-12-3: Blue enamel mug 300 ml',
		});
	});
});
