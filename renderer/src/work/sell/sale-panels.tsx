import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isHeld, unitsHeld } from '../../../../shared/domain/reservation-units.ts';
import type { Money } from '../../../../shared/money.ts';
import type { Customer } from '../../../../shared/schema/order.ts';
import type { Reservation } from '../../../../shared/schema/reservation.ts';
import { useFulfillmentOrders } from '../../replica/index.ts';
import { useMoneyText, useTimeText } from '../../ui/index.ts';
import { inOrderOfPromise } from '../../ui/promise-order.ts';
import type { Hurt } from './judge-sale.ts';
import { keptLine } from './kept-reservations.ts';
import classes from './sell.module.css';

/** Goods that came back are replaced: what was paid back for them, for which order and whom. */
export interface ExchangeFor {
	readonly orderId: string;
	readonly returnId: string;
	readonly orderNumber: string;
	readonly refund: Money;
	readonly customer: Customer;
}

declare module '@tanstack/react-router' {
	interface HistoryState {
		readonly exchangeFor?: ExchangeFor | undefined;
	}
}

/** What was paid back, and what is still to be paid for the replacement. */
export function PaidBackPanel({ exchange, total }: { readonly exchange: ExchangeFor; readonly total: Money | null }) {
	const { t } = useTranslation('sell');
	const money = useMoneyText();
	const { refund, orderNumber } = exchange;
	const isSameMoney = total !== null && total.currency === refund.currency;
	const difference = isSameMoney ? total.minor - refund.minor : null;
	return (
		<section className={classes.panel} aria-label={t('exchange.title')}>
			<Text fw={650} size="lg">
				{t('exchange.title')}
			</Text>
			<Text>{t('exchange.paidBack', { money: money(refund), number: orderNumber })}</Text>
			{difference === null ? null : (
				<Text className={classes.large}>
					{difference === 0
						? t('exchange.even')
						: t(difference > 0 ? 'exchange.pays' : 'exchange.gets', {
								money: money({ minor: Math.abs(difference), currency: refund.currency }),
							})}
				</Text>
			)}
		</section>
	);
}

/** What is kept, for whom and until when. */
export function KeptPanel({ reservation }: { readonly reservation: Reservation }) {
	const { t } = useTranslation('sell');
	const time = useTimeText();
	const { lines, expiresAt, customer } = reservation;
	return (
		<section className={classes.panel} aria-label={t('kept.title')}>
			<Text fw={650} size="lg">
				{customer === undefined ? t('kept.title') : t('kept.for', { name: customer.name })}
			</Text>
			<ul className={classes.plain}>
				{lines.map((line) => (
					<li key={`${line.sku} ${line.expectedOn}`}>{keptLine(line, t, time)}</li>
				))}
			</ul>
			<Text c="dimmed">
				{isHeld(reservation, time.now) ? t('kept.until', { due: time.due(expiresAt) }) : t('kept.over')}
			</Text>
		</section>
	);
}

const mostShown = 4;

/** Whose goods a sale takes. It is allowed, and nobody should be able to say that they were not told. */
export function HurtPanel(props: {
	readonly hurt: readonly Hurt[];
	readonly reservations: readonly Reservation[];
	readonly own: string | null;
}) {
	const { t } = useTranslation('sell');
	const time = useTimeText();
	const fulfillmentOrders = useFulfillmentOrders();
	const { hurt, reservations, own } = props;
	const whose = useMemo(() => {
		const skus = new Set(hurt.filter(({ promised }) => promised > 0).map(({ sku }) => sku));
		const orders = inOrderOfPromise(
			fulfillmentOrders.filter(({ lines }) =>
				lines.some(({ sku, quantities }) => skus.has(sku) && quantities.toPick > 0),
			),
		).map(({ id, orderNumber, customer, promisedAt }) => ({
			id,
			text: `${orderNumber} · ${customer.name}`,
			at: promisedAt,
		}));
		const kept = reservations
			.filter(
				(each) => each.id !== own && isHeld(each, time.now) && [...unitsHeld(each).keys()].some((sku) => skus.has(sku)),
			)
			.map(({ id, customer, expiresAt }) => ({ id, text: customer?.name ?? t('kept.nobody'), at: expiresAt }));
		return [...kept, ...orders];
	}, [hurt, reservations, own, fulfillmentOrders, time.now, t]);
	return (
		<section className={classes.warning} role="alert">
			<div className={classes.warningTitle}>
				<span aria-hidden="true">! </span>
				{t(hurt.some(({ promised }) => promised > 0) ? 'hurt.promised' : 'hurt.unknown')}
			</div>
			<ul className={classes.plain}>
				{hurt.map(({ sku, name, promised, unknown }) => (
					<li key={sku}>
						{[
							promised > 0 ? t('hurt.linePromised', { count: promised, name }) : '',
							unknown > 0 ? t('hurt.lineUnknown', { count: unknown, name }) : '',
						]
							.filter((each) => each !== '')
							.join(' ')}
					</li>
				))}
			</ul>
			{whose.length === 0 ? null : (
				<Text mt="xs">
					{t('hurt.whose', {
						names: whose
							.slice(0, mostShown)
							.map(({ text }) => text)
							.join(', '),
					})}
					{whose.length > mostShown ? ` ${t('hurt.more', { count: whose.length - mostShown })}` : ''}
				</Text>
			)}
			<Text mt="xs">{t('hurt.allowed')}</Text>
		</section>
	);
}
