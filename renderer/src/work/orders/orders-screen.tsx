import { Badge, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { type Order, orderState } from '../../../../shared/schema/order.ts';
import { useOrders, useReplicaReady } from '../../replica/index.ts';
import { EmptyState, LoadingState, Screen, type TimeText, useTimeText, VirtualList } from '../../ui/index.ts';
import { findOrders, type OrderFilter, orderFilters } from './find-orders.ts';

interface OrderSearch {
	readonly typed: string;
	readonly filter: OrderFilter;
}

/** Remembered while the app is open, so that Esc from an order leads back to the same list. */
const useOrderSearch = create<OrderSearch>()(() => ({ typed: '', filter: 'all' }));

/** Search over the site's orders. */
export function OrdersScreen() {
	const { t } = useTranslation('orders');
	const navigate = useNavigate();
	const orders = useOrders();
	const isReady = useReplicaReady();
	const time = useTimeText();
	const { typed, filter } = useOrderSearch();
	const wished = useDeferredValue(typed);
	const found = useMemo(() => findOrders(orders, wished, filter), [orders, wished, filter]);
	const open = (order: Order) => void navigate({ to: '/orders/$orderId', params: { orderId: order.id } });
	return (
		<Screen
			title={t('title')}
			subtitle={t('found', { count: found.length })}
			actions={[{ key: 'F4', label: t('takeOrder'), onAct: () => void navigate({ to: '/capture' }) }]}
		>
			<Stack h="100%" gap="md">
				<Group align="end">
					<TextInput
						flex={1}
						size="lg"
						label={t('search')}
						value={typed}
						onChange={(event) => useOrderSearch.setState({ typed: event.currentTarget.value })}
						onKeyDown={(event) => {
							const [first] = found;
							if (event.key !== 'Enter' || first === undefined || typed === '') return;
							event.preventDefault();
							open(first);
						}}
						autoComplete="off"
						spellCheck={false}
						autoFocus
					/>
					<NativeSelect
						size="lg"
						label={t('filter')}
						value={filter}
						onChange={(event) => {
							const chosen = orderFilters.find((each) => each === event.currentTarget.value);
							if (chosen !== undefined) useOrderSearch.setState({ filter: chosen });
						}}
						data={orderFilters.map((each) => ({ value: each, label: t(`state.${each}`) }))}
					/>
				</Group>
				<div style={{ flex: 1, minHeight: 0 }}>
					{found.length > 0 ? (
						<VirtualList
							label={t('list')}
							rows={found}
							rowKey={({ id }) => id}
							renderRow={(order) => <OrderRow order={order} time={time} />}
							onOpen={open}
							placeName="orders"
						/>
					) : !isReady ? (
						<LoadingState />
					) : orders.length === 0 ? (
						<EmptyState title={t('nothingYet')}>{t('nothingYetHint')}</EmptyState>
					) : (
						<EmptyState title={t('nothingFound')}>{t('nothingFoundHint')}</EmptyState>
					)}
				</div>
			</Stack>
		</Screen>
	);
}

function OrderRow({ order, time }: { readonly order: Order; readonly time: TimeText }) {
	const { t } = useTranslation(['orders', 'ui']);
	const state = orderState(order);
	const isOpen = state === 'open' || state === 'partly_fulfilled';
	const units = order.lines.reduce((sum, line) => sum + line.ordered, 0);
	return (
		<Group wrap="nowrap" gap="lg">
			<Text fw={650} size="lg" w={110}>
				{order.number}
			</Text>
			<Text flex={1} truncate>
				{order.customer.name}
			</Text>
			<Text c="dimmed" w={90} ta="right">
				{t('units', { count: units })}
			</Text>
			<Badge variant="default" size="lg" tt="none" fw={500} w={110}>
				{t(`ui:method.${order.method}`)}
			</Badge>
			<Text w={160}>{t(`state.${state}`)}</Text>
			<Text w={230} style={{ fontVariantNumeric: 'tabular-nums' }}>
				{isOpen ? time.due(order.promisedAt) : time.time(order.promisedAt)}
			</Text>
		</Group>
	);
}
