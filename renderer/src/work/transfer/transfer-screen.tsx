import { Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import { isSupplyClosed, isSupplyStopped } from '../../../../shared/domain/supply.ts';
import { inHand } from '../../../../shared/domain/transfer-units.ts';
import { shortReasons } from '../../../../shared/schema/fulfillment-order.ts';
import type { Transfer, TransferLine } from '../../../../shared/schema/transfer.ts';
import { useDeviceStatus } from '../../device/index.ts';
import { useReplicaReady, useSite } from '../../replica/index.ts';
import { useScan } from '../../scanning/index.ts';
import {
	ChoiceDialog,
	isDialogOpen,
	LoadingState,
	ProblemState,
	Screen,
	useScreenKeys,
	useTimeText,
	VerdictPanel,
} from '../../ui/index.ts';
import classes from './transfer.module.css';
import { QuantityDialog, ReasonDialog } from './transfer-dialogs.tsx';
import { stepOf, unboxedUnits, unitsToPick } from './transfer-work.ts';
import { type TransferHandling, useTransfer } from './use-transfer.ts';

/** `/transfer/$transferId`: picks, boxes and sends what another site asked for; at that site, how far it is. */
export function TransferScreen() {
	const { transferId = '' } = useParams({ strict: false });
	const { t } = useTranslation('transfer');
	const navigate = useNavigate();
	const isReady = useReplicaReady();
	const siteId = useSite()?.id;
	const handling = useTransfer(transferId);
	const goToList = () => void navigate({ to: '/transfer' });
	const { transfer } = handling;
	if (transfer === null || siteId === undefined) {
		return (
			<Screen title={t('list.title')} primary={{ label: t('backToList'), onAct: goToList }} onBack={goToList}>
				{isReady ? <ProblemState title={t('gone.title')}>{t('gone.text')}</ProblemState> : <LoadingState />}
			</Screen>
		);
	}
	const parts = { transfer, handling, onBack: goToList };
	return transfer.fromSiteId === siteId ? (
		<Sending key={transferId} siteId={siteId} {...parts} />
	) : (
		<Waiting key={transferId} {...parts} />
	);
}

interface PartProps {
	readonly transfer: Transfer;
	readonly handling: TransferHandling;
	readonly onBack: () => void;
}

type Question = { readonly kind: 'quantity' | 'short' | 'send' | 'stop' };

function Sending({ transfer, handling, onBack, siteId }: PartProps & { readonly siteId: string }) {
	const { t } = useTranslation('transfer');
	const roles = useDeviceStatus().signedIn?.roles ?? [];
	const [chosen, setChosen] = useState<string | null>(null);
	const [question, setQuestion] = useState<Question | null>(null);
	useScan((scan) => {
		if (isDialogOpen() && scan.source !== 'camera') handling.refuseScan();
		else handling.scan(scan);
		return true;
	});
	const isStopped = isSupplyStopped(transfer);
	const hasLeft = transfer.state === 'in_transit' || isSupplyClosed(transfer);
	const isGiven = transfer.unasked === true;
	const open = isStopped || hasLeft ? [] : transfer.lines.filter((line) => isGiven || unitsToPick(line) > 0);
	const line = open.find(({ sku }) => sku === chosen) ?? (isGiven ? open.at(-1) : open[0]);
	const held = transfer.lines.reduce((sum, each) => sum + Math.max(0, inHand(each)), 0);
	const move = (step: 1 | -1) => {
		const at = line === undefined ? -1 : open.indexOf(line);
		setChosen(open[Math.max(0, Math.min(open.length - 1, at + step))]?.sku ?? null);
	};
	useScreenKeys([
		{ key: 'ArrowDown', onAct: () => move(1) },
		{ key: 'ArrowUp', onAct: () => move(-1) },
	]);
	const ask = (kind: Question['kind']) => setQuestion({ kind });
	const close = () => setQuestion(null);
	const step = stepOf(transfer, siteId);
	const mayDecline = mayRecord('decline_transfer', roles);
	return (
		<Screen
			title={t('title', { number: transfer.number })}
			subtitle={<Subtitle transfer={transfer} name={t('to', { name: transfer.toSiteName })} />}
			primary={
				isStopped || held === 0
					? { label: t('backToList'), onAct: onBack }
					: { label: t('action.send'), onAct: () => ask('send') }
			}
			actions={[
				{
					key: 'F4',
					label: t('action.short'),
					disabled: line === undefined || isGiven,
					onAct: () => ask('short'),
				},
				{ key: 'F6', label: t('action.quantity'), disabled: line === undefined, onAct: () => ask('quantity') },
				{
					key: 'F7',
					label: t('action.box'),
					disabled: isStopped || unboxedUnits(transfer).length === 0,
					onAct: handling.box,
				},
				{ key: 'F8', label: t('action.undo'), disabled: held === 0, onAct: handling.undo },
				{
					key: 'F9',
					label: t('action.labels'),
					disabled: transfer.boxes.length === 0,
					onAct: handling.printLabels,
				},
				{
					key: 'F10',
					label: t(isGiven ? 'action.giveUp' : 'action.decline'),
					disabled: isStopped || hasLeft || !mayDecline,
					onAct: () => ask('stop'),
				},
			]}
			onBack={onBack}
		>
			<div className={classes.work}>
				<div className={classes.side}>
					<VerdictPanel verdict={handling.verdict} />
					<Text size="xl" fw={650} role="status">
						{t(isGiven && (step === 'pick' || step === 'send') ? 'step.give' : `step.${step ?? 'done'}`)}
					</Text>
					{line === undefined ? null : <CurrentLine line={line} isGiven={isGiven} />}
				</div>
				<Lines transfer={transfer} currentSku={line?.sku ?? null} />
			</div>
			{question?.kind === 'quantity' && line !== undefined ? (
				<QuantityDialog
					line={line}
					isGiven={isGiven}
					onQuantity={(quantity) => {
						close();
						handling.pickMany(line.sku, quantity);
					}}
					onClose={close}
				/>
			) : null}
			{question?.kind === 'short' && line !== undefined ? (
				<ChoiceDialog
					title={t('short.title', { count: unitsToPick(line), name: line.name })}
					choices={shortReasons.map((reason, index) => ({
						key: String(index + 1),
						label: t(`short.${reason}`),
						value: reason,
					}))}
					onChoose={(reason) => {
						close();
						handling.reportShort(line.sku, unitsToPick(line), reason);
					}}
					onClose={close}
				/>
			) : null}
			{question?.kind === 'send' ? (
				<ChoiceDialog
					title={t('send.title', { count: held, site: transfer.toSiteName })}
					choices={[
						{ key: '1', label: t('send.yes'), value: true },
						{ key: '2', label: t('send.no'), value: false },
					]}
					onChoose={(isSure) => {
						close();
						if (isSure) handling.send();
					}}
					onClose={close}
				>
					<Text>{t(open.length > 0 && !isGiven ? 'send.rest' : 'send.all')}</Text>
				</ChoiceDialog>
			) : null}
			{question?.kind === 'stop' ? (
				<ReasonDialog
					title={t(isGiven ? 'giveUp.title' : 'decline.title', { site: transfer.toSiteName })}
					confirm={t(isGiven ? 'giveUp.confirm' : 'decline.confirm')}
					onConfirm={(reason) => {
						close();
						handling.stop('decline_transfer', reason);
					}}
					onClose={close}
				/>
			) : null}
		</Screen>
	);
}

function Waiting({ transfer, handling, onBack }: PartProps) {
	const { t } = useTranslation('transfer');
	const navigate = useNavigate();
	const roles = useDeviceStatus().signedIn?.roles ?? [];
	const [isStopping, setStopping] = useState(false);
	const isStopped = isSupplyStopped(transfer);
	const isOver = isSupplyClosed(transfer);
	const mayCancel =
		!isStopped &&
		!isOver &&
		transfer.unasked !== true &&
		transfer.state !== 'in_transit' &&
		mayRecord('cancel_transfer', roles);
	const receive = () => void navigate({ to: '/receive/$supplyId', params: { supplyId: transfer.id } });
	return (
		<Screen
			title={t('title', { number: transfer.number })}
			subtitle={<Subtitle transfer={transfer} name={t('from', { name: transfer.fromSiteName })} />}
			primary={isOver ? { label: t('backToList'), onAct: onBack } : { label: t('action.receive'), onAct: receive }}
			actions={[{ key: 'F10', label: t('action.cancel'), disabled: !mayCancel, onAct: () => setStopping(true) }]}
			onBack={onBack}
		>
			<div className={classes.side}>
				<VerdictPanel verdict={handling.verdict} />
				{transfer.stoppedBecause === undefined ? null : (
					<Text fw={600}>{t('stoppedBecause', { reason: transfer.stoppedBecause })}</Text>
				)}
				<Lines transfer={transfer} currentSku={null} />
			</div>
			{isStopping ? (
				<ReasonDialog
					title={t('cancel.title')}
					confirm={t('cancel.confirm')}
					onConfirm={(reason) => {
						setStopping(false);
						handling.stop('cancel_transfer', reason);
					}}
					onClose={() => setStopping(false)}
				/>
			) : null}
		</Screen>
	);
}

function Subtitle({ transfer, name }: { readonly transfer: Transfer; readonly name: string }) {
	const { t } = useTranslation('transfer');
	const time = useTimeText();
	const state = transfer.unasked === true && transfer.state === 'open' ? 'given' : transfer.state;
	return [name, t(`state.${state}`), t('expectedOn', { day: time.day(transfer.expectedOn) })].join(' · ');
}

function CurrentLine({ line, isGiven }: { readonly line: TransferLine; readonly isGiven: boolean }) {
	const { t } = useTranslation('transfer');
	return (
		<div>
			<div className={classes.current}>{line.name}</div>
			<div className={classes.number}>
				{isGiven ? t('inHand', { count: Math.max(0, inHand(line)) }) : t('more', { count: unitsToPick(line) })}
			</div>
		</div>
	);
}

function Lines({ transfer, currentSku }: { readonly transfer: Transfer; readonly currentSku: string | null }) {
	const { t } = useTranslation('transfer');
	return (
		<ul className={classes.lines} aria-label={t(transfer.unasked === true ? 'linesGiven' : 'lines')}>
			{transfer.lines.map((line) => {
				const { sku, name, requested, picked, short, sent, received, damaged } = line;
				const facts = [
					...(requested > 0 ? [t('count.asked', { count: requested })] : []),
					...(picked > 0 ? [t('count.picked', { count: picked })] : []),
					...(short > 0 ? [t('count.short', { count: short })] : []),
					...(sent > 0 ? [t('count.sent', { count: sent })] : []),
					...(received > 0 ? [t('count.received', { count: received })] : []),
					...(damaged > 0 ? [t('count.damaged', { count: damaged })] : []),
				];
				return (
					<li key={sku} className={classes.line} {...(sku === currentSku ? { 'aria-current': 'true' as const } : {})}>
						<span className={classes.name}>{name}</span>
						<span className={classes.state}>{facts.join(' · ')}</span>
					</li>
				);
			})}
			{transfer.boxes.map(({ sscc, lines }) => (
				<li key={sscc} className={classes.line}>
					<span className={classes.name}>{t('box', { sscc })}</span>
					<span className={classes.state}>
						{t('count.inBox', { count: lines.reduce((sum, { quantity }) => sum + quantity, 0) })}
					</span>
				</li>
			))}
		</ul>
	);
}
