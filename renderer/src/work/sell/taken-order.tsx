import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import { orderNumberOf } from '../../../../shared/domain/order-number.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { useOperations } from '../../device/index.ts';
import { useOrder } from '../../replica/index.ts';
import { Screen, useMoneyText, useTimeText } from '../../ui/index.ts';
import { totalOf, unitsIn } from './basket.ts';
import type { CaptureDraft } from './capture-draft.ts';
import { readCustomer } from './read-customer.ts';
import classes from './sell.module.css';

/** An Enter too many must not wipe away what the customer is to be told. */
const restMs = 800;

/** An order that was just taken: its number, the promise, and what central has made of it so far. */
export function TakenOrder(props: {
	readonly taken: CaptureDraft;
	readonly site: Site;
	readonly onNext: () => void;
	readonly onChange: () => void;
}) {
	const { t } = useTranslation('sell');
	const navigate = useNavigate();
	const money = useMoneyText();
	const time = useTimeText();
	const { taken, site } = props;
	const { orderId, fulfillmentOrderId, method, typed, basket, passCode } = taken;
	const since = useRef(performance.now());
	const order = useOrder(orderId);
	const operation = useOperations(200).find(
		({ operation: { type, payload } }) =>
			type === 'capture_order' && (payload as { orderId?: unknown }).orderId === orderId,
	);
	const fate = fateOf(operation);
	const { customer, shipTo } = readCustomer(typed, method, site);
	const total = totalOf(basket);
	return (
		<Screen
			title={t('capture.title')}
			subtitle={t('taken.order', { number: orderNumberOf(orderId) })}
			primary={{
				label: t('taken.next'),
				onAct: () => {
					if (performance.now() - since.current > restMs) props.onNext();
				},
			}}
			actions={
				fate === 'refused'
					? [{ key: 'F4', label: t('taken.change'), onAct: props.onChange }]
					: [
							{
								key: 'F4',
								label: t('taken.open'),
								onAct: () => void navigate({ to: '/orders/$orderId', params: { orderId } }),
							},
							{
								key: 'F6',
								label: t('taken.pick'),
								onAct: () => void navigate({ to: '/pick/$fulfillmentOrderId', params: { fulfillmentOrderId } }),
							},
						]
			}
		>
			<section className={fate === 'refused' ? classes.warning : classes.panel} aria-live="polite">
				<Text className={classes.large}>{t(`taken.fate.${fate}`, { number: orderNumberOf(orderId) })}</Text>
				<Text size="lg">{t(`taken.fateDetail.${fate}`)}</Text>
			</section>
			{fate === 'refused' ? null : (
				<section className={classes.panel} aria-label={t('taken.tell')}>
					<Text size="lg" fw={650}>
						{t(`capture.promise.${method}`, {
							count: unitsIn(basket),
							name: customer.name,
							town: shipTo.town,
							due: order === null ? '' : time.due(order.promisedAt),
						})}
					</Text>
					{method === 'pickup' ? (
						<Text size="lg">
							{t('taken.pass')} <b>{passCode}</b>
						</Text>
					) : null}
					{total === null ? null : <Text size="lg">{t('taken.total', { money: money(total) })}</Text>}
				</section>
			)}
		</Screen>
	);
}

type Fate = 'saved' | 'sent' | 'confirmed' | 'refused';

function fateOf(operation: JournaledOperation | undefined): Fate {
	if (operation === undefined) return 'saved';
	const { state, outcome } = operation;
	if (outcome !== null && outcome.outcome !== 'applied') return 'refused';
	return state === 'needs_attention' ? 'confirmed' : state;
}
