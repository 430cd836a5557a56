import type { TFunction } from 'i18next';
import type { RuleChangeMessage } from '../../../../shared/protocol/rules-messages.ts';
import type { PromisingRule, RuleStatement } from '../../../../shared/schema/promising-rules.ts';
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
	const { t, language, siteName } = parts;
	const { products, siteGroup } = rule;
	const names = (values: readonly string[]) => {
		const shown = values.slice(0, mostNamed).join(', ');
		return values.length <= mostNamed ? shown : t('text.more', { shown, count: values.length - mostNamed });
	};
	const about = [
		products.skus && t('text.skus', { names: names(products.skus) }),
		products.departments && names(products.departments),
		products.brands && t('text.brands', { names: names(products.brands) }),
		products.tracking && names(products.tracking.map((each) => t(`tracking.${each}`))),
		products.price && priceText(products.price, t, language),
	].filter((each) => each !== undefined);
	const where = [
		siteGroup.siteIds && names(siteGroup.siteIds.map(siteName)),
		siteGroup.groups && t('text.groups', { names: names(siteGroup.groups) }),
		siteGroup.kinds && names(siteGroup.kinds.map((each) => t(`kind.${each}`))),
		siteGroup.towns && t('text.towns', { names: names(siteGroup.towns) }),
		siteGroup.capabilities && names(siteGroup.capabilities.map((each) => t(`capability.${each}`))),
	].filter((each) => each !== undefined);
	const { channels, effectiveFrom: from, effectiveTo: to } = rule;
	return [
		about.length === 0 ? t('text.everyProduct') : about.join(' · '),
		where.length === 0 ? t('text.everySite') : where.join(' · '),
		channels === undefined ? t('text.everyChannel') : t('text.channels', { names: names(channels) }),
		...(from === undefined ? [] : [t('text.from', { day: from })]),
		...(to === undefined ? [] : [t('text.to', { day: to })]),
	].join(' — ');
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

/** One line of the history: what changed, before and after. */
export function changeText(change: RuleChangeMessage, parts: RuleTextParts): string {
	const { t, siteName } = parts;
	const { name } = change;
	switch (change.change) {
		case 'moved':
			return t('change.moved', { name, from: change.from, place: change.place });
		case 'changed': {
			const fields = (change.fields ?? []).map(({ field, before, after }) =>
				t('change.field', {
					field: t(`field.${field}`, { defaultValue: field }),
					before: valueText(field, before, parts),
					after: valueText(field, after, parts),
				}),
			);
			return t('change.changed', { name, fields: fields.join('; ') });
		}
		case 'added':
		case 'removed':
			return t(`change.${change.change}`, { name, place: change.place });
		default:
			return t(`change.${change.change}`, { name, sites: (change.siteIds ?? []).map(siteName).join(', ') });
	}
}

function valueText(field: string, value: unknown, { t, language, siteName }: RuleTextParts): string {
	if (value === undefined) return t('change.nothing');
	if (Array.isArray(value)) {
		const texts = value.map(String);
		return (field === 'siteGroup.siteIds' ? texts.map(siteName) : texts).join(', ');
	}
	if (field === 'effect.safetyStock') return safetyText(value as NonNullable<RuleStatement['safetyStock']>, t);
	if (field === 'products.price') return priceText(value as Price, t, language);
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
