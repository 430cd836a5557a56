import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../../shared/money.ts';

/** Writes an amount in its currency: 1250 GBP is £12.50, 1250 JPY is ¥1,250. */
export function moneyText(money: Money, language: string): string {
	const format = new Intl.NumberFormat(language, { style: 'currency', currency: money.currency });
	const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
	return format.format(money.minor / 10 ** digits);
}

/** Writes amounts in the user's language. */
export function useMoneyText(): (money: Money) => string {
	const { i18n } = useTranslation('ui');
	return useMemo(() => (money: Money) => moneyText(money, i18n.language), [i18n.language]);
}
