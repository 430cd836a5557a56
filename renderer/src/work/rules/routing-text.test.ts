import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { routingFields, weightFields } from '../../../../shared/domain/routing-changes.ts';
import { orderText, type RoutingTextParts, routingChangeText, routingEffectText } from './routing-text.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';

const i18n = i18next.createInstance();
let parts: RoutingTextParts;
beforeAll(async () => {
	await i18n.init({
		lng: 'en',
		resources: { en: { rules: en }, de: { rules: de }, es: { rules: es } },
		interpolation: { escapeValue: false },
	});
	const siteName = (id: string) => (id === 'leeds' ? 'Leeds' : id);
	parts = { t: i18n.getFixedT('en', 'rules'), language: 'en', siteName, currency: 'GBP' };
});

it('a routing rule is told in a sentence: which orders, and what becomes of them', () => {
	const rule = {
		id: '1',
		name: 'One',
		orders: { channels: ['web-shop'], countries: ['GB'], products: { skus: ['A'] }, valueFromMinor: 10_000 },
		effectiveTo: '2026-12-24',
		effect: {
			prefer: { sites: { kinds: ['warehouse' as const] }, worthMinor: 300 },
			exclude: { siteIds: ['leeds'] },
			fallbacks: [{ kinds: ['store' as const] }, {}],
			noSplitBelowMinor: 1500,
			whenUnfillable: 'hold' as const,
		},
	};
	expect(orderText(rule, parts)).toBe('channel web-shop — to GB — with SKU A — worth £100.00 and more — to 2026-12-24');
	expect(orderText({ ...rule, orders: {}, effectiveTo: undefined }, parts)).toBe('every order');
	expect(routingEffectText(rule.effect, parts)).toBe(
		'rather from warehouses (counts as £3.00 cheaper) · never from Leeds · first from stores, then from every site · ' +
			'in one parcel below £15.00 · waits until there is enough',
	);
});

it('a change is told before and after, money as money', () => {
	const fields = [
		{ field: 'effect.exclude', before: { siteIds: ['leeds'] } },
		{ field: 'effect.prefer', after: { sites: {}, worthMinor: 50 } },
		{ field: 'effect.keepTogether', before: true, after: false },
		{ field: 'orders.countries', after: ['GB', 'IE'] },
	];
	expect(routingChangeText({ change: 'changed', name: 'One', fields }, parts)).toBe(
		'Changed “One”: Sites that are never asked: Leeds → nothing; Preferred sites: nothing → every site, £0.50; ' +
			'Everything from one site: yes → no; Countries: nothing → GB, IE',
	);
	const weights = [
		{ field: 'handlingMinor.store', before: 30, after: 40 },
		{ field: 'coverWeeks', before: 2, after: 3 },
		{ field: 'zones', after: [{ upToKm: 50, parcelMinor: 320, unitMinor: 8, kilogramMinor: 20 }] },
	];
	expect(routingChangeText({ change: 'weights_changed', name: 'weights', fields: weights }, parts)).toBe(
		'Changed what routing weighs: Handling at a store: £0.30 → £0.40; Scarce stock: 2 → 3; ' +
			'Parcel by distance: nothing → up to 50 km: £3.20 + £0.08 a unit + £0.20 a kg',
	);
});

it.each(['en', 'de', 'es'])('in %s every field of rules and costs has its word', (language) => {
	const missing = [...routingFields, ...weightFields]
		.map((field) => `field.${field}`)
		.filter((key) => !i18n.exists(key, { ns: 'rules', lng: language }));
	expect(missing).toEqual([]);
});
