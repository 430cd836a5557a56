import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from 'zustand';
import { readScanCode } from '../../../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { useRecord } from '../../device/index.ts';
import { currentDocuments, findProductByGtins, useOrder } from '../../replica/index.ts';
import { useInOrder, useScan } from '../../scanning/index.ts';
import { Screen, useTimeText, useVerdict, VerdictPanel } from '../../ui/index.ts';
import { boardVerdict } from './board-verdict.ts';
import { CollectorPanel } from './collector-panel.tsx';
import type { CounterScan } from './counter-scan.ts';
import { HandoverHistory } from './handover-history.tsx';
import { handoverRecords } from './handover-record.ts';
import { freshHandover, type HandoverState, handoverStep, type Identity } from './handover-step.ts';
import { chosenOf } from './handover-units.ts';
import { handoverVerdict } from './handover-verdict.ts';
import { IdentityDialogs } from './identity-dialogs.tsx';
import { judgeBoardScan } from './judge-board-scan.ts';
import { judgeHandoverScan } from './judge-handover-scan.ts';
import classes from './pickup.module.css';
import { PickupItems } from './pickup-items.tsx';
import { inHand, unitsInHand, unitsToPick, unitsToShelve } from './pickup-progress.ts';
import { QuantitiesDialog } from './quantities-dialog.tsx';
import { useOpenPickup } from './use-open-pickup.ts';
import { type Handed, useReceipt } from './use-receipt.ts';

interface HandoverCounterProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly site: Site;
	/** The pass was scanned on the way here. */
	readonly passChecked: boolean;
}

/** One pickup at the counter: where it stands, what it is, who may have it. */
export function HandoverCounter({ fulfillmentOrder, site, passChecked }: HandoverCounterProps) {
	const { t } = useTranslation('pickup');
	const timeText = useTimeText();
	const order = useOrder(fulfillmentOrder.orderId);
	const { verdict, say } = useVerdict();
	const record = useRecord();
	const inOrder = useInOrder();
	const navigate = useNavigate();
	const openPickup = useOpenPickup();
	const passField = useRef<HTMLInputElement>(null);
	const isSaving = useRef(false);
	const savedAtMs = useRef(Number.NEGATIVE_INFINITY);
	const [handed, setHanded] = useState<Handed | null>(null);
	const saveReceipt = useReceipt(say);
	const [dialog, setDialog] = useState<'identity' | 'quantities' | null>(null);
	const { id, orderId, customer, orderNumber, promisedAt, stagedAt } = fulfillmentOrder;
	const byPass: Identity = { check: 'pass_code', collectedBy: customer.name };
	const [store] = useState(() =>
		createStore<HandoverState>(() => ({ ...freshHandover, identity: passChecked ? byPass : null })),
	);
	const state = useStore(store);
	const step = handoverStep(fulfillmentOrder, state);
	const current = () => currentDocuments('fulfillment_order').find((each) => each.id === id) ?? fulfillmentOrder;

	const checked = (identity: Identity) => {
		setDialog(null);
		// Another collector signs anew.
		const isSame = store.getState().identity?.collectedBy === identity.collectedBy;
		store.setState(isSame ? { identity } : { identity, signature: null });
	};
	useEffect(() => {
		if (passChecked) say(handoverVerdict({ kind: 'pass_checked' }, t, fulfillmentOrder));
		// Once, on the way in.
	}, []);

	const take = async (scan: CounterScan) => {
		const now = current();
		const { kind } = handoverStep(now, store.getState());
		const isNextCustomer = scan.code.kind === 'pass' || scan.code.kind === 'order';
		if (isNextCustomer && (kind === 'obstacle' || kind === 'leave')) {
			const judgement = judgeBoardScan(scan, {
				fulfillmentOrders: currentDocuments('fulfillment_order'),
				orders: currentDocuments('order'),
				site,
			});
			if (judgement.kind !== 'open_handover' || judgement.fulfillmentOrder.id !== id) {
				const words = boardVerdict(judgement, t, timeText.time);
				if (words !== null) say(words);
				if (judgement.kind === 'open_handover')
					openPickup(judgement.fulfillmentOrder, 'handover', judgement.passChecked);
				return;
			}
		}
		const judgement = judgeHandoverScan(scan, {
			fulfillmentOrder: now,
			fulfillmentOrders: currentDocuments('fulfillment_order'),
			chosen: store.getState().chosen,
			serials: store.getState().serials,
		});
		if (judgement.kind === 'unit') store.setState({ chosen: judgement.chosen, serials: judgement.serials });
		if (judgement.kind === 'pass_checked') checked(byPass);
		const product = judgement.kind === 'wrong_product' ? await findProductByGtins(judgement.gtins) : null;
		say(handoverVerdict(judgement, t, now, product?.name));
	};
	useScan((scan) => {
		inOrder(() => take({ code: scan.code, text: scan.text, typed: scan.source === 'typed' }));
		return true;
	});
	const typedPass = (text: string) => inOrder(() => take({ code: readScanCode(text), text, typed: true }));

	const handOver = async () => {
		const now = current();
		const next = handoverStep(now, store.getState());
		// A second Enter while the first is still being saved must not hand over again.
		if (next.kind !== 'hand_over' || isSaving.current) return;
		isSaving.current = true;
		const { units, identity } = next;
		const { signature } = store.getState();
		const isSaved = await record('hand_over', {
			fulfillmentOrderId: id,
			orderId,
			lines: units.lines,
			identityCheck: identity.check,
			collectedBy: identity.collectedBy,
			...(signature === null ? {} : { signature }),
		}).finally(() => {
			isSaving.current = false;
		});
		if (!isSaved) return;
		savedAtMs.current = performance.now();
		store.setState({ ...freshHandover, gaveSomething: true });
		setHanded({ lines: units.lines, collectedBy: identity.collectedBy, at: timeText.now.toString() });
		const name = identity.collectedBy;
		const shelf = now.stagedAt ?? t('handover.theBench');
		const detail =
			units.staying > 0
				? t('handover.doneStaying', { name, shelf, count: units.staying })
				: t('handover.doneDetail', { name });
		say({ kind: 'right', title: t('handover.doneTitle', { count: units.units }), detail });
		// Whoever comes back for the rest is checked again.
		if (passChecked) void navigate({ to: '.', replace: true, state: { passChecked: false } });
	};

	const toBoard = { label: t('handover.board'), onAct: () => void navigate({ to: '/pickup' }) };
	// An Enter too many must not wipe the verdict away.
	const leave = {
		...toBoard,
		onAct: () => {
			if (performance.now() - savedAtMs.current > 800) toBoard.onAct();
		},
	};
	const primary = () => {
		switch (step.kind) {
			case 'check':
				return { label: t('handover.check'), onAct: () => setDialog('identity') };
			case 'choose':
				return { label: t('handover.nothingTitle'), onAct: () => {}, disabled: true };
			case 'hand_over': {
				const { units, staying } = step.units;
				const words = staying > 0 ? 'handover.handOverPart' : 'handover.handOverAll';
				return { label: t(words, { count: units, staying }), onAct: () => void handOver() };
			}
			case 'leave':
				return leave;
			case 'obstacle':
				return step.obstacle === 'not_prepared'
					? { label: t('handover.pickNow'), onAct: () => openPickup(fulfillmentOrder, 'pick') }
					: leave;
		}
	};
	const receipt =
		handed === null
			? []
			: [{ key: 'F8', label: t('receipt.save'), onAct: () => void saveReceipt(fulfillmentOrder, handed) }];
	const isPossible = step.kind !== 'obstacle';
	const hasChosen = Object.keys(state.chosen).length > 0;
	const toPick = unitsToPick(fulfillmentOrder);
	const records = handoverRecords(order, id);
	return (
		<Screen
			title={t('handover.title')}
			subtitle={[customer.name, t('order', { number: orderNumber }), timeText.due(promisedAt)].join(' · ')}
			primary={primary()}
			actions={
				isPossible
					? [
							state.identity === null
								? { key: 'F3', label: t('handover.typePass'), onAct: () => passField.current?.focus() }
								: { key: 'F4', label: t('handover.checkAgain'), onAct: () => setDialog('identity') },
							{ key: 'F6', label: t('handover.quantities'), onAct: () => setDialog('quantities') },
							...(hasChosen
								? [
										{
											key: 'F7',
											label: t('handover.countAnew'),
											onAct: () => store.setState({ chosen: {}, serials: {} }),
										},
									]
								: []),
							...receipt,
						]
					: [
							...receipt,
							{
								key: 'F9',
								label: t('handover.openOrder'),
								onAct: () => openPickup(fulfillmentOrder, 'order'),
							},
						]
			}
			onBack={toBoard.onAct}
		>
			<div className={classes.sides}>
				<section className={classes.side} aria-label={t('handover.items')}>
					{step.kind === 'obstacle' ? (
						<Text className={classes.placeNone}>
							{state.gaveSomething ? t('handover.handedOver') : t(`handover.obstacle.${step.obstacle}`)}
						</Text>
					) : (
						<Place stagedAt={unitsToShelve(fulfillmentOrder) === unitsInHand(fulfillmentOrder) ? null : stagedAt} />
					)}
					<PickupItems
						fulfillmentOrder={fulfillmentOrder}
						count={(line) =>
							hasChosen && inHand(line) > 0
								? t('handover.counted', { count: chosenOf(line, state.chosen), of: inHand(line) })
								: String(isPossible ? inHand(line) : line.quantities.handedOver)
						}
						isDone={(line) => chosenOf(line, state.chosen) === inHand(line)}
					/>
					{isPossible && toPick > 0 ? <Text fw={650}>{t('handover.stillToPick', { count: toPick })}</Text> : null}
					{records.length > 0 || (step.kind === 'obstacle' && step.obstacle === 'handed_over') ? (
						<HandoverHistory records={records} />
					) : null}
				</section>
				<div className={classes.side}>
					<VerdictPanel verdict={verdict} />
					{isPossible ? (
						<CollectorPanel
							fulfillmentOrder={fulfillmentOrder}
							identity={state.identity}
							signature={state.signature}
							onSign={(signature) => store.setState({ signature })}
							onTypedPass={typedPass}
							passField={passField}
						/>
					) : null}
				</div>
			</div>
			{dialog === 'identity' ? (
				<IdentityDialogs fulfillmentOrder={fulfillmentOrder} onCheck={checked} onClose={() => setDialog(null)} />
			) : null}
			{dialog === 'quantities' ? (
				<QuantitiesDialog
					fulfillmentOrder={fulfillmentOrder}
					onChoose={(chosen) => {
						setDialog(null);
						store.setState({ chosen, serials: {} });
					}}
					onClose={() => setDialog(null)}
				/>
			) : null}
		</Screen>
	);
}

function Place({ stagedAt }: { readonly stagedAt: string | null }) {
	const { t } = useTranslation('pickup');
	if (stagedAt === null) {
		return (
			<div>
				<Text className={classes.placeNone}>{t('handover.noShelf')}</Text>
				<Text size="lg">{t('handover.noShelfDetail')}</Text>
			</div>
		);
	}
	return (
		<div className={classes.place}>
			<Text size="lg">{t('handover.shelf')}</Text>
			<Text className={classes.placeCode}>{stagedAt}</Text>
		</div>
	);
}
