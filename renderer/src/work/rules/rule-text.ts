import type { TFunction } from 'i18next';
import type { RuleChangeMessage } from '../../../../shared/protocol/version-messages.ts';
import type {
	ProductFilter,
	PromisingRule,
	RuleStatement,
	SiteFilter,
} from '../../../../shared/schema/promising-rules.ts';
import { moneyText } from '../../ui/money-text.ts';

export interface RuleTextParts {
	readonly t: TFunction<'rules'>;
	readonly language: string;
	/** A site's name by its id; the id where it is not known. */
	readonly siteName: (siteId: string) => string;
}

const mostNamed = 4;

/** What a rule is about, in words: products, sites, channels and days. */
export function conditionText(rule: PromisingRule, parts: RuleTextParts): string {
	const { t } = parts;
	const about = productTexts(rule.products, parts);
	const { channels } = rule;
	return [
		about.length === 0 ? t('text.everyProduct') : about.join(' · '),
		sitesText(rule.siteGroup, parts),
		channels === undefined ? t('text.everyChannel') : t('text.channels', { names: namesText(channels, t) }),
		...dayTexts(rule, t),
	].join(' — ');
}

/** The first of some names, and how many more there are. */
export function namesText(values: readonly string[], t: TFunction<'rules'>): string {
	const shown = values.slice(0, mostNamed).join(', ');
	return values.length <= mostNamed ? shown : t('text.more', { shown, count: values.length - mostNamed });
}

/** Each condition of a filter; none when it has none. */
export function productTexts(products: ProductFilter, { t, language }: RuleTextParts): readonly string[] {
	return [
		products.skus && t('text.skus', { names: namesText(products.skus, t) }),
		products.departments && namesText(products.departments, t),
		products.brands && t('text.brands', { names: namesText(products.brands, t) }),
		products.tracking &&
			namesText(
				products.tracking.map((each) => t(`tracking.${each}`)),
				t,
			),
		products.price && priceText(products.price, t, language),
	].filter((each) => each !== undefined);
}

/** Which sites a filter lets through. */
export function sitesText(sites: SiteFilter, { t, siteName }: RuleTextParts): string {
	const { siteIds, groups, kinds, towns, capabilities } = sites;
	const where = [
		siteIds && namesText(siteIds.map(siteName), t),
		groups && t('text.groups', { names: namesText(groups, t) }),
		kinds &&
			namesText(
				kinds.map((each) => t(`kind.${each}`)),
				t,
			),
		towns && t('text.towns', { names: namesText(towns, t) }),
		capabilities &&
			namesText(
				capabilities.map((each) => t(`capability.${each}`)),
				t,
			),
	].filter((each) => each !== undefined);
	return where.length === 0 ? t('text.everySite') : where.join(' · ');
}

export function dayTexts(
	{ effectiveFrom: from, effectiveTo: to }: Pick<PromisingRule, 'effectiveFrom' | 'effectiveTo'>,
	t: TFunction<'rules'>,
): readonly string[] {
	return [
		...(from === undefined ? [] : [t('text.from', { day: from })]),
		...(to === undefined ? [] : [t('text.to', { day: to })]),
	];
}

/** What a rule says, in words. */
export function effectText(effect: RuleStatement, t: TFunction<'rules'>): string {
	const { safetyStock, threshold, pickup, ship } = effect;
	return [
		...(safetyStock === undefined ? [] : [t('text.safetyStock', { amount: safetyText(safetyStock, t) })]),
		...(threshold === undefined ? [] : [t('text.threshold', { count: threshold })]),
		...(pickup === undefined ? [] : [t(`text.pickup.${pickup}`)]),
		...(ship === undefined ? [] : [t(`text.ship.${ship}`)]),
	].join(' · ');
}

/** Writes the value of a field that changed. */
export type ValueText = (field: string, value: unknown, parts: RuleTextParts) => string | undefined;

/** One line of the history: what changed, before and after. @param ownText of values that only rules of this kind have */
export function changeText(change: RuleChangeMessage, parts: RuleTextParts, ownText?: ValueText): string {
	const { t, siteName } = parts;
	const textOf = (field: string, value: unknown) =>
		value === undefined ? t('change.nothing') : (ownText?.(field, value, parts) ?? valueText(field, value, parts));
	const { name } = change;
	switch (change.change) {
		case 'moved':
			return t('change.moved', { name, from: change.from, place: change.place });
		case 'changed':
		case 'weights_changed': {
			const fields = (change.fields ?? []).map(({ field, before, after }) =>
				t('change.field', {
					field: t(`field.${field}`, { defaultValue: field }),
					before: textOf(field, before),
					after: textOf(field, after),
				}),
			);
			return t(`change.${change.change}`, { name, fields: fields.join('; ') });
		}
		case 'added':
		case 'removed':
			return t(`change.${change.change}`, { name, place: change.place });
		default:
			return t(`change.${change.change}`, { name, sites: (change.siteIds ?? []).map(siteName).join(', ') });
	}
}

function valueText(field: string, value: unknown, { t, language, siteName }: RuleTextParts): string {
	if (Array.isArray(value)) {
		const texts = value.map(String);
		return (field === 'siteGroup.siteIds' ? texts.map(siteName) : texts).join(', ');
	}
	if (field === 'effect.safetyStock') return safetyText(value as NonNullable<RuleStatement['safetyStock']>, t);
	if (field.endsWith('products.price')) return priceText(value as Price, t, language);
	if (value === 'eligible' || value === 'not_eligible') return t(`eligibility.${value}`);
	return String(value);
}

function safetyText({ units, percent }: NonNullable<RuleStatement['safetyStock']>, t: TFunction<'rules'>): string {
	if (units !== undefined && percent !== undefined) return t('text.unitsOrPercent', { count: units, percent });
	return units === undefined ? t('text.percent', { percent }) : t('text.units', { count: units });
}

type Price = NonNullable<PromisingRule['products']['price']>;

function priceText({ currency, fromMinor, toMinor }: Price, t: TFunction<'rules'>, language: string): string {
	const from = moneyText({ minor: fromMinor ?? 0, currency }, language);
	if (toMinor === undefined) return t('text.priceFrom', { from });
	return t('text.price', { from, to: moneyText({ minor: toMinor, currency }, language) });
}
