import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { destinationOf } from '../../app/destination.ts';
import { useAttention, useDeviceValues } from '../../device/index.ts';
import { countPath, openQuickCounts } from '../../fulfillment/quick-counts.ts';
import {
	useCounts,
	useExceptions,
	useFulfillmentOrders,
	usePurchaseOrders,
	useReplicaReady,
	useSite,
	useTransfers,
} from '../../replica/index.ts';
import { EmptyState, Key, LoadingState, Screen, useTimeText, VirtualList } from '../../ui/index.ts';
import classes from './today-screen.module.css';
import { dueDeliveries, nextWork, todaysWork } from './todays-work.ts';
import { WorkRow } from './work-row.tsx';

/** What is late, due and mine, in order of promise; Enter starts the next sensible piece of work. */
export function TodayScreen() {
	const { t } = useTranslation('today');
	const navigate = useNavigate();
	const fulfillmentOrders = useFulfillmentOrders();
	const isReady = useReplicaReady();
	const { myName } = useDeviceValues(({ signedIn }) => ({ myName: signedIn?.name ?? '' }));
	const trouble = useAttention(useExceptions()).count;
	const counts = useCounts();
	const quickCounts = useMemo(() => openQuickCounts(counts), [counts]);
	const [quick] = quickCounts;
	const timeZone = useSite()?.timeZone ?? 'UTC';
	const time = useTimeText();
	const work = useMemo(
		() => todaysWork(fulfillmentOrders, time.now, timeZone, myName),
		[fulfillmentOrders, time.now, timeZone, myName],
	);
	const purchaseOrders = usePurchaseOrders();
	const transfers = useTransfers();
	const siteId = useSite()?.id ?? '';
	const due = useMemo(
		() => dueDeliveries([...purchaseOrders, ...transfers], siteId, time.now.toZonedDateTimeISO(timeZone)),
		[purchaseOrders, transfers, siteId, time.now, timeZone],
	);
	const next = nextWork(work.rows, myName);
	const open = (fulfillment: FulfillmentOrder) => void navigate({ to: destinationOf(fulfillment) });
	return (
		<Screen
			title={t('title')}
			actions={
				quick === undefined
					? []
					: [{ key: 'F8', label: t('countNow'), onAct: () => void navigate({ to: countPath(quick) }) }]
			}
			primary={next === null ? undefined : { label: startWords(next, t), onAct: () => open(next) }}
		>
			<Stack h="100%" gap="md">
				<Group gap="md" grow>
					<Figure label={t('late')} count={work.late} isAlarming={work.late > 0} />
					<Figure label={t('dueToday')} count={work.dueToday} />
					<Figure label={t('mine')} count={work.mine} />
					<Figure label={t('later')} count={work.later} />
				</Group>
				{due.count === 0 ? null : (
					<Group className={classes.deliveries} gap="md" wrap="nowrap" role="status">
						<Text fw={600}>
							{t('deliveries', { count: due.count })}
							{due.late === 0 ? '' : ` · ${t('deliveriesLate', { count: due.late })}`}
						</Text>
						<Button ml="auto" variant="default" onClick={() => void navigate({ to: '/receive' })}>
							{t('receive')}
						</Button>
					</Group>
				)}
				{trouble === 0 ? null : (
					<Group className={classes.trouble} gap="md" wrap="nowrap" role="status">
						<Text fw={600}>
							<span aria-hidden="true">! </span>
							{t('trouble', { count: trouble })}
						</Text>
						<Button ml="auto" variant="default" onClick={() => void navigate({ to: '/sync' })}>
							{t('seeTrouble')}
						</Button>
					</Group>
				)}
				{quick === undefined ? null : (
					<Group className={classes.trouble} gap="md" wrap="nowrap">
						<Text fw={600}>{t('quickCounts', { count: quickCounts.length, name: quick.asked[0]?.name ?? '' })}</Text>
						<Button
							ml="auto"
							variant="default"
							onClick={() => void navigate({ to: countPath(quick) })}
							rightSection={<Key name="F8" />}
						>
							{t('countNow')}
						</Button>
					</Group>
				)}
				<div className={classes.list}>
					{work.rows.length > 0 ? (
						<VirtualList
							label={t('list')}
							rows={work.rows}
							rowKey={({ id }) => id}
							renderRow={(row) => <WorkRow fulfillment={row} time={time} />}
							onOpen={open}
							placeName="today"
						/>
					) : isReady ? (
						<EmptyState title={t('empty')}>
							{work.later === 0 ? t('emptyHint') : t('emptyLater', { count: work.later })}
						</EmptyState>
					) : (
						<LoadingState />
					)}
				</div>
			</Stack>
		</Screen>
	);
}

function startWords(next: FulfillmentOrder, t: TFunction<'today'>): string {
	const key = next.state === 'picked' ? `start.picked.${next.method}` : `start.${next.state}`;
	return t(key, { order: next.orderNumber });
}

function Figure(props: { readonly label: string; readonly count: number; readonly isAlarming?: boolean }) {
	return (
		<Paper
			withBorder
			p="sm"
			radius="md"
			className={classes.figure}
			data-alarming={props.isAlarming === true || undefined}
		>
			<Text component="span" className={classes.number}>
				{props.count}
			</Text>
			<Text component="span" size="lg">
				{props.label}
			</Text>
		</Paper>
	);
}
