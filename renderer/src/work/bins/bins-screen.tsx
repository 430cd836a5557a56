import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { binClosureId } from '../../../../shared/domain/closed-bins.ts';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import { useDeviceStatus, useRecord } from '../../device/index.ts';
import { currentClosedBins, useClosedBins } from '../../fulfillment/closed-bins.ts';
import workList from '../../fulfillment/work-list.module.css';
import { currentSiteId, useBinClosures, useReplicaReady } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import {
	ChoiceDialog,
	EmptyState,
	isDialogOpen,
	LoadingState,
	Screen,
	useTimeText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { CloseBinDialog } from './close-bin-dialog.tsx';
import { type ClosedBin, closedBinRows } from './closed-bin-rows.ts';

/** `/bins`: which bins of the site are out of use. A scanned bin is closed, or put into use again. */
export function BinsScreen() {
	const { t } = useTranslation('bins');
	const record = useRecord();
	const inOrder = useInOrder();
	const time = useTimeText();
	const isReady = useReplicaReady();
	const closures = useBinClosures();
	const closed = useClosedBins();
	const roles = useDeviceStatus().signedIn?.roles ?? [];
	const { verdict, say } = useVerdict();
	const [selected, setSelected] = useState<ClosedBin | null>(null);
	/** The bin that is to be closed; '' while it has still to be named. */
	const [asking, setAsking] = useState<string | null>(null);
	const [opening, setOpening] = useState<string | null>(null);
	const mayChange = mayRecord('close_bin', roles);
	const rows = closedBinRows(closed, closures);
	const first = rows.find(({ bin }) => bin === selected?.bin) ?? rows[0];

	const open = (bin: string) => {
		setOpening(null);
		inOrder(async () => {
			if (!(await record('open_bin', { binClosureId: binClosureId(currentSiteId(), bin), bin }))) return;
			say({ kind: 'right', title: t('said.opened', { bin }), detail: t('said.openedDetail') });
		});
	};
	const close = (bin: string, reason: string) => {
		setAsking(null);
		inOrder(async () => {
			if (currentClosedBins().includes(bin)) return say({ kind: 'attention', title: t('said.isClosed', { bin }) });
			const payload = { binClosureId: binClosureId(currentSiteId(), bin), bin, reason };
			if (!(await record('close_bin', payload))) return;
			say({ kind: 'attention', title: t('said.closed', { bin }), detail: t('said.closedDetail') });
		});
	};
	useScan(({ code, source }) => {
		if (code.kind !== 'location') return false;
		if (isDialogOpen() && source !== 'camera') {
			say({ kind: 'wrong', title: t('fulfillment:said.answerFirst'), detail: t('fulfillment:said.answerFirstDetail') });
			return true;
		}
		const bin = code.code;
		if (closed.includes(bin)) {
			setSelected(rows.find((each) => each.bin === bin) ?? null);
			say({ kind: 'attention', title: t('said.isClosed', { bin }), detail: t('said.isClosedDetail') });
		} else if (mayChange) setAsking(bin);
		else say({ kind: 'right', title: t('said.inUse', { bin }), detail: t('needsManager') });
		return true;
	});

	return (
		<Screen
			title={t('title')}
			subtitle={rows.length === 0 ? undefined : t('closed', { count: rows.length })}
			primary={
				first === undefined
					? undefined
					: { label: t('open', { bin: first.bin }), disabled: !mayChange, onAct: () => setOpening(first.bin) }
			}
			actions={[{ key: 'F4', label: t('close'), disabled: !mayChange, onAct: () => setAsking('') }]}
		>
			<div className={workList.list}>
				<VerdictPanel verdict={verdict} />
				{mayChange ? null : <Text c="dimmed">{t('needsManager')}</Text>}
				<div className={workList.rows}>
					{!isReady ? (
						<LoadingState />
					) : rows.length === 0 ? (
						<EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
					) : (
						<VirtualList
							label={t('list')}
							rows={rows}
							rowKey={({ bin }) => bin}
							rowHeight={56}
							onOpen={({ bin }) => mayChange && setOpening(bin)}
							onSelect={setSelected}
							placeName="bins"
							autoFocus
							renderRow={({ bin, closure }) => (
								<div className={workList.row} style={{ gridTemplateColumns: '10rem minmax(0, 1fr) auto' }}>
									<Text span fw={650} size="lg">
										{bin}
									</Text>
									<Text span truncate>
										{closure?.reason ?? (closure === null ? t('recorded') : '')}
									</Text>
									<Text span c="dimmed" size="sm">
										{closure === null ? '' : t('by', { name: closure.changedBy, time: time.time(closure.changedAt) })}
									</Text>
								</div>
							)}
						/>
					)}
				</div>
			</div>
			{opening === null ? null : (
				<ChoiceDialog
					title={t('openDialog.title', { bin: opening })}
					choices={[
						{ key: '1', label: t('openDialog.yes'), value: true },
						{ key: '2', label: t('openDialog.no'), value: false },
					]}
					onChoose={(isSure) => (isSure ? open(opening) : setOpening(null))}
					onClose={() => setOpening(null)}
				/>
			)}
			{asking === null ? null : (
				<CloseBinDialog key={asking} bin={asking} onClose={() => setAsking(null)} onConfirm={close} />
			)}
		</Screen>
	);
}
