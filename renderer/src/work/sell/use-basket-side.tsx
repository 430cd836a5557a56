import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../shared/schema/product.ts';
import { useGivenProduct } from '../../fulfillment/use-given-product.ts';
import type { ScreenAction } from '../../ui/index.ts';
import { AddGoods } from './add-goods.tsx';
import { activeLine, type Basket, type BasketLine, moveActive, setQuantity, takeOut } from './basket.ts';
import { BasketList, type LineRemark, QuantityDialog } from './basket-list.tsx';
import classes from './sell.module.css';
import { useBasketKeys } from './use-basket-keys.ts';

interface BasketSideParts {
	readonly basket: Basket;
	readonly changeBasket: (change: (before: Basket) => Basket) => void;
	readonly addByName: (product: Product) => void;
	readonly remarkOf: (line: BasketLine) => LineRemark | null;
}

/** The left side of every screen that takes goods into a basket, with the keys that belong to it. */
export function useBasketSide(parts: BasketSideParts): { readonly side: ReactNode; readonly actions: ScreenAction[] } {
	const { basket, changeBasket } = parts;
	const { t } = useTranslation('sell');
	const [isAsking, setIsAsking] = useState(false);
	const addField = useRef<HTMLInputElement>(null);
	useGivenProduct((product) => {
		parts.addByName(product);
		setIsAsking(true);
	});
	useBasketKeys((step) => changeBasket((before) => moveActive(before, step)));
	const active = activeLine(basket);
	const ofLine = (line: BasketLine): readonly ScreenAction[] => [
		{ key: 'F6', label: t('quantity.action'), onAct: () => setIsAsking(true) },
		{ key: 'F8', label: t('basket.takeOut'), onAct: () => changeBasket((before) => takeOut(before, line.key)) },
	];
	const side = (
		<section className={classes.side} aria-label={t('basket.title')}>
			<AddGoods
				fieldRef={addField}
				onChoose={(product) => {
					parts.addByName(product);
					addField.current?.blur();
					setIsAsking(true);
				}}
			/>
			<BasketList
				basket={basket}
				remarkOf={parts.remarkOf}
				onActivate={(activeKey) => changeBasket((before) => ({ ...before, activeKey }))}
			/>
			{isAsking && active !== null ? (
				<QuantityDialog
					key={active.key}
					line={active}
					onClose={() => setIsAsking(false)}
					onSay={(quantity) => {
						setIsAsking(false);
						changeBasket((before) => setQuantity(before, active.key, quantity));
					}}
				/>
			) : null}
		</section>
	);
	const actions: ScreenAction[] = [
		{ key: 'F3', label: t('add.action'), onAct: () => addField.current?.focus() },
		...(active === null ? [] : ofLine(active)),
	];
	return { side, actions };
}
