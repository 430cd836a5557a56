import { Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder, ShortReason } from '../../../../shared/schema/fulfillment-order.ts';
import { countPath, quickCountOnTheWay } from '../../fulfillment/quick-counts.ts';
import { unitsWanted } from '../../fulfillment/units-wanted.ts';
import { useCounts, useReplicaReady } from '../../replica/index.ts';
import { useScan } from '../../scanning/index.ts';
import {
	EmptyState,
	isDialogOpen,
	LoadingState,
	ProblemState,
	Screen,
	useScreenKeys,
	useTimeText,
	VerdictPanel,
} from '../../ui/index.ts';
import { CurrentLine } from './current-line.tsx';
import { ExpiredDialog } from './expired-dialog.tsx';
import { LineList } from './line-list.tsx';
import classes from './pick.module.css';
import { currentLine, neighborLine, openLines, unitsGot } from './pick-path.ts';
import { PutBackTasks } from './put-back-tasks.tsx';
import { ShortDialogs, type ShortQuestion } from './short-dialogs.tsx';
import { usePicking } from './use-picking.ts';

const nextBinsShown = 4;
/** Longer than any scanner takes for one code. */
const answerSettledAfterMs = 250;

/** `/pick/$fulfillmentOrderId`: takes the units of one FO from their bins, each confirmed by a scan. */
export function PickScreen() {
	const { fulfillmentOrderId = '' } = useParams({ strict: false });
	return <PickWorkplace key={fulfillmentOrderId} fulfillmentOrderId={fulfillmentOrderId} />;
}

function PickWorkplace({ fulfillmentOrderId }: { readonly fulfillmentOrderId: string }) {
	const { t } = useTranslation('pick');
	const navigate = useNavigate();
	const timeText = useTimeText();
	const isReady = useReplicaReady();
	const counts = useCounts();
	const picking = usePicking(fulfillmentOrderId);
	const [question, setQuestion] = useState<ShortQuestion | null>(null);
	const { fulfillmentOrder, chosenLineId, chooseLine, verdict } = picking;
	const line = fulfillmentOrder === null ? null : pickableLine(fulfillmentOrder, chosenLineId);

	// A scan while the reasons are shown begins with a digit, which looks like an answer: it counts once no scan has followed it.
	const answered = useRef<{ readonly question: ShortQuestion; readonly timer: number } | null>(null);
	const answer = (given: ShortQuestion, quantity: number, reason: ShortReason) => {
		setQuestion(null);
		const timer = window.setTimeout(() => {
			answered.current = null;
			picking.reportShort(given.line.lineId, quantity, reason);
		}, answerSettledAfterMs);
		answered.current = { question: given, timer };
	};

	useScan((scan) => {
		if (answered.current !== null) {
			window.clearTimeout(answered.current.timer);
			setQuestion(answered.current.question);
			answered.current = null;
			picking.refuseScan();
		} else if (question !== null || picking.expired !== null || (isDialogOpen() && scan.source !== 'camera')) {
			// The camera's own dialog asks nothing.
			picking.refuseScan();
		} else picking.scan(scan);
		return true;
	});
	const move = (step: 1 | -1) => {
		if (fulfillmentOrder === null || line === null) return;
		chooseLine(neighborLine(fulfillmentOrder, line.lineId, step)?.lineId ?? null);
	};
	useScreenKeys([
		{ key: 'ArrowDown', onAct: () => move(1) },
		{ key: 'ArrowUp', onAct: () => move(-1) },
	]);
	const goToList = () => void navigate({ to: '/pick' });

	if (fulfillmentOrder === null) {
		return (
			<Screen title={t('list.title')} primary={{ label: t('backToList'), onAct: goToList }} onBack={goToList}>
				<VerdictPanel verdict={verdict} />
				{isReady ? <ProblemState title={t('gone.title')}>{t('gone.text')}</ProblemState> : <LoadingState />}
			</Screen>
		);
	}

	const wanted = fulfillmentOrder.lines.reduce((sum, each) => sum + unitsWanted(each), 0);
	const got = fulfillmentOrder.lines.reduce((sum, each) => sum + unitsGot(each), 0);
	const hasPicked = fulfillmentOrder.lines.some((each) => each.quantities.picked > 0);
	const subtitle = [
		fulfillmentOrder.customer.name,
		t(`ui:method.${fulfillmentOrder.method}`),
		t('progress', { got, wanted }),
		timeText.due(fulfillmentOrder.promisedAt),
	].join(' · ');
	const open = openLines(fulfillmentOrder);
	const at = open.findIndex((each) => each.lineId === line?.lineId);
	const nextBins = [...open.slice(at + 1), ...open.slice(0, Math.max(at, 0))].map((each) => each.bin || t('noBin'));

	const onTheWay = line === null ? null : quickCountOnTheWay(counts, line.bin, nextBins[0]);
	const countOnTheWay = () => onTheWay !== null && void navigate({ to: countPath(onTheWay) });
	const goOn = onwards(fulfillmentOrder);
	const primary =
		line !== null
			? undefined
			: goOn === null
				? { label: t('backToList'), onAct: goToList }
				: {
						label: t(goOn),
						onAct: () =>
							void navigate({
								to: goOn === 'pack' ? '/pack/$fulfillmentOrderId' : '/pickup/$fulfillmentOrderId/stage',
								params: { fulfillmentOrderId },
							}),
					};
	const actions = [
		{
			key: 'F4',
			label: t('cantFind'),
			disabled: line === null,
			onAct: () => line !== null && setQuestion({ line, quantity: line.quantities.toPick }),
		},
		{
			key: 'F6',
			label: t('lessThanNeeded'),
			disabled: line === null || line.quantities.toPick < 2,
			onAct: () => line !== null && setQuestion({ line, quantity: null }),
		},
		{ key: 'F8', label: t('undo'), disabled: !hasPicked, onAct: picking.undo },
		...(onTheWay === null ? [] : [{ key: 'F9', label: t('countOnTheWay'), onAct: countOnTheWay }]),
	];

	return (
		<Screen
			title={t('title', { number: fulfillmentOrder.orderNumber })}
			subtitle={subtitle}
			primary={primary}
			actions={actions}
			onBack={goToList}
		>
			<div className={classes.work}>
				{line === null ? (
					<Finished fulfillmentOrder={fulfillmentOrder} />
				) : (
					<CurrentLine line={line} nextBins={[...new Set(nextBins)].slice(0, nextBinsShown)} />
				)}
				<div className={classes.answers}>
					<VerdictPanel verdict={verdict} />
					{onTheWay === null ? null : (
						<Text size="lg" fw={600}>
							{t('countNearby', { name: onTheWay.asked[0]?.name, bin: onTheWay.asked[0]?.bin })}
						</Text>
					)}
					<PutBackTasks fulfillmentOrder={fulfillmentOrder} />
					<LineList fulfillmentOrder={fulfillmentOrder} currentLineId={line?.lineId ?? null} />
				</div>
			</div>
			{picking.expired === null ? null : <ExpiredDialog question={picking.expired} onAnswer={picking.answerExpired} />}
			{question === null ? null : (
				<ShortDialogs
					question={question}
					onQuantity={(quantity) => setQuestion({ ...question, quantity })}
					onReason={(quantity, reason) => answer(question, quantity, reason)}
					onClose={() => setQuestion(null)}
				/>
			)}
		</Screen>
	);
}

function pickableLine(fulfillmentOrder: FulfillmentOrder, chosenLineId: string | null) {
	const { state } = fulfillmentOrder;
	return state === 'assigned' || state === 'picking' ? currentLine(fulfillmentOrder, chosenLineId) : null;
}

/** Where a picked FO goes next. */
function onwards({ state, method }: FulfillmentOrder): 'pack' | 'stage' | null {
	if (method === 'ship') return state === 'picked' || state === 'packed' ? 'pack' : null;
	return state === 'picked' ? 'stage' : null;
}

/** Why there is nothing to pick (any more), and what comes next. */
function Finished({ fulfillmentOrder }: { readonly fulfillmentOrder: FulfillmentOrder }) {
	const { t } = useTranslation('pick');
	const { state, method, lines } = fulfillmentOrder;
	if (state === 'picked') {
		return (
			<EmptyState title={t('done.picked')}>{t(method === 'ship' ? 'done.pickedShip' : 'done.pickedPickup')}</EmptyState>
		);
	}
	if (state === 'cancelled' && lines.every((line) => line.quantities.cancelled === 0)) {
		return <EmptyState title={t('done.nothingFound')}>{t('done.nothingFoundText')}</EmptyState>;
	}
	if (state === 'cancelled') return <ProblemState title={t('done.cancelled')}>{t('done.cancelledText')}</ProblemState>;
	if (state === 'declined' || state === 'moved')
		return <ProblemState title={t('done.declined')}>{t('done.declinedText')}</ProblemState>;
	return (
		<EmptyState title={t('done.other')}>{t('done.otherText', { state: t(`ui:fulfillmentState.${state}`) })}</EmptyState>
	);
}
