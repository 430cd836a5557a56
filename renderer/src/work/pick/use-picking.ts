import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductScan } from '../../../../shared/codes/index.ts';
import type { FulfillmentOrder, ShortReason } from '../../../../shared/schema/fulfillment-order.ts';
import { openDeviceClient, useDeviceValues, useRecord } from '../../device/index.ts';
import { latestFulfillmentOrder } from '../../fulfillment/latest-fulfillment-order.ts';
import { linesOfProduct } from '../../fulfillment/lines-of-product.ts';
import { serialTakenFor } from '../../fulfillment/scanned-identity.ts';
import { useOutsideChange } from '../../fulfillment/use-outside-change.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import {
	currentDocuments,
	findProductByGtins,
	readStocksHere,
	useFulfillmentOrder,
	useSite,
} from '../../replica/index.ts';
import { type Scan, useInOrder } from '../../scanning/index.ts';
import { type ShownVerdict, useTimeText, useVerdict } from '../../ui/index.ts';
import { judgePickScan } from './judge-pick-scan.ts';
import { lastPickToUndo } from './last-pick.ts';
import { currentLine } from './pick-path.ts';
import { pickVerdictText } from './pick-verdict-text.ts';

/** As many of the device's operations as an undo may look back. */
const operationsToLookBack = 500;

export interface Picking {
	readonly fulfillmentOrder: FulfillmentOrder | null;
	readonly verdict: ShownVerdict | null;
	readonly chosenLineId: string | null;
	readonly chooseLine: (lineId: string | null) => void;
	readonly scan: (scan: Scan) => void;
	readonly reportShort: (lineId: string, quantity: number, reason: ShortReason) => void;
	readonly undo: () => void;
	/** An expired unit that was scanned, until somebody says what is to become of it. */
	readonly expired: ExpiredQuestion | null;
	readonly answerExpired: (takesIt: boolean) => void;
	/** A scan came while a question is open: it is not counted. */
	readonly refuseScan: () => void;
}

export interface ExpiredQuestion {
	readonly scan: Scan;
	readonly name: string;
	readonly lot: string | null;
	readonly expiresOn: string;
}

/**
 * The picking of one FO. All that changes it goes through one queue and is judged against what the operations before it have made of the
 * FO, so that however fast the scanner is, no unit is counted twice.
 */
export function usePicking(fulfillmentOrderId: string): Picking {
	const { t } = useTranslation('pick');
	const fulfillmentOrder = useFulfillmentOrder(fulfillmentOrderId);
	const ownName = useDeviceValues(({ signedIn }) => ({ name: signedIn?.name ?? '' })).name;
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const { now, day } = useTimeText();
	const timeZone = useSite()?.timeZone ?? 'UTC';
	const today = now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
	const [expired, setExpired] = useState<ExpiredQuestion | null>(null);
	const [chosenLineId, setChosenLineId] = useState<string | null>(null);
	const chosen = useRef<string | null>(null);
	const hasStarted = useRef(false);
	const chooseLine = useCallback((lineId: string | null) => {
		chosen.current = lineId;
		setChosenLineId(lineId);
	}, []);
	const inOrder = useInOrder(useScanFailed(say));

	useOutsideChange(fulfillmentOrder, say);

	/** Says once a visit who is at it; only when something is really done, for looking is no work. */
	const start = async (current: FulfillmentOrder): Promise<boolean> => {
		const isOpen = current.state === 'assigned' || current.state === 'picking';
		if (hasStarted.current || !isOpen || current.pickerName === ownName) return true;
		const { id, orderId } = current;
		hasStarted.current = await record('start_picking', { fulfillmentOrderId: id, orderId });
		return hasStarted.current;
	};

	const handleScan = async (scan: Scan, takesExpired = false) => {
		const { code, text } = scan;
		const asked = latestFulfillmentOrder(fulfillmentOrderId);
		if (asked === null) return;
		const [own] = code.kind === 'product' ? linesOfProduct(asked.lines, code, null) : [];
		const product = code.kind === 'product' && own === undefined ? await findProductByGtins(code.gtins) : null;
		const lotExpiresOn = code.kind === 'product' ? await lastGoodDay(code, own?.sku ?? product?.id) : undefined;
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		if (current === null) return;
		const standingAt = currentLine(current, chosen.current);
		const serialTaken = (sku: string, serial: string) =>
			serialTakenFor(currentDocuments('fulfillment_order'), current, sku, serial);
		const judged = judgePickScan(
			current,
			{ code, text, product, today, lotExpiresOn, serialTakenFor: serialTaken, takesExpired },
			chosen.current,
		);
		if (judged.operation !== null) {
			if (!(await start(current))) return;
			const { type } = judged.operation;
			const isSaved =
				type === 'pick' ? await record(type, judged.operation.payload) : await record(type, judged.operation.payload);
			if (!isSaved) return;
		}
		say(pickVerdictText(judged.verdict, current, standingAt, t, day));
		if (judged.verdict.kind === 'expired') {
			const { line, lot, expiresOn } = judged.verdict;
			setExpired({ scan, name: line.name, lot, expiresOn });
		}
		if (judged.verdict.kind === 'right_bin') chooseLine(judged.verdict.line.lineId);
		// The path goes on from where the picker stands now.
		if (judged.verdict.kind === 'right_item' && judged.verdict.moreOfLine > 0) chooseLine(judged.verdict.line.lineId);
	};

	const handleShort = async (lineId: string, wished: number, reason: ShortReason) => {
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		const line = current?.lines.find((each) => each.lineId === lineId);
		const quantity = Math.min(wished, line?.quantities.toPick ?? 0);
		if (!current || !line || quantity === 0 || !(await start(current))) return;
		const { id, orderId } = current;
		const { sku, name } = line;
		if (!(await record('short', { fulfillmentOrderId: id, orderId, lineId, sku, quantity, reason }))) return;
		const values = { quantity, name, reason: t(`short.${reason}`) };
		say({ kind: 'attention', title: t('said.shortRecorded'), detail: t('said.shortRecordedDetail', values) });
	};

	const handleUndo = async () => {
		const client = await openDeviceClient();
		const operations = await client.operations(operationsToLookBack);
		const current = latestFulfillmentOrder(fulfillmentOrderId);
		const payload = current === null ? null : lastPickToUndo(operations, current);
		if (current === null || payload === null) {
			say({ kind: 'attention', title: t('said.nothingToUndo'), detail: t('said.nothingToUndoDetail') });
			return;
		}
		if (!(await record('undo_pick', payload))) return;
		const line = current.lines.find((each) => each.lineId === payload.lineId);
		const values = { quantity: payload.quantity, name: line?.name ?? payload.sku, bin: line?.bin || t('noBin') };
		say({ kind: 'attention', title: t('said.undone'), detail: t('said.undoneDetail', values) });
		chooseLine(payload.lineId);
	};

	return {
		fulfillmentOrder,
		verdict,
		chosenLineId,
		chooseLine,
		scan: (scan) => inOrder(() => handleScan(scan)),
		expired,
		answerExpired: (takesIt) => {
			setExpired(null);
			if (expired === null) return;
			if (takesIt) inOrder(() => handleScan(expired.scan, true));
			else say({ kind: 'attention', title: t('said.expiredLeft'), detail: t('said.expiredLeftDetail') });
		},
		reportShort: (lineId, quantity, reason) => inOrder(() => handleShort(lineId, quantity, reason)),
		undo: () => inOrder(handleUndo),
		refuseScan: () =>
			say({ kind: 'wrong', title: t('fulfillment:said.answerFirst'), detail: t('fulfillment:said.answerFirstDetail') }),
	};
}

/** Of a lot whose code names no day, the one that the books have here. */
async function lastGoodDay({ lot, expiry }: ProductScan, sku: string | undefined): Promise<string | undefined> {
	if (lot === undefined || expiry !== undefined || sku === undefined) return undefined;
	const here = (await readStocksHere([sku], undefined))?.get(sku);
	return here?.bins.find((each) => each.lot === lot && each.expiresOn !== undefined)?.expiresOn;
}
