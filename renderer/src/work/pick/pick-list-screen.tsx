import { Badge, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { printGtin } from '../../../../shared/codes/index.ts';
import { useDeviceStatus } from '../../device/index.ts';
import { codeVerdictText } from '../../fulfillment/code-verdict-text.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import workList from '../../fulfillment/work-list.module.css';
import { currentDocuments, findProductByGtins, useFulfillmentOrders, useReplicaReady } from '../../replica/index.ts';
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
import classes from './pick.module.css';
import { findWork, type PickWork, pickWork } from './pick-work.ts';

/** `/pick`: what is to be picked, by promised time; a scanned order or product opens the FO that needs it first. */
export function PickListScreen() {
	const { t } = useTranslation('pick');
	const navigate = useNavigate();
	const timeText = useTimeText();
	const isReady = useReplicaReady();
	const fulfillmentOrders = useFulfillmentOrders();
	const ownName = useDeviceStatus().signedIn?.name ?? '';
	const { verdict, say } = useVerdict();
	const work = useMemo(() => pickWork(fulfillmentOrders), [fulfillmentOrders]);
	const [selected, setSelected] = useState<PickWork | null>(null);

	const open = (fulfillmentOrderId: string) =>
		void navigate({ to: '/pick/$fulfillmentOrderId', params: { fulfillmentOrderId } });
	const find = async ({ code, text }: Scan) => {
		const product = code.kind === 'product' ? await findProductByGtins(code.gtins) : null;
		const found = findWork(pickWork(currentDocuments('fulfillment_order')), code, product, ownName);
		if (found.kind === 'found') return open(found.fulfillmentOrder.id);
		if (found.kind === 'not_needed') {
			const detail = t('list.notNeededDetail', { name: found.name });
			return say({ kind: 'attention', title: t('list.notNeeded'), detail });
		}
		if (code.kind === 'order') {
			const detail = t('list.notInListDetail', { number: code.number });
			return say({ kind: 'attention', title: t('list.notInList'), detail });
		}
		if (code.kind === 'product') {
			const scanned = printGtin(code.gtins[0] ?? text);
			return say(codeVerdictText({ kind: 'unknown_product', code: scanned }, t));
		}
		if (code.kind === 'unknown') say(codeVerdictText({ kind: 'unknown_code', code: text, reason: code.reason }, t));
	};
	const failed = useScanFailed(say);
	useScan((scan) => {
		// A pass or a shelf is nothing to pick: the frame knows where they lead.
		if (scan.code.kind === 'pass' || scan.code.kind === 'location') return false;
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
				<VerdictPanel verdict={verdict} />
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
			primary={{
				label: t('list.open'),
				onAct: () => chosen !== undefined && open(chosen.fulfillmentOrder.id),
			}}
		>
			<div className={workList.list}>
				{verdict === null ? null : <VerdictPanel verdict={verdict} />}
				<div className={workList.rows}>
					<VirtualList
						label={t('list.label')}
						rows={work}
						rowKey={({ fulfillmentOrder }) => fulfillmentOrder.id}
						renderRow={(row) => (
							<PickRow
								work={row}
								due={timeText.due(row.fulfillmentOrder.promisedAt)}
								isLate={timeText.isLate(row.fulfillmentOrder.promisedAt)}
								ownName={ownName}
							/>
						)}
						onOpen={({ fulfillmentOrder }) => open(fulfillmentOrder.id)}
						onSelect={setSelected}
						placeName="pick"
						autoFocus
					/>
				</div>
			</div>
		</Screen>
	);
}

interface PickRowProps {
	readonly work: PickWork;
	readonly due: string;
	readonly isLate: boolean;
	readonly ownName: string;
}

function PickRow({ work, due, isLate, ownName }: PickRowProps) {
	const { t } = useTranslation('pick');
	const { orderNumber, method, customer, pickerName } = work.fulfillmentOrder;
	const units =
		work.toPick > 0 ? t('list.units', { count: work.toPick }) : t('list.putBack', { count: work.toPutBack });
	return (
		<div className={`${workList.row} ${classes.row}`}>
			<Text span {...(isLate ? { className: workList.late } : {})}>
				{due}
			</Text>
			<Badge variant={method === 'ship' ? 'light' : 'outline'} size="lg" tt="none">
				{t(`ui:method.${method}`)}
			</Badge>
			<Text span fw={600}>
				{orderNumber} · {customer.name}
			</Text>
			<Text span ta="right">
				{units}
			</Text>
			<Text span c="dimmed" size="sm">
				{pickerName === null ? '' : pickerName === ownName ? t('list.yours') : t('list.pickedBy', { name: pickerName })}
			</Text>
		</div>
	);
}
