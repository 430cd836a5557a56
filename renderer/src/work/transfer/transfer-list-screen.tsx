import { Badge, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readSscc } from '../../../../shared/codes/index.ts';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import { useDeviceStatus } from '../../device/index.ts';
import workList from '../../fulfillment/work-list.module.css';
import { useReplicaReady, useSite, useTransfers } from '../../replica/index.ts';
import { useScan } from '../../scanning/index.ts';
import { EmptyState, LoadingState, Screen, type TimeText, useTimeText, VirtualList } from '../../ui/index.ts';
import classes from './transfer.module.css';
import { type TransferWork, transferWork } from './transfer-work.ts';

/** `/transfer`: what this site sends and gets, what waits for a hand here first. */
export function TransferListScreen() {
	const { t } = useTranslation('transfer');
	const navigate = useNavigate();
	const time = useTimeText();
	const isReady = useReplicaReady();
	const siteId = useSite()?.id ?? '';
	const transfers = useTransfers();
	const roles = useDeviceStatus().signedIn?.roles ?? [];
	const rows = useMemo(() => transferWork(transfers, siteId), [transfers, siteId]);
	const [selected, setSelected] = useState<TransferWork | null>(null);
	const open = ({ transfer, step }: TransferWork) =>
		void (step === 'coming'
			? navigate({ to: '/receive/$supplyId', params: { supplyId: transfer.id } })
			: navigate({ to: '/transfer/$transferId', params: { transferId: transfer.id } }));
	useScan(({ code, text }) => {
		const number = (code.kind === 'order' ? code.number : text.trim()).toUpperCase();
		const sscc = readSscc(text);
		const found = rows.find(
			({ transfer }) => transfer.number.toUpperCase() === number || transfer.boxes.some((box) => box.sscc === sscc),
		);
		if (found === undefined) return false;
		open(found);
		return true;
	});
	const first = rows.find(({ transfer }) => transfer.id === selected?.transfer.id) ?? rows[0];
	const waiting = rows.filter(({ step }) => step !== 'sent' && step !== 'asked' && step !== 'announced').length;
	const mayAsk = mayRecord('request_transfer', roles);
	const mayGive = mayRecord('open_transfer', roles);
	return (
		<Screen
			title={t('list.title')}
			subtitle={waiting === 0 ? undefined : t('list.waiting', { count: waiting })}
			primary={first === undefined ? undefined : { label: t('list.open'), onAct: () => open(first) }}
			actions={[
				{ key: 'F4', label: t('list.ask'), disabled: !mayAsk, onAct: () => void navigate({ to: '/transfer/new' }) },
				{ key: 'F6', label: t('list.give'), disabled: !mayGive, onAct: () => void navigate({ to: '/transfer/send' }) },
			]}
		>
			<div className={workList.list}>
				{mayAsk ? null : <Text c="dimmed">{t('list.needsManager')}</Text>}
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
							renderRow={(row) => <TransferRow work={row} time={time} />}
							onOpen={open}
							onSelect={setSelected}
							placeName="transfer"
							autoFocus
						/>
					)}
				</div>
			</div>
		</Screen>
	);
}

const keyOf = ({ transfer }: TransferWork) => transfer.id;

function TransferRow({ work, time }: { readonly work: TransferWork; readonly time: TimeText }) {
	const { t } = useTranslation('transfer');
	const { transfer, isOutgoing, step, otherSiteName, toPick } = work;
	return (
		<div className={`${workList.row} ${classes.row}`}>
			<Text span>{time.day(transfer.expectedOn)}</Text>
			<Badge variant={isOutgoing ? 'light' : 'outline'} size="lg" tt="none">
				{t(isOutgoing ? 'list.out' : 'list.in')}
			</Badge>
			<Text span fw={600}>
				{transfer.number} · {otherSiteName}
			</Text>
			<Text span ta="right">
				{step === 'pick' ? t('list.toPick', { count: toPick }) : ''}
			</Text>
			<Text span c="dimmed" size="sm">
				{t(`list.step.${step}`)}
			</Text>
		</div>
	);
}
