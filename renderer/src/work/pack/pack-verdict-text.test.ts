import i18next, { type TFunction } from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { exampleFulfillmentOrder, mugLine } from '../../fulfillment/example-fulfillment-order.ts';
import fulfillmentDe from '../../fulfillment/words/de.ts';
import fulfillmentEn from '../../fulfillment/words/en.ts';
import fulfillmentEs from '../../fulfillment/words/es.ts';
import type { LabelVerdict } from './judge-label-scan.ts';
import type { PackVerdict } from './judge-pack-scan.ts';
import { labelVerdictText, packVerdictText } from './pack-verdict-text.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const texts = i18next.createInstance();
const words = (language: string): TFunction<['pack', 'fulfillment']> =>
	texts.getFixedT(language, ['pack', 'fulfillment']);

const verdicts: { readonly [Kind in PackVerdict['kind']]: Extract<PackVerdict, { kind: Kind }> } = {
	right_item: { kind: 'right_item', line: mugLine, moreOfLine: 1, moreOfOrder: 2 },
	all_in_box: { kind: 'all_in_box', line: mugLine },
	other_unit: { kind: 'other_unit', line: mugLine, identity: { lot: 'L9' }, picked: [{ lot: 'L1' }] },
	serial_twice: { kind: 'serial_twice', line: mugLine, serial: 's1' },
	wrong_item: { kind: 'wrong_item', scanned: 'A book' },
	surplus_unit: { kind: 'surplus_unit', line: mugLine },
	not_picked: { kind: 'not_picked', line: mugLine },
	too_many_units: { kind: 'too_many_units', name: 'Mug', units: 12, needed: 2 },
	unknown_product: { kind: 'unknown_product', code: '4000417025005' },
	unknown_code: { kind: 'unknown_code', code: 'X', reason: 'not_a_code' },
	this_order: { kind: 'this_order' },
	other_order: { kind: 'other_order', number: '1043' },
	location: { kind: 'location' },
	customer_pass: { kind: 'customer_pass' },
	stopped: { kind: 'stopped' },
};
const labels: { readonly [Kind in LabelVerdict['kind']]: Extract<LabelVerdict, { kind: Kind }> } = {
	tracking_number: { kind: 'tracking_number', trackingNumber: 'JJD1' },
	item_not_label: { kind: 'item_not_label', name: 'Mug' },
	own_code: { kind: 'own_code' },
	label_used_before: { kind: 'label_used_before' },
	unreadable_label: { kind: 'unreadable_label' },
};

beforeAll(async () => {
	await texts.init({
		lng: 'en',
		resources: {
			en: { pack: en, fulfillment: fulfillmentEn },
			de: { pack: de, fulfillment: fulfillmentDe },
			es: { pack: es, fulfillment: fulfillmentEs },
		},
		interpolation: { escapeValue: false },
	});
});

it('every verdict at the packing bench has words in every language, with nothing left open', () => {
	for (const language of ['en', 'de', 'es']) {
		const t = words(language);
		const said = [
			...Object.values(verdicts).map((each) => packVerdictText(each, exampleFulfillmentOrder(), t, (date) => date)),
			...Object.values(labels).map((each) => labelVerdictText(each, 1, t)),
		];
		for (const { title, detail } of said) {
			expect(`${title} ${detail}`).not.toMatch(/\{\{|undefined|said\.|unknownReason/);
		}
	}
});
