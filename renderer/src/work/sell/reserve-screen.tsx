import { NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId, useDeviceValues, useRecord } from '../../device/index.ts';
import { readStocksHere, useReplicaReady, useReservations, useSite, useStocksHere } from '../../replica/index.ts';
import { LoadingState, Screen, useTimeText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { type Basket, emptyBasket, filledLines, unitsIn } from './basket.ts';
import { coverOf, fewer, isCovered, rightsTaken } from './cover.ts';
import { CoverPanel } from './cover-panel.tsx';
import { coverRemark, leftOf } from './cover-words.ts';
import { type KeepFor, keepFor, reservationEnd } from './reservation-end.ts';
import classes from './sell.module.css';
import { useBasketSide } from './use-basket-side.tsx';
import { useDraft } from './use-draft.ts';
import { useGoods } from './use-goods.ts';

interface ReserveDraft {
	readonly reservationId: string;
	readonly basket: Basket;
	readonly name: string;
	readonly phone: string;
	readonly until: KeepFor;
}
const emptyReserve = (): ReserveDraft => ({
	reservationId: newId(),
	basket: emptyBasket,
	name: '',
	phone: '',
	until: 'two_hours',
});

/** `/reserve`: goods are kept for a customer until a time. */
export function ReserveScreen() {
	const isReady = useReplicaReady();
	const { t } = useTranslation('sell');
	if (isReady) return <Reserve />;
	return (
		<Screen title={t('reserve.title')}>
			<LoadingState />
		</Screen>
	);
}

function Reserve() {
	const { t } = useTranslation('sell');
	const navigate = useNavigate();
	const record = useRecord();
	const time = useTimeText();
	const site = useSite();
	const { deviceId, isOnline } = useDeviceValues(({ enrolled, connection }) => ({
		deviceId: enrolled?.deviceId,
		isOnline: connection.kind === 'online' || connection.kind === 'slow',
	}));
	const { verdict, say } = useVerdict();
	const { draft: stored, change, beginAnew } = useDraft('reservation', emptyReserve);
	// Recorded, and then the power went before the draft was thrown away.
	const isRecorded = useReservations().some(({ id }) => id === stored.reservationId);
	const [fresh] = useState(emptyReserve);
	const draft = isRecorded ? fresh : stored;
	const { basket } = draft;
	const put = (next: (before: ReserveDraft) => ReserveDraft) => change(() => next(draft));
	const changeBasket = (next: (before: Basket) => Basket) =>
		put((before) => ({ ...before, basket: next(before.basket) }));
	const isSaving = useRef(false);
	const skus = useMemo(() => [...new Set(basket.lines.map(({ sku }) => sku))], [basket.lines]);
	const stocks = useStocksHere(skus);
	const left = leftOf(stocks);
	const covers = coverOf(basket, left);
	const isKnown = stocks !== null && skus.every((sku) => stocks.has(sku));
	const isBlocked = isKnown && !isOnline && !isCovered(covers);

	const addByName = useGoods({ basket, changeBasket, say });
	const { side, actions } = useBasketSide({
		basket,
		changeBasket,
		addByName,
		remarkOf: ({ key, sku }) => coverRemark(covers, key, stocks?.get(sku)?.mayPromise, isOnline, t),
	});
	const lines = filledLines(basket);
	const isReadyToSave = lines !== null && draft.name.trim() !== '' && isKnown && !isBlocked && site !== null;
	const reserve = async () => {
		if (!isReadyToSave || isSaving.current) return;
		isSaving.current = true;
		try {
			const now = leftOf(await readStocksHere(skus, deviceId));
			if (!isOnline && !isCovered(coverOf(basket, now))) return;
			const [name, phone] = [draft.name.trim(), draft.phone.trim()];
			const expiresAt = reservationEnd(site, draft.until, time.now);
			const isSaved = await record('reserve_stock', {
				reservationId: draft.reservationId,
				lines: lines.map((line) => ({ sku: line.sku, name: line.name, quantity: line.quantity })),
				customer: { name, ...(phone === '' ? {} : { phone }) },
				expiresAt,
				rights: rightsTaken(basket, now),
			});
			if (!isSaved) return;
			const title = t('reserve.done', { count: unitsIn(basket), name });
			const isOwn = isCovered(coverOf(basket, now));
			beginAnew();
			say({
				kind: isOwn ? 'right' : 'attention',
				title,
				detail: t(isOwn ? 'reserve.until' : 'reserve.asked', { due: time.due(expiresAt) }),
			});
		} finally {
			isSaving.current = false;
		}
	};
	return (
		<Screen
			title={t('reserve.title')}
			primary={
				basket.lines.length === 0
					? undefined
					: {
							label:
								lines === null
									? t('sale.howMany')
									: draft.name.trim() === ''
										? t('reserve.whoFirst')
										: t('reserve.record', { count: unitsIn(basket), name: draft.name.trim() }),
							disabled: !isReadyToSave,
							onAct: () => void reserve(),
						}
			}
			actions={[
				...actions,
				...(isBlocked
					? [{ key: 'F7', label: t('cover.fewer'), onAct: () => changeBasket((before) => fewer(before, left)) }]
					: []),
				{ key: 'F9', label: t('kept.action'), onAct: () => void navigate({ to: '/reservations' }) },
			]}
		>
			<div className={classes.sides}>
				{side}
				<section className={classes.side}>
					<VerdictPanel verdict={verdict} />
					<div className={classes.fields}>
						<TextInput
							label={t('customer.name')}
							value={draft.name}
							autoComplete="off"
							maxLength={200}
							required
							onChange={({ currentTarget: { value } }) => put((before) => ({ ...before, name: value }))}
						/>
						<TextInput
							label={t('customer.phone')}
							value={draft.phone}
							autoComplete="off"
							maxLength={40}
							onChange={({ currentTarget: { value } }) => put((before) => ({ ...before, phone: value }))}
						/>
						<NativeSelect
							className={classes.wide}
							label={t('reserve.keepUntil')}
							value={draft.until}
							data={keepFor.map((each) => ({
								value: each,
								label: t(`reserve.keep.${each}`, {
									time: site === null ? '' : time.time(reservationEnd(site, each, time.now)),
								}),
							}))}
							onChange={({ currentTarget: { value } }) => {
								const until = keepFor.find((each) => each === value);
								if (until !== undefined) put((before) => ({ ...before, until }));
							}}
						/>
					</div>
					<CoverPanel covers={covers} basket={basket} isOnline={isOnline} isKnown={isKnown} />
				</section>
			</div>
		</Screen>
	);
}
