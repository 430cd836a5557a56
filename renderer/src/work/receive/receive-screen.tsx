import { Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSupplyClosed, isSupplyStopped, type Supply } from '../../../../shared/domain/supply.ts';
import { useReplicaReady } from '../../replica/index.ts';
import { useScan } from '../../scanning/index.ts';
import {
	ChoiceDialog,
	isDialogOpen,
	LoadingState,
	ProblemState,
	Screen,
	useTimeText,
	VerdictPanel,
} from '../../ui/index.ts';
import { CountedLines, ExpectedLines, UnknownTray } from './counted-lines.tsx';
import { isAllThere } from './expected-units.ts';
import { PendingForm } from './pending-form.tsx';
import classes from './receive.module.css';
import { useReceiving, withoutPaper } from './use-receiving.ts';

/** `/receive/$supplyId`: counts in what came of a purchase order or a transfer, or without paper. */
export function ReceiveScreen() {
	const { supplyId = withoutPaper } = useParams({ strict: false });
	return <Counter key={supplyId} supplyId={supplyId} />;
}

function Counter({ supplyId }: { readonly supplyId: string }) {
	const { t } = useTranslation('receive');
	const navigate = useNavigate();
	const isReady = useReplicaReady();
	const receiving = useReceiving(supplyId);
	const [isFinishing, setFinishing] = useState(false);
	const [showsExpected, setShowsExpected] = useState(false);
	const { supply, receipt, pending, isDamaged, countsByScan, bin, question, verdict } = receiving;
	useScan((scan) => {
		if (isDialogOpen() && scan.source !== 'camera') receiving.refuseScan();
		else receiving.scan(scan);
		return true;
	});
	const goToList = () => void navigate({ to: '/receive' });
	const isGone = supply === null && supplyId !== withoutPaper;
	if (isGone) {
		return (
			<Screen title={t('list.title')} primary={{ label: t('backToList'), onAct: goToList }} onBack={goToList}>
				{isReady ? <ProblemState title={t('gone.title')}>{t('gone.text')}</ProblemState> : <LoadingState />}
			</Screen>
		);
	}
	const counted = (receipt?.lines ?? []).filter(({ notCounted }) => notCounted === undefined);
	const units = counted.reduce((sum, { quantity }) => sum + quantity, 0);
	const finish = async (isComplete: boolean) => {
		setFinishing(false);
		if (await receiving.finish(isComplete)) goToList();
	};
	const actions = [
		{
			key: 'F4',
			label: t(isDamaged ? 'action.good' : 'action.damaged'),
			onAct: receiving.toggleDamaged,
		},
		{
			key: 'F6',
			label: t(countsByScan ? 'action.byNumber' : 'action.byScan'),
			onAct: receiving.toggleByScan,
		},
		{ key: 'F8', label: t('action.undo'), disabled: counted.length === 0, onAct: receiving.undo },
		...(supply === null
			? []
			: [
					{
						key: 'F9',
						label: t(showsExpected ? 'action.hideExpected' : 'action.showExpected'),
						onAct: () => setShowsExpected(!showsExpected),
					},
				]),
		...(bin === null ? [] : [{ key: 'F7', label: t('action.ownBin'), onAct: receiving.useOwnBin }]),
		{
			key: 'F10',
			label: t('action.finish'),
			disabled: pending !== null || (supply === null && receipt === null),
			onAct: () => (supply === null ? void finish(false) : setFinishing(true)),
		},
	];
	return (
		<Screen
			title={supply === null ? t('titleWithoutPaper') : t('title', { number: supply.number })}
			subtitle={<Subtitle supply={supply} units={units} />}
			actions={actions}
			onBack={goToList}
		>
			<div className={classes.work}>
				<div className={classes.side}>
					<VerdictPanel verdict={verdict} />
					<Text fw={600}>{bin === null ? t('ownBin') : t('bin', { bin })}</Text>
					{pending === null ? null : (
						<PendingForm
							key={pending.product.id}
							pending={pending}
							isDamaged={isDamaged}
							today={receiving.today}
							onCount={receiving.count}
							onLeave={receiving.leavePending}
						/>
					)}
					{supply !== null && (isSupplyClosed(supply) || isSupplyStopped(supply)) ? (
						<Text fw={600} role="status">
							{t('closed.title')}. {t('closed.text')}
						</Text>
					) : null}
					{supply?.kind === 'transfer' && (supply.state === 'requested' || supply.state === 'open') ? (
						<Text role="status">{t('notSentYet', { name: supply.fromSiteName })}</Text>
					) : null}
					<UnknownTray codes={receiving.unknownCodes} onClear={receiving.clearUnknownCodes} />
				</div>
				<div className={classes.side}>
					{showsExpected && supply !== null ? <ExpectedLines supply={supply} /> : null}
					<CountedLines receipt={receipt} supply={supply} />
				</div>
			</div>
			{question === null ? null : (
				<ChoiceDialog
					title={t('unit.title')}
					choices={[
						{ key: '1', label: t('unit.yes'), value: true },
						{ key: '2', label: t('unit.no'), value: false },
					]}
					onChoose={receiving.answerUnit}
					onClose={() => receiving.answerUnit(false)}
				>
					{question.unit.lines.map(({ sku, quantity, lot }) => (
						<Text key={`${sku} ${lot ?? ''}`} size="lg">
							{t('unit.content', { quantity, name: question.products.get(sku)?.name ?? sku })}
						</Text>
					))}
				</ChoiceDialog>
			)}
			{isFinishing && supply !== null ? (
				<FinishDialog
					supply={supply}
					hasCounted={receipt !== null}
					onFinish={(isComplete) => void finish(isComplete)}
					onClose={() => setFinishing(false)}
				/>
			) : null}
		</Screen>
	);
}

function Subtitle({ supply, units }: { readonly supply: Supply | null; readonly units: number }) {
	const { t } = useTranslation('receive');
	const time = useTimeText();
	const counted = t('counted', { count: units });
	if (supply === null) return counted;
	const name = supply.kind === 'transfer' ? supply.fromSiteName : supply.supplierName;
	return [t('from', { name }), t('expectedOn', { day: time.day(supply.expectedOn) }), counted].join(' · ');
}

interface FinishDialogProps {
	readonly supply: Supply;
	readonly hasCounted: boolean;
	readonly onFinish: (isComplete: boolean) => void;
	readonly onClose: () => void;
}

/** Whether more is to come. What differs is told before the delivery ends. */
function FinishDialog({ supply, hasCounted, onFinish, onClose }: FinishDialogProps) {
	const { t } = useTranslation('receive');
	const isEnded = isSupplyClosed(supply) || supply.state === 'cancelled';
	const done = { key: '1', label: t('finish.done'), detail: t('finish.doneDetail'), value: false };
	const complete = { key: '2', label: t('finish.complete'), detail: t('finish.completeDetail'), value: true };
	return (
		<ChoiceDialog
			title={t('finish.title')}
			choices={[...(hasCounted ? [done] : []), ...(isEnded ? [] : [complete])]}
			onChoose={onFinish}
			onClose={onClose}
		>
			{!hasCounted ? (
				<Text>{t('finish.nothingCounted')}</Text>
			) : isAllThere(supply) ? (
				<Text>{t('finish.asExpected')}</Text>
			) : (
				<>
					<Text fw={600}>{t('finish.differs')}</Text>
					<ExpectedLines supply={supply} />
				</>
			)}
		</ChoiceDialog>
	);
}
