import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { voidLabels } from '../../../../shared/domain/decide-address.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { NamedUnits } from '../../../../shared/schema/stock-position.ts';
import { newId, useRecord } from '../../device/index.ts';
import { addressed, addressedNow } from '../../fulfillment/addressed.ts';
import { latestFulfillmentOrder } from '../../fulfillment/latest-fulfillment-order.ts';
import { linesOfProduct } from '../../fulfillment/lines-of-product.ts';
import type { OutsideChange } from '../../fulfillment/notice-change.ts';
import { useOutsideChange } from '../../fulfillment/use-outside-change.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { findProductByGtins, useFulfillmentOrder, useOrder } from '../../replica/index.ts';
import { useInOrder } from '../../scanning/index.ts';
import { type ShownVerdict, useTimeText, useVerdict } from '../../ui/index.ts';
import {
	type Box,
	boxOf,
	emptyBox,
	fitBox,
	namedInBox,
	ownReference,
	packageToShip,
	packPayload,
	scannedFor,
	unitsInBox,
} from './box.ts';
import { judgeLabelScan } from './judge-label-scan.ts';
import { judgePackScan, type PackScan } from './judge-pack-scan.ts';
import type { UnitDoubt } from './judge-packed-unit.ts';
import { keepScanned, scannedInto, useOpenBoxes } from './open-boxes.ts';
import { labelVerdictText, packVerdictText } from './pack-verdict-text.ts';
import { packStep } from './pack-work.ts';

export interface OtherUnitQuestion {
	readonly scan: Pick<PackScan, 'code' | 'text'>;
	readonly doubt: Extract<UnitDoubt, { kind: 'other_unit' }>;
}

export interface Packing {
	readonly fulfillmentOrder: FulfillmentOrder | null;
	readonly box: Box;
	/** Which units are in the box, as far as it is known. */
	readonly named: readonly NamedUnits[];
	readonly verdict: ShownVerdict | null;
	readonly say: ReturnType<typeof useVerdict>['say'];
	readonly scan: (scan: Pick<PackScan, 'code' | 'text'>) => void;
	/** A unit other than those that were picked: null while no answer is awaited. */
	readonly otherUnit: OtherUnitQuestion | null;
	readonly answerOtherUnit: (packsIt: boolean) => void;
	readonly takeOutLast: () => void;
	/** Null weight: it was not typed yet. */
	readonly closeBox: (weightGrams: number | null) => void;
	/** A number typed by hand, as it stands in the field. */
	readonly shipTyped: (text: string) => void;
	readonly shipWithoutLabel: () => void;
	/** Somebody was told that the label is void, and ships it all the same. */
	readonly shipVoid: (packageId: string, trackingNumber: string) => void;
	readonly refuseScan: () => void;
}

export interface PackingEvents {
	readonly onAllInBox: () => void;
	/** The package has a label for an address that holds no more: nothing was shipped yet. */
	readonly onVoidLabel: (packageId: string, trackingNumber: string) => void;
	readonly onClosed: (fulfillmentOrder: FulfillmentOrder, packageId: string) => void;
}

// Who picks is of no concern here.
const concernsPacking = (change: OutsideChange): boolean => change.kind !== 'other_picker';

const placeOf = (fulfillmentOrder: FulfillmentOrder, packageId: string): number =>
	fulfillmentOrder.packages.findIndex((each) => each.id === packageId) + 1;

/** The packing of one FO, one piece of work after the other: what is scanned, closed and shipped is judged against what came before it. */
export function usePacking(fulfillmentOrderId: string, events: PackingEvents): Packing {
	const { t } = useTranslation(['pack', 'fulfillment']);
	const fulfillmentOrder = useFulfillmentOrder(fulfillmentOrderId);
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const scanned = useOpenBoxes((state) => state.scanned[fulfillmentOrderId]);
	const box = useMemo(
		() => (fulfillmentOrder === null ? emptyBox : fitBox(fulfillmentOrder, boxOf(scanned ?? []))),
		[fulfillmentOrder, scanned],
	);
	const inOrder = useInOrder(useScanFailed(say));
	const { day } = useTimeText();
	const [otherUnit, setOtherUnit] = useState<OtherUnitQuestion | null>(null);
	const order = useOrder(fulfillmentOrder?.orderId);

	useOutsideChange(fulfillmentOrder, say, concernsPacking);

	const voids =
		fulfillmentOrder === null ? 0 : voidLabels(fulfillmentOrder, addressed(fulfillmentOrder, order).shipTo).length;
	const knownVoids = useRef(voids);
	useEffect(() => {
		if (voids > knownVoids.current) {
			say({ kind: 'attention', title: t('said.labelVoid'), detail: t('said.labelVoidDetail') });
		}
		knownVoids.current = voids;
	}, [voids, say, t]);

	const ship = async (current: FulfillmentOrder, packageId: string, trackingNumber: string, isWarned = false) => {
		const isVoid = voidLabels(current, addressedNow(current).shipTo).some((each) => each.id === packageId);
		if (isVoid && !isWarned) {
			say({ kind: 'attention', title: t('said.labelVoid'), detail: t('said.labelVoidDetail') });
			events.onVoidLabel(packageId, trackingNumber);
			return;
		}
		const { id, orderId } = current;
		const payload = { fulfillmentOrderId: id, orderId, packageId, trackingNumber };
		if (!(await record('ship', payload))) return;
		say(labelVerdictText({ kind: 'tracking_number', trackingNumber }, placeOf(current, packageId), t));
	};

	const handleScan = async ({ code, text }: Pick<PackScan, 'code' | 'text'>, takesOther = false) => {
		const asked = latestFulfillmentOrder(fulfillmentOrderId);
		if (asked === null) return;
		const isOwn = code.kind === 'product' && linesOfProduct(asked.lines, code, null).length > 0;
		const product = code.kind === 'product' && !isOwn ? await findProductByGtins(code.gtins) : null;
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		if (current === null) return;
		const scan: PackScan = { code, text, product };
		const open = packageToShip(current);
		if (open !== null && packStep(current) === 'label') {
			const judged = judgeLabelScan(current, scan);
			if (judged.kind === 'tracking_number') await ship(current, open.id, judged.trackingNumber);
			else say(labelVerdictText(judged, placeOf(current, open.id), t));
			return;
		}
		const before = fitBox(current, boxOf(scannedInto(fulfillmentOrderId)));
		const kept = scannedFor(before, scannedInto(fulfillmentOrderId));
		const judged = judgePackScan(current, before, { ...scan, scanned: kept, takesOther });
		if (judged.units.length > 0) keepScanned(fulfillmentOrderId, [...kept, ...judged.units]);
		say(packVerdictText(judged.verdict, current, t, day));
		if (judged.verdict.kind === 'other_unit') setOtherUnit({ scan: { code, text }, doubt: judged.verdict });
		if (judged.verdict.kind === 'all_in_box') events.onAllInBox();
	};

	const handleClose = async (weightGrams: number | null) => {
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		if (current === null || packStep(current) !== 'pack') return;
		const contents = fitBox(current, boxOf(scannedInto(fulfillmentOrderId)));
		if (unitsInBox(contents) === 0) {
			say({ kind: 'attention', title: t('said.emptyBox'), detail: t('said.emptyBoxDetail') });
			return;
		}
		if (weightGrams === null) {
			say({ kind: 'attention', title: t('said.weigh'), detail: t('said.weighDetail') });
			events.onAllInBox();
			return;
		}
		const packageId = newId();
		const payload = packPayload(current, contents, scannedInto(fulfillmentOrderId), packageId, weightGrams);
		if (payload === null || !(await record('pack', payload))) return;
		keepScanned(fulfillmentOrderId, []);
		const packed = latestFulfillmentOrder(fulfillmentOrderId);
		if (packed === null) return;
		const values = { place: placeOf(packed, packageId) };
		say({ kind: 'right', title: t('said.closed', values), detail: t('said.closedDetail') });
		events.onClosed(packed, packageId);
	};

	const handleTakeOut = async () => {
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		if (current === null) return;
		const before = scannedInto(fulfillmentOrderId);
		const kept = scannedFor(fitBox(current, boxOf(before)), before);
		const line = current.lines.find((each) => each.lineId === kept.at(-1)?.lineId);
		keepScanned(fulfillmentOrderId, kept.slice(0, -1));
		if (line === undefined) say({ kind: 'attention', title: t('said.nothingToTakeOut') });
		else say({ kind: 'attention', title: t('said.takenOut'), detail: t('said.takenOutDetail', { name: line.name }) });
	};

	const handleShipWithoutLabel = async () => {
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		const open = current === null ? null : packageToShip(current);
		if (current !== null && open !== null) await ship(current, open.id, ownReference(current, open.id));
	};

	return {
		fulfillmentOrder,
		box,
		named: fulfillmentOrder === null ? [] : namedInBox(fulfillmentOrder, box, scanned ?? []),
		verdict,
		say,
		scan: (scan) => inOrder(() => handleScan(scan)),
		otherUnit,
		answerOtherUnit: (packsIt) => {
			setOtherUnit(null);
			if (otherUnit === null) return;
			if (packsIt) inOrder(() => handleScan(otherUnit.scan, true));
			else say({ kind: 'attention', title: t('said.leftOut'), detail: t('said.leftOutDetail') });
		},
		takeOutLast: () => inOrder(handleTakeOut),
		closeBox: (weightGrams) => inOrder(() => handleClose(weightGrams)),
		shipTyped: (text) => {
			if (text.trim() === '') {
				say({ kind: 'attention', title: t('said.noNumber'), detail: t('said.noNumberDetail') });
				return;
			}
			inOrder(() => handleScan({ code: readScanCode(text), text }));
		},
		shipWithoutLabel: () => inOrder(handleShipWithoutLabel),
		shipVoid: (packageId, trackingNumber) =>
			inOrder(async () => {
				const current = latestFulfillmentOrder(fulfillmentOrderId);
				if (current !== null && packageToShip(current)?.id === packageId)
					await ship(current, packageId, trackingNumber, true);
			}),
		refuseScan: () =>
			say({ kind: 'wrong', title: t('fulfillment:said.answerFirst'), detail: t('fulfillment:said.answerFirstDetail') }),
	};
}
