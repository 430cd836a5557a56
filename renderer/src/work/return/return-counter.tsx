import { Text } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from 'zustand';
import type { ScanCode } from '../../../../shared/codes/index.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import { dispositions, grades, type ReturnProof, returnReasons } from '../../../../shared/schema/return-case.ts';
import { newId, useRecord } from '../../device/index.ts';
import { currentDocuments, findProductByGtins, useReturns } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { ChoiceDialog, Screen, useMoneyText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { BoughtList } from './bought-list.tsx';
import {
	activeGroup,
	answerDisposition,
	answerGrade,
	answerReason,
	type CounterGoods,
	clearAnswers,
	emptyCounter,
	type GoodsGroup,
	makeActive,
	onCounter,
	openQuestion,
	returnLines,
	setApart,
	takeOff,
	unitsOnCounter,
} from './counter-goods.ts';
import { EvidencePanel, NoteDialog } from './evidence-panel.tsx';
import { orderByNumber } from './find-orders.ts';
import { GoodsCard } from './goods-card.tsx';
import { judgeLineByHand, judgeReturnScan, type ReturnJudgement } from './judge-return-scan.ts';
import { gtinsOfOrder } from './order-gtins.ts';
import { overCounted, refundFor } from './refund.ts';
import { RefundPanel, type TakenBack, TakenBackPanel } from './refund-panel.tsx';
import classes from './return.module.css';
import { betterProof, proofOf } from './return-proof.ts';
import { returnVerdict } from './return-verdict.ts';
import { returnableLines, unitsThatCanComeBack } from './returnable-units.ts';
import { useAnswerKeys } from './use-answer-keys.ts';

interface ReturnState {
	readonly counter: CounterGoods;
	readonly takenBack: TakenBack | null;
	readonly proof: ReturnProof;
	readonly note: string;
}

/** What was bought on the left, what is on the counter on the right, the money last. */
export function ReturnCounter({ order }: { readonly order: Order }) {
	const { t } = useTranslation('return');
	const moneyText = useMoneyText();
	const { verdict, say } = useVerdict();
	const record = useRecord();
	const inOrder = useInOrder();
	const navigate = useNavigate();
	const atThisSite = useReturns().filter((each) => each.orderId === order.id).length;
	const earlier = Math.max(atThisSite, order.returns?.length ?? 0);
	const foundBy = useLocation({ select: ({ state }) => state.returnProof ?? 'found_by_name' });
	const isSaving = useRef(false);
	const savedAtMs = useRef(Number.NEGATIVE_INFINITY);
	const [gtins] = useState(() => gtinsOfOrder(order));
	const [store] = useState(() =>
		createStore<ReturnState>(() => ({ counter: emptyCounter, takenBack: null, proof: foundBy, note: '' })),
	);
	const { counter, takenBack, proof, note } = useStore(store);
	const [dialog, setDialog] = useState<'by_hand' | 'disposition' | 'note' | null>(null);

	const change = (next: CounterGoods) => store.setState({ counter: next });
	const current = () => currentDocuments('order').find((each) => each.id === order.id) ?? order;
	const nameOf = (lineId: string) => order.lines.find((line) => line.id === lineId)?.name ?? lineId;

	const accept = async (judgement: ReturnJudgement) => {
		if (judgement.kind === 'unit') store.setState({ counter: judgement.counter, takenBack: null });
		const product = judgement.kind === 'wrong_product' ? await findProductByGtins(judgement.gtins) : null;
		say(returnVerdict(judgement, t, { orderNumber: order.number, productName: product?.name ?? null }));
	};
	const scene = async () => ({
		gtinsOfSku: await gtins,
		order: current(),
		counter: store.getState().counter,
		fulfillmentOrders: currentDocuments('fulfillment_order'),
	});
	const take = async (scan: { readonly code: ScanCode; readonly typed: boolean }) => {
		const judgement = judgeReturnScan(scan.code, await scene());
		if (judgement.kind === 'right_order') {
			store.setState({ proof: betterProof(store.getState().proof, proofOf(scan)) });
		}
		if (judgement.kind === 'other_order' && unitsOnCounter(store.getState().counter) === 0) {
			// Nothing is begun here: the receipt is the next customer's.
			const next = orderByNumber(currentDocuments('order'), judgement.number);
			if (next !== null) {
				const state = { returnProof: proofOf(scan) };
				return void navigate({ to: '/return/$orderId', params: { orderId: next.id }, state });
			}
		}
		await accept(judgement);
	};
	useScan((scan) => {
		inOrder(() => take({ code: scan.code, typed: scan.source === 'typed' }));
		return true;
	});
	const byHand = (lineId: string) => inOrder(async () => accept(judgeLineByHand(lineId, await scene())));

	const active = activeGroup(counter);
	const answer = (digit: number) => {
		const goods = store.getState().counter;
		const group = activeGroup(goods);
		const question = group === null ? null : openQuestion(group);
		if (group === null || question === null) return;
		const reason = returnReasons[digit - 1];
		const grade = grades[digit - 1];
		if (question === 'reason' && reason !== undefined) change(answerReason(goods, group.id, reason));
		if (question === 'grade' && grade !== undefined) change(answerGrade(goods, group.id, grade));
	};
	useAnswerKeys({
		onDigit: answer,
		onMove: (step) => {
			const { groups, activeId } = store.getState().counter;
			const next = groups[groups.findIndex((group) => group.id === activeId) + step];
			if (next !== undefined) change(makeActive(store.getState().counter, next.id));
		},
	});

	const lines = returnLines(counter);
	const refund = refundFor(order, counter);
	const [tooMany] = overCounted(order, counter);
	const units = unitsOnCounter(counter);
	const takeBack = async () => {
		const now = current();
		const said = store.getState();
		const goods = said.counter;
		const ready = returnLines(goods);
		// A second Enter while the first is still being saved must not take the goods back again.
		if (ready === null || overCounted(now, goods).length > 0 || isSaving.current) return;
		isSaving.current = true;
		const paid = refundFor(now, goods);
		const returnId = newId();
		const isSaved = await record('return', {
			returnId,
			orderId: now.id,
			orderNumber: now.number,
			lines: [...ready],
			refund: paid,
			evidence: { proof: said.proof, ...(said.note === '' ? {} : { conditionNote: said.note }) },
		}).finally(() => {
			isSaving.current = false;
		});
		if (!isSaved) return;
		savedAtMs.current = performance.now();
		store.setState({ counter: emptyCounter, takenBack: { returnId, refund: paid, lines: ready }, note: '' });
		say({
			kind: 'right',
			title: t('verdict.done', { count: unitsOnCounter(goods) }),
			detail: t('money.instruction', { money: moneyText(paid), number: now.number }),
		});
	};

	const toFind = () => void navigate({ to: '/return' });
	const nextReturn = {
		label: t('action.next'),
		onAct: () => {
			// An Enter too many must not wipe the refund away.
			if (performance.now() - savedAtMs.current > 800) toFind();
		},
	};
	const canComeBack = unitsThatCanComeBack(order);
	const primary =
		units === 0
			? takenBack !== null || canComeBack === 0
				? nextReturn
				: { label: t('action.scanFirst'), onAct: () => {}, disabled: true }
			: lines === null || tooMany !== undefined
				? { label: t('action.answerFirst'), onAct: () => {}, disabled: true }
				: {
						label: t('action.takeBack', { count: units, money: moneyText(refund) }),
						onAct: () => void takeBack(),
					};
	const byHandChoices = returnableLines(order)
		.filter(({ line, canComeBack: left }) => left > onCounter(counter, line.id))
		.slice(0, 9)
		.map(({ line }, at) => ({ key: String(at + 1), label: line.name, value: line.id }));
	const replace = (to: '/sell' | '/capture', { refund, returnId }: TakenBack) => {
		const { id: orderId, number: orderNumber, customer } = order;
		void navigate({ to, state: { exchangeFor: { orderId, orderNumber, returnId, refund, customer } } });
	};
	const replaceActions = (taken: TakenBack) => [
		{ key: 'F6', label: t('action.exchange'), onAct: () => replace('/sell', taken) },
		{ key: 'F7', label: t('action.orderReplacement'), onAct: () => replace('/capture', taken) },
	];
	const goodsActions = (group: GoodsGroup) => [
		...(group.quantity < 2
			? []
			: [{ key: 'F6', label: t('action.apart'), onAct: () => change(setApart(counter, group.id)) }]),
		...(openQuestion(group) !== null
			? []
			: [{ key: 'F7', label: t('action.disposition'), onAct: () => setDialog('disposition') }]),
		{ key: 'F8', label: t('action.takeOff'), onAct: () => change(takeOff(counter, group.id)) },
	];
	return (
		<Screen
			title={t('title')}
			subtitle={[order.customer.name, t('order', { number: order.number })].join(' · ')}
			primary={primary}
			actions={[
				...(byHandChoices.length === 0
					? []
					: [{ key: 'F4', label: t('action.byHand'), onAct: () => setDialog('by_hand') }]),
				...(active === null ? [] : goodsActions(active)),
				...(units === 0 && takenBack !== null ? replaceActions(takenBack) : []),
				...(units === 0 ? [] : [{ key: 'F9', label: t('evidence.note'), onAct: () => setDialog('note') }]),
			]}
			onBack={toFind}
		>
			<div className={classes.sides}>
				<section className={classes.side} aria-label={t('bought.title')}>
					<Text className={classes.heading}>{t('bought.title')}</Text>
					<BoughtList order={order} counter={counter} onAddByHand={byHand} />
					{earlier > 0 && takenBack === null ? <Text c="dimmed">{t('earlier', { count: earlier })}</Text> : null}
					{units === 0 ? null : <EvidencePanel proof={proof} note={note} />}
					{units === 0 ? null : <RefundPanel refund={refund} />}
				</section>
				<section className={classes.side} aria-label={t('counter.title')}>
					<VerdictPanel verdict={verdict} />
					{tooMany === undefined ? null : (
						<Text role="alert" className={classes.problem}>
							{t('verdict.tooMany')}. {t('verdict.tooMany_detail', { name: nameOf(tooMany) })}
						</Text>
					)}
					{units === 0 && takenBack !== null ? (
						<TakenBackPanel takenBack={takenBack} orderNumber={order.number} nameOf={nameOf} />
					) : units === 0 ? (
						<div className={classes.empty}>
							<Text size="xl" fw={650}>
								{canComeBack === 0 ? t('nothingTitle') : t('counter.empty')}
							</Text>
							<Text size="lg" c="dimmed">
								{canComeBack === 0 ? t('nothingDetail') : t('counter.emptyDetail')}
							</Text>
						</div>
					) : (
						<ul className={classes.goods} aria-label={t('counter.title')}>
							{counter.groups.map((group) => (
								<GoodsCard
									key={group.id}
									group={group}
									name={nameOf(group.lineId)}
									isActive={group.id === counter.activeId}
									onActivate={() => change(makeActive(store.getState().counter, group.id))}
									onReason={(reason) => change(answerReason(store.getState().counter, group.id, reason))}
									onGrade={(grade) => change(answerGrade(store.getState().counter, group.id, grade))}
									onAnswerAnew={() => change(clearAnswers(store.getState().counter, group.id))}
									onChangeDisposition={() => {
										change(makeActive(store.getState().counter, group.id));
										setDialog('disposition');
									}}
									onTakeOff={() => change(takeOff(store.getState().counter, group.id))}
								/>
							))}
						</ul>
					)}
				</section>
			</div>
			{dialog === 'by_hand' ? (
				<ChoiceDialog
					title={t('action.byHandTitle')}
					choices={byHandChoices}
					onChoose={(lineId) => {
						setDialog(null);
						byHand(lineId);
					}}
					onClose={() => setDialog(null)}
				/>
			) : null}
			{dialog === 'note' ? (
				<NoteDialog
					note={note}
					onNote={(written) => {
						setDialog(null);
						store.setState({ note: written });
					}}
					onClose={() => setDialog(null)}
				/>
			) : null}
			{dialog === 'disposition' && active !== null ? (
				<ChoiceDialog
					title={t('action.dispositionTitle')}
					choices={dispositions.map((disposition, at) => ({
						key: String(at + 1),
						label: t(`disposition.${disposition}`),
						value: disposition,
					}))}
					onChoose={(disposition) => {
						setDialog(null);
						change(answerDisposition(store.getState().counter, active.id, disposition));
					}}
					onClose={() => setDialog(null)}
				/>
			) : null}
		</Screen>
	);
}
