import type { RuleChangeMessage } from '../../../../shared/protocol/version-messages.ts';
import type { SiteFilter } from '../../../../shared/schema/promising-rules.ts';
import type { ParcelZone, RoutingRule, RoutingStatement } from '../../../../shared/schema/routing-rules.ts';
import { moneyText } from '../../ui/money-text.ts';
import { changeText, dayTexts, namesText, productTexts, type RuleTextParts, sitesText } from './rule-text.ts';

/** What sentences about routing need beside the language: the currency of its costs. */
export interface RoutingTextParts extends RuleTextParts {
	readonly currency: string;
}

const amountOf = (minor: number, { currency, language }: RoutingTextParts) => moneyText({ minor, currency }, language);

/** Which orders a rule is about, in words. */
export function orderText({ orders, ...days }: RoutingRule, parts: RoutingTextParts): string {
	const { t } = parts;
	const { channels, countries, products = {}, valueFromMinor, valueToMinor } = orders;
	const about = productTexts(products, parts);
	const from = valueFromMinor === undefined ? undefined : amountOf(valueFromMinor, parts);
	const to = valueToMinor === undefined ? undefined : amountOf(valueToMinor, parts);
	const conditions = [
		channels && t('text.channels', { names: namesText(channels, t) }),
		countries && t('routing.text.countries', { names: namesText(countries, t) }),
		about.length === 0 ? undefined : t('routing.text.with', { products: about.join(' · ') }),
		from !== undefined && to !== undefined ? t('routing.text.worthRange', { from, to }) : undefined,
		from !== undefined && to === undefined ? t('routing.text.worthFrom', { from }) : undefined,
		from === undefined && to !== undefined ? t('routing.text.worthTo', { to }) : undefined,
	].filter((each) => each !== undefined);
	return [...(conditions.length === 0 ? [t('routing.text.everyOrder')] : conditions), ...dayTexts(days, t)].join(' — ');
}

/** What a rule says, in words. */
export function routingEffectText(effect: RoutingStatement, parts: RoutingTextParts): string {
	const { t } = parts;
	const { prefer, exclude, fallbacks, keepTogether, noSplitBelowMinor, whenUnfillable } = effect;
	return [
		prefer &&
			t('routing.text.prefer', { sites: sitesText(prefer.sites, parts), worth: amountOf(prefer.worthMinor, parts) }),
		exclude && t('routing.text.exclude', { sites: sitesText(exclude, parts) }),
		fallbacks && t('routing.text.fallbacks', { sites: fallbacksText(fallbacks, parts) }),
		keepTogether === undefined ? undefined : t(keepTogether ? 'routing.text.together' : 'routing.text.apart'),
		noSplitBelowMinor === undefined
			? undefined
			: t('routing.text.noSplitBelow', { amount: amountOf(noSplitBelowMinor, parts) }),
		whenUnfillable && t(`routing.text.unfillable.${whenUnfillable}`),
	]
		.filter((each) => each !== undefined)
		.join(' · ');
}

const fallbacksText = (fallbacks: readonly SiteFilter[], parts: RoutingTextParts) =>
	fallbacks.map((sites) => sitesText(sites, parts)).join(parts.t('routing.text.thenFrom'));

/** One line of the history: what changed, before and after. */
export function routingChangeText(change: RuleChangeMessage, parts: RoutingTextParts): string {
	return changeText(change, parts, (field, value) => routingValueText(field, value, parts));
}

function routingValueText(field: string, value: unknown, parts: RoutingTextParts): string | undefined {
	const { t } = parts;
	if (typeof value === 'number' && /Minor($|\.)/.test(field)) return amountOf(value, parts);
	if (typeof value === 'boolean') return t(value ? 'routing.way.yes' : 'routing.way.no');
	switch (field) {
		case 'effect.prefer': {
			const { sites, worthMinor } = value as NonNullable<RoutingStatement['prefer']>;
			return `${sitesText(sites, parts)}, ${amountOf(worthMinor, parts)}`;
		}
		case 'effect.exclude':
			return sitesText(value as SiteFilter, parts);
		case 'effect.fallbacks':
			return fallbacksText(value as readonly SiteFilter[], parts);
		case 'effect.whenUnfillable':
			return t(`routing.way.${value as NonNullable<RoutingStatement['whenUnfillable']>}`);
		case 'zones':
			return (value as readonly ParcelZone[]).map((zone) => zoneText(zone, parts)).join(' | ');
		default:
			return undefined;
	}
}

function zoneText({ upToKm, parcelMinor, unitMinor, kilogramMinor }: ParcelZone, parts: RoutingTextParts): string {
	const costs = {
		parcel: amountOf(parcelMinor, parts),
		unit: amountOf(unitMinor, parts),
		kilogram: amountOf(kilogramMinor, parts),
	};
	const { t } = parts;
	return upToKm === undefined ? t('routing.text.lastZone', costs) : t('routing.text.zone', { ...costs, km: upToKm });
}
