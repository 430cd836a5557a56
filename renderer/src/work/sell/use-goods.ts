import type { TFunction } from 'i18next';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../shared/schema/product.ts';
import { findProductByGtins, readStocksHere, useSite } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { useTimeText, type Verdict } from '../../ui/index.ts';
import { addProduct, type Basket } from './basket.ts';
import { type BasketJudgement, judgeBasketScan } from './judge-basket-scan.ts';

interface Goods {
	readonly basket: Basket;
	readonly changeBasket: (change: (before: Basket) => Basket) => void;
	readonly say: (verdict: Verdict) => void;
	/** What should be said of a unit that was added, beyond that it was. */
	readonly remark?: ((added: Extract<BasketJudgement, { kind: 'added' }>) => Promise<Verdict | null>) | undefined;
}

/** Takes scans into the basket and says what became of them. Answers how a product that was chosen by name is added. */
export function useGoods({ basket, changeBasket, say, remark }: Goods): (product: Product) => void {
	const { t } = useTranslation('sell');
	const inOrder = useInOrder();
	const timeZone = useSite()?.timeZone ?? 'UTC';
	const { now } = useTimeText();
	// Scans follow each other faster than the screen is drawn.
	const latest = useRef(basket);
	latest.current = basket;
	const put = (next: Basket) => {
		latest.current = next;
		changeBasket(() => next);
	};
	const binOf = async (sku: string) => (await readStocksHere([sku], undefined))?.get(sku)?.bin ?? '';
	useScan(({ code }) => {
		if (code.kind !== 'product') return false;
		inOrder(async () => {
			const product = await findProductByGtins(code.gtins);
			const found = product === null ? null : { product, bin: await binOf(product.id) };
			const today = now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
			const judgement = judgeBasketScan(latest.current, code, found, today);
			if (judgement.kind === 'added') put(judgement.basket);
			const told = judgement.kind === 'added' && judgement.remark === null ? await remark?.(judgement) : null;
			say(told ?? basketVerdict(judgement, t));
		});
		return true;
	});
	return (product) =>
		inOrder(async () => {
			const bin = await binOf(product.id);
			put(addProduct(latest.current, product, bin));
		});
}

function basketVerdict(judgement: BasketJudgement, t: TFunction<'sell'>): Verdict {
	switch (judgement.kind) {
		case 'unknown_product':
			return {
				kind: 'wrong',
				title: t('verdict.unknown'),
				detail: t('verdict.unknown_detail', { code: judgement.code }),
			};
		case 'serial_twice':
			return {
				kind: 'wrong',
				title: t('verdict.twice'),
				detail: t('verdict.twice_detail', { serial: judgement.serial }),
			};
		case 'too_many':
			return { kind: 'wrong', title: t('verdict.tooMany') };
		case 'added': {
			const { name, quantity } = judgement.line;
			const title = t('verdict.added', { count: quantity ?? 0, name });
			if (judgement.remark === null) return { kind: 'right', title };
			return { kind: 'attention', title: t(`verdict.${judgement.remark}`), detail: title };
		}
	}
}
