import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import workList from '../../fulfillment/work-list.module.css';
import {
	currentDocuments,
	findProductByGtins,
	useFulfillmentOrders,
	useOrders,
	useReplicaReady,
} from '../../replica/index.ts';
import { type Scan, useScan } from '../../scanning/index.ts';
import {
	EmptyState,
	LoadingState,
	Screen,
	useTimeText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import classes from './pack.module.css';
import { findPackWork, type PackWork, packWork } from './pack-work.ts';

/** `/pack`: what is picked and goes out by carrier, by promised time; a scanned order or item opens its FO. */
export function PackListScreen() {
	const { t } = useTranslation('pack');
	const navigate = useNavigate();
	const timeText = useTimeText();
	const isReady = useReplicaReady();
	const fulfillmentOrders = useFulfillmentOrders();
	const { verdict, say } = useVerdict();
	const orders = useOrders();
	const work = useMemo(() => packWork(fulfillmentOrders, orders), [fulfillmentOrders, orders]);
	const [selected, setSelected] = useState<PackWork | null>(null);

	const open = (fulfillmentOrderId: string) =>
		void navigate({ to: '/pack/$fulfillmentOrderId', params: { fulfillmentOrderId } });
	const find = async ({ code }: Scan) => {
		const product = code.kind === 'product' ? await findProductByGtins(code.gtins) : null;
		const found = findPackWork(packWork(currentDocuments('fulfillment_order')), code, product);
		if (found !== null) open(found.id);
		else say({ kind: 'attention', title: t('list.notHere'), detail: t('list.notHereDetail') });
	};
	const failed = useScanFailed(say);
	useScan((scan) => {
		if (scan.code.kind !== 'order' && scan.code.kind !== 'product') return false;
		find(scan).catch(failed);
		return true;
	});

	if (!isReady) {
		return (
			<Screen title={t('list.title')}>
				<LoadingState />
			</Screen>
		);
	}
	if (work.length === 0) {
		return (
			<Screen title={t('list.title')}>
				{verdict === null ? null : <VerdictPanel verdict={verdict} />}
				<EmptyState title={t('list.emptyTitle')}>{t('list.emptyText')}</EmptyState>
			</Screen>
		);
	}
	const late = work.filter(({ fulfillmentOrder }) => timeText.isLate(fulfillmentOrder.promisedAt)).length;
	const subtitle = [t('list.orders', { count: work.length }), ...(late > 0 ? [t('list.late', { count: late })] : [])];
	const chosen = work.find(({ fulfillmentOrder }) => fulfillmentOrder.id === selected?.fulfillmentOrder.id) ?? work[0];
	return (
		<Screen
			title={t('list.title')}
			subtitle={subtitle.join(' · ')}
			primary={{ label: t('list.open'), onAct: () => chosen !== undefined && open(chosen.fulfillmentOrder.id) }}
		>
			<div className={workList.list}>
				{verdict === null ? null : <VerdictPanel verdict={verdict} />}
				<div className={workList.rows}>
					<VirtualList
						label={t('list.label')}
						rows={work}
						rowKey={({ fulfillmentOrder }) => fulfillmentOrder.id}
						renderRow={({ fulfillmentOrder, toPack, toShip, voidLabels }) => (
							<div className={`${workList.row} ${classes.row}`}>
								<Text span {...(timeText.isLate(fulfillmentOrder.promisedAt) ? { className: workList.late } : {})}>
									{timeText.due(fulfillmentOrder.promisedAt)}
								</Text>
								<Text span fw={600}>
									{fulfillmentOrder.orderNumber} · {fulfillmentOrder.customer.name}
								</Text>
								<Text span ta="right">
									{voidLabels > 0
										? t('list.voidLabels', { count: voidLabels })
										: toShip > 0
											? t('list.labels', { count: toShip })
											: t('list.units', { count: toPack })}
								</Text>
							</div>
						)}
						onOpen={({ fulfillmentOrder }) => open(fulfillmentOrder.id)}
						onSelect={setSelected}
						placeName="pack"
						autoFocus
					/>
				</div>
			</div>
		</Screen>
	);
}
