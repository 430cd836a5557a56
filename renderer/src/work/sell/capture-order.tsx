import { Text } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { promisedAt } from '../../../../shared/domain/promise.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { newId, useDeviceValues, useRecord } from '../../device/index.ts';
import { readStocksHere, useOrder, useStocksHere } from '../../replica/index.ts';
import { Screen, useTimeText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { type Basket, filledLines, totalOf, unitsIn } from './basket.ts';
import { type CaptureDraft, capturePayload, emptyCapture, replacing } from './capture-draft.ts';
import { coverOf, fewer, isCovered, rightsTaken } from './cover.ts';
import { CoverPanel } from './cover-panel.tsx';
import { coverRemark, leftOf } from './cover-words.ts';
import { CustomerFields } from './customer-fields.tsx';
import { passCodeOf } from './pass-code.ts';
import { readCustomer } from './read-customer.ts';
import { PaidBackPanel } from './sale-panels.tsx';
import classes from './sell.module.css';
import { TakenOrder } from './taken-order.tsx';
import { useBasketSide } from './use-basket-side.tsx';
import { useDraft } from './use-draft.ts';
import { useGoods } from './use-goods.ts';

const newDraft = (): CaptureDraft =>
	emptyCapture({ newId, passCode: () => passCodeOf(crypto.getRandomValues(new Uint8Array(6))) });

/** The order on the left, the customer on the right, the promise in a sentence; then what became of it. */
export function CaptureOrder({ site }: { readonly site: Site }) {
	const { draft, change, beginAnew } = useDraft('order', newDraft);
	const [taken, setTaken] = useState<CaptureDraft | null>(null);
	// Recorded, and then the power went before the draft was thrown away.
	const isRecorded = useOrder(draft.orderId) !== null;
	const exchange = useLocation({ select: ({ state }) => state.exchangeFor });
	const isBegun = !isRecorded && draft.basket.lines.length > 0;
	useEffect(() => {
		if (exchange === undefined || isBegun || taken !== null) return;
		change((before) => (before.replaces === exchange.orderNumber ? before : replacing(newDraft(), exchange)));
	}, [exchange, isBegun, taken, change]);
	if (taken !== null) {
		return (
			<TakenOrder
				taken={taken}
				site={site}
				onNext={() => setTaken(null)}
				onChange={() => {
					// Central did not take it: the same goods and customer under another number.
					change(() => ({ ...newDraft(), method: taken.method, typed: taken.typed, basket: taken.basket }));
					setTaken(null);
				}}
			/>
		);
	}
	return (
		<OpenOrder
			key={draft.orderId}
			site={site}
			draft={isRecorded ? null : draft}
			onChange={change}
			onTaken={() => {
				setTaken(draft);
				beginAnew();
			}}
			onBeginAnew={beginAnew}
		/>
	);
}

interface OpenOrderProps {
	readonly site: Site;
	/** null for one that was recorded already. */
	readonly draft: CaptureDraft | null;
	readonly onChange: (change: (before: CaptureDraft) => CaptureDraft) => void;
	readonly onTaken: () => void;
	readonly onBeginAnew: () => void;
}

function OpenOrder({ site, draft: given, onChange, onTaken, onBeginAnew }: OpenOrderProps) {
	const { t } = useTranslation('sell');
	const navigate = useNavigate();
	const exchange = useLocation({ select: ({ state }) => state.exchangeFor });
	const record = useRecord();
	const time = useTimeText();
	const { deviceId, isOnline } = useDeviceValues(({ enrolled, connection }) => ({
		deviceId: enrolled?.deviceId,
		isOnline: connection.kind === 'online' || connection.kind === 'slow',
	}));
	const { verdict, say } = useVerdict();
	const [fresh] = useState(newDraft);
	const draft = given ?? fresh;
	const { basket, method, typed } = draft;
	const put = useCallback(
		(next: (before: CaptureDraft) => CaptureDraft) => onChange((before) => next(given === null ? fresh : before)),
		[onChange, given, fresh],
	);
	const changeBasket = (next: (before: Basket) => Basket) =>
		put((before) => ({ ...before, basket: next(before.basket) }));
	const isSaving = useRef(false);
	const nameField = useRef<HTMLInputElement>(null);
	const skus = useMemo(() => [...new Set(basket.lines.map(({ sku }) => sku))], [basket.lines]);
	const stocks = useStocksHere(skus);
	const left = leftOf(stocks);
	const covers = coverOf(basket, left);
	const isKnown = stocks !== null && skus.every((sku) => stocks.has(sku));
	const isBlocked = isKnown && !isOnline && !isCovered(covers);
	const customer = readCustomer(typed, method, site);
	const promised = promisedAt(site, method, time.now.toString());

	const addByName = useGoods({ basket, changeBasket, say });
	const { side, actions } = useBasketSide({
		basket,
		changeBasket,
		addByName,
		remarkOf: ({ key, sku }) => coverRemark(covers, key, stocks?.get(sku)?.mayPromise, isOnline, t),
	});
	const lines = filledLines(basket);
	const isReady = lines !== null && customer.faults.size === 0 && isKnown && !isBlocked;
	const take = async () => {
		if (!isReady || isSaving.current) return;
		isSaving.current = true;
		try {
			const now = leftOf(await readStocksHere(skus, deviceId));
			if (!isOnline && !isCovered(coverOf(basket, now))) return;
			const parts = {
				site,
				customer,
				placedAt: time.now.toString(),
				promisedAt: promised,
				rights: rightsTaken(basket, now),
			};
			if (await record('capture_order', capturePayload(draft, lines, parts))) onTaken();
		} finally {
			isSaving.current = false;
		}
	};
	const units = unitsIn(basket);
	const promise = t(`capture.promise.${method}`, {
		count: units,
		name: customer.customer.name === '' ? t('capture.theCustomer') : customer.customer.name,
		town: customer.shipTo.town,
		due: time.due(promised),
	});
	const missing = lines === null ? 'sale.howMany' : customer.faults.size > 0 ? 'capture.whoFirst' : null;
	return (
		<Screen
			title={t('capture.title')}
			primary={
				basket.lines.length === 0
					? undefined
					: {
							label: missing === null ? t('capture.record', { count: units }) : t(missing),
							disabled: !isReady,
							onAct: () => void take(),
						}
			}
			actions={[
				...actions,
				{
					key: 'F4',
					label: t(method === 'pickup' ? 'capture.toShip' : 'capture.toPickup'),
					onAct: () => put((before) => ({ ...before, method: method === 'pickup' ? 'ship' : 'pickup' })),
				},
				{ key: 'F2', label: t('customer.action'), onAct: () => nameField.current?.focus() },
				...(isBlocked
					? [{ key: 'F7', label: t('cover.fewer'), onAct: () => changeBasket((before) => fewer(before, left)) }]
					: []),
				...(basket.lines.length === 0 ? [] : [{ key: 'F10', label: t('capture.anew'), onAct: onBeginAnew }]),
			]}
			onBack={() => void navigate({ to: '/orders' })}
		>
			<div className={classes.sides}>
				{side}
				<section className={classes.side}>
					<VerdictPanel verdict={verdict} />
					{exchange !== undefined && draft.replaces === exchange.orderNumber ? (
						<PaidBackPanel exchange={exchange} total={totalOf(basket)} />
					) : null}
					<CustomerFields
						method={method}
						typed={typed}
						faults={customer.faults}
						nameRef={nameField}
						onType={(change) => put((before) => ({ ...before, typed: { ...before.typed, ...change } }))}
					/>
					{basket.lines.length === 0 ? null : (
						<Text size="lg" fw={650}>
							{promise}
						</Text>
					)}
					<CoverPanel covers={covers} basket={basket} isOnline={isOnline} isKnown={isKnown} />
				</section>
			</div>
		</Screen>
	);
}
