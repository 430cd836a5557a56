import { Badge, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import workList from '../../fulfillment/work-list.module.css';
import { findProductByGtins, usePurchaseOrders, useReplicaReady, useSite, useTransfers } from '../../replica/index.ts';
import { type Scan, useScan } from '../../scanning/index.ts';
import {
	EmptyState,
	LoadingState,
	Screen,
	type TimeText,
	useTimeText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { type Delivery, deliveries } from './deliveries.ts';
import { findDelivery } from './find-delivery.ts';
import classes from './receive.module.css';
import { withoutPaper } from './use-receiving.ts';

/** `/receive`: what is to come, the longest expected first. A scanned number, pallet label or product opens its delivery. */
export function ReceiveListScreen() {
	const { t } = useTranslation('receive');
	const navigate = useNavigate();
	const time = useTimeText();
	const isReady = useReplicaReady();
	const site = useSite();
	const purchaseOrders = usePurchaseOrders();
	const transfers = useTransfers();
	const { verdict, say } = useVerdict();
	const today = time.now
		.toZonedDateTimeISO(site?.timeZone ?? 'UTC')
		.toPlainDate()
		.toString();
	const rows = useMemo(
		() => deliveries(purchaseOrders, transfers, site?.id ?? '', today),
		[purchaseOrders, transfers, site?.id, today],
	);
	const [selected, setSelected] = useState<Delivery | null>(null);
	const open = (supplyId: string) => void navigate({ to: '/receive/$supplyId', params: { supplyId } });
	const find = async ({ code, text }: Scan) => {
		const product = code.kind === 'product' ? await findProductByGtins(code.gtins) : null;
		const found = findDelivery(rows, { code, text, product });
		if (found.kind === 'found') return open(found.supplyId);
		if (found.kind === 'several')
			say({ kind: 'attention', title: t('list.several', { count: found.count }), detail: t('list.severalDetail') });
		else if (found.kind === 'not_expected')
			say({
				kind: 'attention',
				title: t('list.notExpected'),
				detail: t('list.notExpectedDetail', { name: found.name }),
			});
		else
			say({
				kind: 'wrong',
				title: t('list.noDelivery'),
				detail: t('list.noDeliveryDetail', { code: text.trim().slice(0, 40) }),
			});
	};
	const failed = useScanFailed(say);
	useScan((scan) => {
		// A pass or a shelf is nothing that is to come: the frame knows where they lead.
		if (scan.code.kind === 'pass' || scan.code.kind === 'location') return false;
		find(scan).catch(failed);
		return true;
	});
	const late = rows.filter(({ when }) => when === 'late').length;
	const dueToday = rows.filter(({ when }) => when === 'today').length;
	const first = selected === null ? rows[0] : (rows.find(({ supply }) => supply.id === selected.supply.id) ?? rows[0]);
	return (
		<Screen
			title={t('list.title')}
			subtitle={[t('list.today', { count: dueToday }), ...(late > 0 ? [t('list.late', { count: late })] : [])].join(
				' · ',
			)}
			primary={first === undefined ? undefined : { label: t('list.open'), onAct: () => open(first.supply.id) }}
			actions={[{ key: 'F4', label: t('list.withoutPaper'), onAct: () => open(withoutPaper) }]}
		>
			<div className={workList.list}>
				<VerdictPanel verdict={verdict} />
				<div className={workList.rows}>
					{!isReady ? (
						<LoadingState />
					) : rows.length === 0 ? (
						<EmptyState title={t('list.emptyTitle')}>{t('list.emptyText')}</EmptyState>
					) : (
						<VirtualList
							label={t('list.label')}
							rows={rows}
							rowKey={keyOf}
							renderRow={(row) => <DeliveryRow delivery={row} time={time} />}
							onOpen={({ supply }) => open(supply.id)}
							onSelect={setSelected}
							placeName="receive"
							autoFocus
						/>
					)}
				</div>
			</div>
		</Screen>
	);
}

const keyOf = ({ supply }: Delivery) => supply.id;

function DeliveryRow({ delivery, time }: { readonly delivery: Delivery; readonly time: TimeText }) {
	const { t } = useTranslation('receive');
	const { supply, from, when, isOnItsWay, isPartlyReceived, products } = delivery;
	const day = time.day(supply.expectedOn);
	const state = isPartlyReceived
		? t('list.partly')
		: supply.kind === 'transfer'
			? t(isOnItsWay ? 'list.onItsWay' : 'list.notSent')
			: '';
	return (
		<div className={`${workList.row} ${classes.row}`}>
			<Text span {...(when === 'late' ? { className: workList.late } : {})}>
				{when === 'late' ? t('list.lateDay', { day }) : day}
			</Text>
			<Badge variant={supply.kind === 'transfer' ? 'outline' : 'light'} size="lg" tt="none">
				{t(`list.kind.${supply.kind}`)}
			</Badge>
			<Text span fw={600}>
				{supply.number} · {from}
			</Text>
			<Text span ta="right">
				{t('list.products', { count: products })}
			</Text>
			<Text span c="dimmed" size="sm">
				{state}
			</Text>
		</div>
	);
}
