import { Text } from '@mantine/core';
import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isHeld, unitsHeld } from '../../../../shared/domain/reservation-units.ts';
import { newId, useDeviceValues, useOperations, useRecord } from '../../device/index.ts';
import {
	findProduct,
	readStocksHere,
	useReplicaReady,
	useReservation,
	useReservations,
	useStocksHere,
} from '../../replica/index.ts';
import {
	LoadingState,
	Screen,
	useMoneyText,
	useTimeText,
	useVerdict,
	type Verdict,
	VerdictPanel,
} from '../../ui/index.ts';
import { addProduct, type Basket, emptyBasket, filledLines, setQuantity, totalOf, unitsIn } from './basket.ts';
import { hurtBySale } from './judge-sale.ts';
import { rightsOfSale, saleLines } from './sale-lines.ts';
import { HurtPanel, KeptPanel, PaidBackPanel } from './sale-panels.tsx';
import classes from './sell.module.css';
import { useBasketSide } from './use-basket-side.tsx';
import { useDraft } from './use-draft.ts';
import { useGoods } from './use-goods.ts';

interface SaleDraft {
	/** The operation's own id of the sale: made once, so that what was recorded is known after a crash. */
	readonly saleId: string;
	readonly basket: Basket;
}
const emptySale = (): SaleDraft => ({ saleId: newId(), basket: emptyBasket });

/** `/sell`, and `/sell/$reservationId` for goods that are kept for somebody: what a customer takes along is scanned and recorded. */
export function SaleScreen() {
	const { reservationId } = useParams({ strict: false });
	const isReady = useReplicaReady();
	const { t } = useTranslation('sell');
	if (isReady) return <Sale key={reservationId ?? ''} reservationId={reservationId ?? null} />;
	return (
		<Screen title={t('sale.title')}>
			<LoadingState />
		</Screen>
	);
}

function Sale({ reservationId }: { readonly reservationId: string | null }) {
	const { t } = useTranslation('sell');
	const navigate = useNavigate();
	const record = useRecord();
	const money = useMoneyText();
	const { now } = useTimeText();
	const { deviceId } = useDeviceValues(({ enrolled }) => ({ deviceId: enrolled?.deviceId }));
	const { verdict, say } = useVerdict();
	const exchange = useLocation({ select: ({ state }) => state.exchangeFor ?? null });
	const reservations = useReservations();
	const reservation = useReservation(reservationId ?? undefined);
	const { draft, change, beginAnew } = useDraft(reservationId === null ? 'sale' : `sale ${reservationId}`, emptySale);
	const operations = useOperations(200);
	const isSaving = useRef(false);
	// Recorded, and then the power went before the draft was thrown away.
	const isRecorded = operations.some(
		({ operation: { type, payload } }) => type === 'sell' && (payload as { saleId?: unknown }).saleId === draft.saleId,
	);
	const basket = isRecorded ? emptyBasket : draft.basket;
	const changeBasket = (next: (before: Basket) => Basket) =>
		change((before) => ({
			saleId: isRecorded ? newId() : before.saleId,
			basket: next(isRecorded ? emptyBasket : before.basket),
		}));
	const skus = useMemo(() => [...new Set(basket.lines.map(({ sku }) => sku))], [basket.lines]);
	const stocks = useStocksHere(skus);
	const hurt =
		stocks === null || skus.some((sku) => !stocks.has(sku))
			? []
			: hurtBySale(basket, unitsOf(stocks), reservations, reservationId, now);
	const kept = useMemo(
		() => (reservation !== null && isHeld(reservation, now) ? unitsHeld(reservation) : new Map<string, number>()),
		[reservation, now],
	);

	const addByName = useGoods({
		basket,
		changeBasket,
		say,
		remark: async ({ basket: next, line }): Promise<Verdict | null> => {
			const here = await readStocksHere([line.sku], deviceId);
			if (here === null) return null;
			const taken = hurtBySale(next, unitsOf(here), reservations, reservationId, now).find(
				({ sku }) => sku === line.sku,
			);
			if (taken === undefined) return null;
			const title = taken.promised > 0 ? 'verdict.promised' : 'verdict.notInBooks';
			const count = taken.promised > 0 ? taken.promised : taken.unknown;
			return {
				kind: 'attention',
				title: t(title, { count }),
				detail: t('verdict.added', { count: line.quantity ?? 0, name: line.name }),
			};
		},
	});
	const { side, actions } = useBasketSide({
		basket,
		changeBasket,
		addByName,
		remarkOf: ({ sku }) => {
			const taken = hurt.find((each) => each.sku === sku);
			return taken === undefined ? null : { text: t('hurt.line', { count: taken.free }), isWarning: true };
		},
	});

	const lines = filledLines(basket);
	const total = totalOf(basket);
	const sell = async () => {
		// A second Enter while the first is still being saved must not sell twice.
		if (lines === null || isSaving.current) return;
		isSaving.current = true;
		try {
			const here = await readStocksHere(skus, deviceId);
			const left = new Map([...(here ?? [])].map(([sku, { mayPromise }]) => [sku, mayPromise]));
			const isSaved = await record('sell', {
				saleId: draft.saleId,
				lines: saleLines(lines),
				...(reservationId === null ? {} : { reservationId }),
				...(exchange === null
					? {}
					: { orderId: exchange.orderId, orderNumber: exchange.orderNumber, returnId: exchange.returnId }),
				rights: rightsOfSale(basket, left, kept),
			});
			if (!isSaved) return;
			const title = t('sale.done', { count: unitsIn(basket), money: total === null ? '' : money(total) });
			beginAnew();
			// The next sale is another customer's.
			if (exchange !== null)
				void navigate({
					to: '.',
					replace: true,
					state: (before) => ({ ...before, exchangeFor: undefined }),
				});
			say({
				kind: hurt.length === 0 ? 'right' : 'attention',
				title,
				detail: t(hurt.length === 0 ? 'sale.saved' : 'sale.savedHurt'),
			});
		} finally {
			isSaving.current = false;
		}
	};
	const takeKept = async () => {
		for (const [sku, units] of kept) {
			const product = await findProduct(sku);
			const bin = (await readStocksHere([sku], deviceId))?.get(sku)?.bin ?? '';
			if (product !== null && units > 0)
				changeBasket((before) => setQuantity(addProduct(before, product, bin), product.id, units));
		}
	};
	const sellLabel = t(hurt.length === 0 ? 'sale.record' : 'sale.recordHurt', {
		count: unitsIn(basket),
		money: total === null ? '' : money(total),
	});
	return (
		<Screen
			title={t(reservationId === null ? 'sale.title' : 'sale.titleKept')}
			subtitle={reservation?.customer?.name}
			primary={
				basket.lines.length === 0
					? undefined
					: {
							label: lines === null ? t('sale.howMany') : sellLabel,
							disabled: lines === null,
							onAct: () => void sell(),
						}
			}
			actions={[
				...actions,
				...(kept.size === 0 || basket.lines.length > 0
					? []
					: [{ key: 'F4', label: t('sale.allKept'), onAct: () => void takeKept() }]),
				{ key: 'F9', label: t('kept.action'), onAct: () => void navigate({ to: '/reservations' }) },
			]}
		>
			<div className={classes.sides}>
				{side}
				<section className={classes.side}>
					<VerdictPanel verdict={verdict} />
					{exchange === null ? null : <PaidBackPanel exchange={exchange} total={total} />}
					{reservation === null ? null : <KeptPanel reservation={reservation} />}
					{hurt.length === 0 ? null : <HurtPanel hurt={hurt} reservations={reservations} own={reservationId} />}
					{basket.lines.length === 0 && verdict === null ? <Text c="dimmed">{t('sale.hint')}</Text> : null}
				</section>
			</div>
		</Screen>
	);
}

function unitsOf(
	stocks: ReadonlyMap<string, { readonly units: { readonly available: number; readonly allocated: number } }>,
) {
	return new Map([...stocks].map(([sku, { units }]) => [sku, units]));
}
