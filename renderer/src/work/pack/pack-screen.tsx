import { Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressText } from '../../../../shared/domain/decide-address.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Address } from '../../../../shared/schema/order.ts';
import { useRecord } from '../../device/index.ts';
import type { Delivery } from '../../documents/index.ts';
import { addressed, addressedNow } from '../../fulfillment/addressed.ts';
import { useFulfillmentOrders, useOrder, useReplicaReady } from '../../replica/index.ts';
import { useScan } from '../../scanning/index.ts';
import {
	ChoiceDialog,
	EmptyState,
	isDialogOpen,
	LoadingState,
	ProblemState,
	Screen,
	type ScreenAction,
	type ScreenProps,
	useTimeText,
	VerdictPanel,
} from '../../ui/index.ts';
import { packageToShip, unitsInBox } from './box.ts';
import { LabelSide, OpenBoxSide, ShippedPackages } from './box-side.tsx';
import { OrderSide } from './order-side.tsx';
import { OtherUnitDialog } from './other-unit-dialog.tsx';
import classes from './pack.module.css';
import { type PackStep, packStep, packWork } from './pack-work.ts';
import { usePacking } from './use-packing.ts';
import { useSlips } from './use-slips.ts';

/** `/pack/$fulfillmentOrderId`: the units of one FO go into packages, and the packages on their way. */
export function PackScreen() {
	const { fulfillmentOrderId = '' } = useParams({ strict: false });
	return <Bench key={fulfillmentOrderId} fulfillmentOrderId={fulfillmentOrderId} />;
}

function Bench({ fulfillmentOrderId }: { readonly fulfillmentOrderId: string }) {
	const { t } = useTranslation('pack');
	const navigate = useNavigate();
	const timeText = useTimeText();
	const isReady = useReplicaReady();
	const fulfillmentOrders = useFulfillmentOrders();
	const weightField = useRef<HTMLInputElement>(null);
	const [weightGrams, setWeightGrams] = useState<number | null>(null);
	const [trackingText, setTrackingText] = useState('');
	const [slipDelivery, setSlipDelivery] = useState<Delivery | null>(null);
	const [askedSlip, setAskedSlip] = useState<'print' | 'save' | null>(null);
	const [voidLabel, setVoidLabel] = useState<{ readonly packageId: string; readonly trackingNumber: string } | null>(
		null,
	);
	const record = useRecord();
	const packing = usePacking(fulfillmentOrderId, {
		onVoidLabel: (packageId, trackingNumber) => setVoidLabel({ packageId, trackingNumber }),
		onAllInBox: () => weightField.current?.focus(),
		onClosed: (packed, packageId) => {
			setWeightGrams(null);
			setTrackingText('');
			deliver(packed, packageId, 'print');
		},
	});
	const { box, verdict } = packing;
	const order = useOrder(packing.fulfillmentOrder?.orderId);
	const fulfillmentOrder = packing.fulfillmentOrder && addressed(packing.fulfillmentOrder, order);
	const deliverSlip = useSlips(packing.say);
	const deliver = (packed: FulfillmentOrder, packageId: string, how: 'print' | 'save') => {
		setSlipDelivery(null);
		const { id, orderId, shipTo, packages: closed } = addressedNow(packed);
		const isWaiting = closed.some((each) => each.id === packageId && each.shippedAt === null);
		void deliverSlip(addressedNow(packed), packageId, how).then((delivered) => {
			setSlipDelivery(delivered);
			if (delivered === null || !isWaiting) return;
			void record('print_label', { fulfillmentOrderId: id, orderId, packageId, shipTo: printedAddress(shipTo) });
		});
	};

	useScan((scan) => {
		// The camera's own dialog asks nothing.
		if (isDialogOpen() && scan.source !== 'camera') packing.refuseScan();
		else packing.scan(scan);
		return true;
	});
	const goToList = () => void navigate({ to: '/pack' });

	if (fulfillmentOrder === null) {
		return (
			<Screen title={t('list.title')} primary={{ label: t('backToList'), onAct: goToList }} onBack={goToList}>
				<VerdictPanel verdict={verdict} />
				{isReady ? <ProblemState title={t('gone.title')}>{t('gone.text')}</ProblemState> : <LoadingState />}
			</Screen>
		);
	}

	const step = packStep(fulfillmentOrder);
	const { packages } = fulfillmentOrder;
	const askSlip = (how: 'print' | 'save') => {
		const [only] = packages;
		if (packages.length === 1 && only !== undefined) deliver(fulfillmentOrder, only.id, how);
		else setAskedSlip(how);
	};
	const slipActions: readonly ScreenAction[] = [
		{ key: 'F7', label: t('printSlip'), disabled: packages.length === 0, onAct: () => askSlip('print') },
		{ key: 'F9', label: t('saveSlip'), disabled: packages.length === 0, onAct: () => askSlip('save') },
	];
	const next = packWork(fulfillmentOrders).find((work) => work.fulfillmentOrder.id !== fulfillmentOrderId);
	const goOn = () => {
		if (next === undefined) goToList();
		else void navigate({ to: '/pack/$fulfillmentOrderId', params: { fulfillmentOrderId: next.fulfillmentOrder.id } });
	};
	const primaries: Readonly<Record<PackStep, NonNullable<ScreenProps['primary']>>> = {
		pack: { label: t('close'), onAct: () => packing.closeBox(weightGrams) },
		label: { label: t('ship'), onAct: () => packing.shipTyped(trackingText) },
		done: { label: t(next === undefined ? 'backToList' : 'nextOrder'), onAct: goOn },
		stopped: { label: t('backToList'), onAct: goToList },
		still_picking: {
			label: t('goPick'),
			onAct: () => void navigate({ to: '/pick/$fulfillmentOrderId', params: { fulfillmentOrderId } }),
		},
		nothing: { label: t('backToList'), onAct: goToList },
	};
	const actions: Readonly<Record<PackStep, readonly ScreenAction[]>> = {
		pack: [
			...slipActions,
			{ key: 'F8', label: t('takeOut'), disabled: unitsInBox(box) === 0, onAct: packing.takeOutLast },
		],
		label: [{ key: 'F4', label: t('noLabel'), onAct: packing.shipWithoutLabel }, ...slipActions],
		done: slipActions,
		stopped: slipActions,
		still_picking: slipActions,
		nothing: slipActions,
	};
	const closed = packageToShip(fulfillmentOrder);
	return (
		<Screen
			title={t('title', { number: fulfillmentOrder.orderNumber })}
			subtitle={timeText.due(fulfillmentOrder.promisedAt)}
			primary={primaries[step]}
			actions={actions[step]}
			onBack={goToList}
		>
			<div className={classes.bench}>
				<OrderSide fulfillmentOrder={fulfillmentOrder} box={box} />
				<div className={classes.side}>
					<VerdictPanel verdict={verdict} />
					{step === 'pack' ? (
						<OpenBoxSide
							fulfillmentOrder={fulfillmentOrder}
							box={box}
							named={packing.named}
							weightGrams={weightGrams}
							onWeight={setWeightGrams}
							weightField={weightField}
						/>
					) : null}
					{step === 'label' && closed !== null ? (
						<LabelSide
							fulfillmentOrder={fulfillmentOrder}
							package={closed}
							trackingText={trackingText}
							onTrackingText={setTrackingText}
						/>
					) : null}
					<StepState fulfillmentOrder={fulfillmentOrder} step={step} />
					{slipDelivery === null ? null : (
						<Text c="dimmed" role="status">
							{t(`slip.${slipDelivery}`)}
						</Text>
					)}
					<ShippedPackages fulfillmentOrder={fulfillmentOrder} />
				</div>
			</div>
			{packing.otherUnit === null ? null : (
				<OtherUnitDialog question={packing.otherUnit} onAnswer={packing.answerOtherUnit} />
			)}
			{voidLabel === null ? null : (
				<ChoiceDialog
					title={t('voidLabel.title')}
					choices={[
						{ key: '1', label: t('voidLabel.print'), value: 'print' },
						{ key: '2', label: t('voidLabel.ship'), value: 'ship' },
					]}
					onChoose={(choice) => {
						const { packageId, trackingNumber } = voidLabel;
						setVoidLabel(null);
						setTrackingText('');
						if (choice === 'print') deliver(fulfillmentOrder, packageId, 'print');
						else packing.shipVoid(packageId, trackingNumber);
					}}
					onClose={() => setVoidLabel(null)}
				>
					<Text size="lg">{t('voidLabel.text', { address: addressText(fulfillmentOrder.shipTo) })}</Text>
				</ChoiceDialog>
			)}
			{askedSlip === null ? null : (
				<ChoiceDialog
					title={t('whichSlip')}
					choices={packages.slice(0, 9).map((each, index) => ({
						key: String(index + 1),
						label: t('box', { place: index + 1 }),
						value: each.id,
						...(each.trackingNumber === null ? {} : { detail: each.trackingNumber }),
					}))}
					onChoose={(packageId) => {
						setAskedSlip(null);
						deliver(fulfillmentOrder, packageId, askedSlip);
					}}
					onClose={() => setAskedSlip(null)}
				/>
			)}
		</Screen>
	);
}

/** What stands on a label: the text of the address, without its place on the map. */
function printedAddress({ line1, town, postalCode, country }: Address): Address {
	return { line1, town, postalCode, country };
}

/** Why there is nothing to put into a box, and what comes next. */
function StepState({
	fulfillmentOrder,
	step,
}: {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly step: PackStep;
}) {
	const { t } = useTranslation('pack');
	const { state, packages } = fulfillmentOrder;
	switch (step) {
		case 'pack':
		case 'label':
			return null;
		case 'done':
			return <EmptyState title={t('done.title')}>{t('done.text', { count: packages.length })}</EmptyState>;
		case 'stopped':
			return state === 'declined' || state === 'moved' ? (
				<ProblemState title={t('done.declined')}>{t('done.declinedText')}</ProblemState>
			) : (
				<ProblemState title={t('done.stopped')}>{t('done.stoppedText')}</ProblemState>
			);
		case 'still_picking':
			return <ProblemState title={t('done.stillPicking')}>{t('done.stillPickingText')}</ProblemState>;
		case 'nothing':
			return (
				<EmptyState title={t('done.notToPack')}>
					{t('done.notToPackText', { state: t(`ui:fulfillmentState.${state}`) })}
				</EmptyState>
			);
	}
}
