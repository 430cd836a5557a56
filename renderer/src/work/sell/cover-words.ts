import type { TFunction } from 'i18next';
import type { StockHere } from '../../replica/index.ts';
import type { LineRemark } from './basket-list.tsx';
import type { Cover, Units } from './cover.ts';

/** What this device may promise of each product, by SKU. */
export function leftOf(stocks: ReadonlyMap<string, StockHere> | null): Units {
	return new Map([...(stocks ?? [])].map(([sku, { mayPromise }]) => [sku, mayPromise]));
}

/** What a line says of its promise: that this device may give it, that central is asked, or why it can't be promised now. */
export function coverRemark(
	covers: readonly Cover[],
	key: string,
	left: number | undefined,
	isOnline: boolean,
	t: TFunction<'sell'>,
): LineRemark | null {
	const cover = covers.find((each) => each.key === key);
	if (cover === undefined || left === undefined) return null;
	if (cover.covered === cover.wanted) return { text: t('cover.own', { count: left }), isWarning: false };
	if (isOnline) return { text: t('cover.asksCentral', { count: cover.wanted - cover.covered }), isWarning: false };
	const text = cover.covered === 0 ? t('cover.nothing') : t('cover.only', { count: cover.covered });
	return { text, isWarning: true };
}
