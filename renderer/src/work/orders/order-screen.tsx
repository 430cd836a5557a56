import { Anchor, Badge, Group, List, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressText, voidLabels } from '../../../../shared/domain/decide-address.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { type Address, type Order, orderState } from '../../../../shared/schema/order.ts';
import { destinationOf } from '../../app/destination.ts';
import { showNotice } from '../../app/notices.ts';
import { useDeviceStatus, useOperations, useRecord } from '../../device/index.ts';
import { useFulfillmentOrders, useOrder, useReplicaReady, useReturns, useSite } from '../../replica/index.ts';
import {
	EmptyState,
	LoadingState,
	Screen,
	type ScreenAction,
	type TimeText,
	useMoneyText,
	useTimeText,
} from '../../ui/index.ts';
import { AddressDialog } from './address-dialog.tsx';
import { fulfillmentsOf } from './find-orders.ts';
import { type Allowed, currentFulfillment, mayCancel, mayDecline, mayEditAddress, mayReturn } from './order-actions.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { RoutingDecisionsDialog } from './routing-decisions-dialog.tsx';
import { RoutingReasons } from './routing-reason.tsx';
import { Timeline } from './timeline.tsx';
import { unitPlacesOf } from './unit-places.ts';

/** One order: the promise in a sentence, where each unit is, what happened, and what may be done about it. */
export function OrderScreen() {
	const { t } = useTranslation('orders');
	const { orderId } = useParams({ strict: false });
	const order = useOrder(orderId);
	const isReady = useReplicaReady();
	if (order !== null) return <ShownOrder order={order} />;
	return (
		<Screen title={t('title')}>
			{isReady ? <EmptyState title={t('notHere')}>{t('notHereHint')}</EmptyState> : <LoadingState />}
		</Screen>
	);
}

function ShownOrder({ order }: { readonly order: Order }) {
	const { t } = useTranslation(['orders', 'ui']);
	const navigate = useNavigate();
	const record = useRecord();
	const time = useTimeText();
	const money = useMoneyText();
	const { signedIn } = useDeviceStatus();
	const site = useSite();
	const allFulfillments = useFulfillmentOrders();
	const allReturns = useReturns();
	const operations = useOperations(500);
	const [asking, setAsking] = useState<'cancel' | 'decline' | 'address' | 'routing' | null>(null);

	const fulfillments = useMemo(() => fulfillmentsOf(order, allFulfillments), [order, allFulfillments]);
	const returns = useMemo(() => allReturns.filter((each) => each.orderId === order.id), [order.id, allReturns]);
	const unconfirmed = useMemo(
		() =>
			new Set(
				operations.filter(({ state }) => state === 'saved' || state === 'sent').map(({ operation }) => operation.opId),
			),
		[operations],
	);
	const siteNames = useMemo(() => {
		const names = new Map(order.fulfillments.map(({ siteId, siteName }) => [siteId, siteName]));
		if (site !== null) names.set(site.id, site.name);
		return names;
	}, [order.fulfillments, site]);
	const otherSites = order.fulfillments.filter(({ siteId }) => siteId !== site?.id).map(({ siteName }) => siteName);

	const current = currentFulfillment(fulfillments);
	const roles = signedIn?.roles ?? [];
	const cancelling = mayCancel(current, roles);
	const declining = mayDecline(current, roles);
	const returning = mayReturn(order);
	const editing = mayEditAddress(order, roles);
	const next = current === undefined ? null : nextStep(current, t);
	const ask = async (what: 'cancel' | 'decline', reason: string) => {
		setAsking(null);
		if (current === undefined) return;
		const isSaved = await record(what, { fulfillmentOrderId: current.id, orderId: order.id, reason });
		if (isSaved) showNotice({ kind: 'attention', title: t(`${what}.asked`) });
	};
	const editAddress = async (shipTo: Address) => {
		setAsking(null);
		const isSaved = await record('edit_address', { orderId: order.id, shipTo });
		if (isSaved) showNotice({ kind: 'attention', title: t('address.asked') });
	};
	const actions: readonly ScreenAction[] = [
		{
			key: 'F4',
			label: t('takeBack'),
			onAct: () => void navigate({ to: '/return/$orderId', params: { orderId: order.id } }),
			disabled: !returning.allowed,
		},
		{ key: 'F6', label: t('cancel.act'), onAct: () => setAsking('cancel'), disabled: !cancelling.allowed },
		{ key: 'F7', label: t('decline.act'), onAct: () => setAsking('decline'), disabled: !declining.allowed },
		{ key: 'F9', label: t('routing.act'), onAct: () => setAsking('routing'), disabled: order.method !== 'ship' },
		{ key: 'F8', label: t('address.act'), onAct: () => setAsking('address'), disabled: !editing.allowed },
	];
	return (
		<Screen
			title={t('order', { number: order.number })}
			subtitle={`${t(`state.${orderState(order)}`)} · ${t('placed', { time: time.time(order.placedAt), channel: order.channel })}`}
			primary={
				current === undefined || next === null
					? undefined
					: { label: next, onAct: () => void navigate({ to: destinationOf(current) }) }
			}
			actions={actions}
		>
			<Stack gap="lg">
				<Text size="xl" fw={600}>
					{promiseSentence(order, time, t)}
				</Text>
				{order.method === 'ship' ? (
					<Text c="dimmed">{t('address.now', { address: addressText(order.shipTo) })}</Text>
				) : null}
				<SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
					<Stack gap="lg">
						<Section title={t('lines')}>
							<Lines order={order} fulfillments={fulfillments} otherSites={otherSites} />
						</Section>
						<Section title={t('fulfillments')}>
							<List listStyleType="none" spacing="xs">
								{order.fulfillments.map((each) => (
									<List.Item key={each.fulfillmentOrderId}>
										<FulfillmentLine
											each={each}
											shipTo={order.shipTo}
											here={fulfillments.find(({ id }) => id === each.fulfillmentOrderId)}
										/>
									</List.Item>
								))}
							</List>
						</Section>
						{order.method === 'ship' && fulfillments.length > 0 ? (
							<Section title={t('routing.why')}>
								<RoutingReasons parts={fulfillments} onShowAll={() => setAsking('routing')} />
							</Section>
						) : null}
						{returns.length === 0 ? null : (
							<Section title={t('returns')}>
								<List listStyleType="none" spacing="xs">
									{returns.map((each) => (
										<List.Item key={each.id}>
											{t('return', {
												units: t('units', { count: each.lines.reduce((sum, line) => sum + line.quantity, 0) }),
												refund: money(each.refund),
												name: each.actorName,
											})}
											{` · ${time.time(each.receivedAt)}`}
											{exchangedFor(order, each.id) === 0
												? ''
												: ` · ${t('did.exchanged', { count: exchangedFor(order, each.id) })}`}
											{each.state === 'needs_review' ? (
												<Badge ml="sm" color="orange.9" tt="none">
													{t('needsReview')}
												</Badge>
											) : null}
										</List.Item>
									))}
								</List>
							</Section>
						)}
						<WhyNot cancelling={cancelling} declining={declining} editing={editing} returning={returning} />
					</Stack>
					<Section title={t('timeline')}>
						<Timeline order={order} unconfirmed={unconfirmed} siteNames={siteNames} time={time} />
					</Section>
				</SimpleGrid>
			</Stack>
			{asking === 'address' ? (
				<AddressDialog
					number={order.number}
					shipTo={order.shipTo}
					onEdit={(shipTo) => void editAddress(shipTo)}
					onClose={() => setAsking(null)}
				/>
			) : null}
			{asking === 'routing' ? (
				<RoutingDecisionsDialog orderId={order.id} number={order.number} onClose={() => setAsking(null)} />
			) : null}
			{asking === null || asking === 'address' || asking === 'routing' || current === undefined ? null : (
				<ReasonDialog
					title={t(`${asking}.title`, { number: current.number })}
					warning={t(`${asking}.warning`)}
					reasonLabel={t(`${asking}.reason`)}
					confirm={t(`${asking}.confirm`, { number: current.number })}
					onConfirm={(reason) => void ask(asking, reason)}
					onClose={() => setAsking(null)}
				/>
			)}
		</Screen>
	);
}

function nextStep({ state, method }: FulfillmentOrder, t: TFunction<['orders', 'ui']>): string | null {
	if (state === 'picked') return t(`next.picked.${method}`);
	return state === 'assigned' || state === 'picking' || state === 'packed' || state === 'ready'
		? t(`next.${state}`)
		: null;
}

function promiseSentence(order: Order, time: TimeText, t: TFunction<['orders', 'ui']>): string {
	const state = orderState(order);
	const count = order.lines.reduce((sum, line) => sum + line.ordered, 0);
	const key =
		state === 'open' || state === 'partly_fulfilled' ? `promise.${order.method}.${state}` : `promise.${state}`;
	return t(key, {
		customer: order.customer.name,
		town: order.shipTo.town,
		units: t('units', { count }),
		due: time.due(order.promisedAt),
	});
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<Paper component="section" withBorder p="md" radius="md" aria-label={title}>
			<Title order={2} mb="sm">
				{title}
			</Title>
			{children}
		</Paper>
	);
}

function Lines(props: {
	readonly order: Order;
	readonly fulfillments: readonly FulfillmentOrder[];
	readonly otherSites: readonly string[];
}) {
	const { t } = useTranslation('orders');
	const money = useMoneyText();
	return (
		<Table verticalSpacing="sm">
			<Table.Tbody>
				{props.order.lines.map((line) => (
					<Table.Tr key={line.id}>
						<Table.Td w={70} ta="right" style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }} fz="xl" fw={650}>
							{line.ordered} ×
						</Table.Td>
						<Table.Td>
							<Text fw={600}>{line.name}</Text>
							<Text c="dimmed" size="sm">
								{line.sku} · {money(line.unitPrice)}
							</Text>
							<Text>
								{unitPlacesOf(line, props.fulfillments, props.otherSites)
									.map(({ place, quantity, detail = '' }) => `${quantity} ${t(`place.${place}`, { detail })}`)
									.join(' · ')}
							</Text>
						</Table.Td>
					</Table.Tr>
				))}
			</Table.Tbody>
		</Table>
	);
}

function FulfillmentLine(props: {
	readonly each: Order['fulfillments'][number];
	readonly shipTo: Address;
	readonly here: FulfillmentOrder | undefined;
}) {
	const { t } = useTranslation(['orders', 'ui']);
	const navigate = useNavigate();
	const { each, here } = props;
	const label = t('fulfillment', { number: each.number, method: t(`ui:method.${each.method}`), site: each.siteName });
	if (here === undefined) {
		return (
			<Text>
				{label} ·{' '}
				<Text span c="dimmed">
					{t('otherSite')}
				</Text>
			</Text>
		);
	}
	return (
		<Group gap="xs">
			<Anchor component="button" onClick={() => void navigate({ to: destinationOf(here) })}>
				{label}
			</Anchor>
			<Text>
				{t(`ui:fulfillmentState.${here.state}`)}
				{here.stagedAt === null ? '' : `, ${t('stagedAt', { location: here.stagedAt })}`}
			</Text>
			{voidLabels(here, props.shipTo).length === 0 ? null : (
				<Badge color="orange.9" tt="none">
					{t('labelVoid')}
				</Badge>
			)}
		</Group>
	);
}

function WhyNot(props: {
	readonly cancelling: Allowed;
	readonly declining: Allowed;
	readonly editing: Allowed;
	readonly returning: Allowed;
}) {
	const { t } = useTranslation('orders');
	const reasons = [
		['cancel', props.cancelling],
		['decline', props.declining],
		['address', props.editing],
		['return', props.returning],
	] as const;
	const missing = reasons.flatMap(([what, allowed]) => (allowed.allowed ? [] : [{ what, why: allowed.why }]));
	if (missing.length === 0) return null;
	return (
		<Section title={t('whyNot.title')}>
			<List listStyleType="none">
				{missing.map(({ what, why }) => (
					<List.Item key={what}>{t(`whyNot.${what}`, { why: t(`whyNot.${why}`) })}</List.Item>
				))}
			</List>
		</Section>
	);
}

/** Units that the customer took along for what came back with this return. */
function exchangedFor({ returns = [] }: Order, returnId: string): number {
	return (returns.find((record) => record.returnId === returnId)?.exchanges ?? []).reduce(
		(sum, { units }) => sum + units,
		0,
	);
}
