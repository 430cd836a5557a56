import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { makeSscc, ssccSerialDigits } from '../../../../shared/codes/index.ts';
import type { ShortReason } from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { AnnouncedUnit } from '../../../../shared/schema/purchase-order.ts';
import type { Transfer } from '../../../../shared/schema/transfer.ts';
import { useRecord } from '../../device/index.ts';
import { belowSafetyHere } from '../../fulfillment/safety-stock-here.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import { currentDocuments, findProduct, findProductByGtins, useSite, useTransfers } from '../../replica/index.ts';
import { type Scan, useInOrder } from '../../scanning/index.ts';
import { type ShownVerdict, useTimeText, useVerdict } from '../../ui/index.ts';
import { judgeTransferScan, pickedUnits, type TransferVerdict, takenUnits } from './judge-transfer-scan.ts';
import { transferVerdictText } from './transfer-verdict-text.ts';
import { unboxedUnits, unitsInHand, unitsToPick } from './transfer-work.ts';

export interface TransferHandling {
	readonly transfer: Transfer | null;
	readonly verdict: ShownVerdict | null;
	readonly scan: (scan: Scan) => void;
	readonly refuseScan: () => void;
	readonly pickMany: (sku: string, quantity: number) => void;
	readonly reportShort: (sku: string, quantity: number, reason: ShortReason) => void;
	readonly undo: () => void;
	readonly box: () => void;
	readonly printLabels: () => void;
	readonly send: () => void;
	readonly stop: (type: 'cancel_transfer' | 'decline_transfer', reason: string) => void;
}

/** Getting one transfer ready and sending it. All of it goes through one queue, each judged by what the one before has made. */
export function useTransfer(transferId: string): TransferHandling {
	const { t, i18n } = useTranslation('transfer');
	const record = useRecord();
	const site = useSite();
	const { now } = useTimeText();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const transfer = useTransfers().find(({ id }) => id === transferId) ?? null;
	const lastPicked = useRef<readonly PayloadOf<'pick_transfer'>[]>([]);
	const latest = () => currentDocuments('transfer').find(({ id }) => id === transferId);

	const pick = async (
		verdictOfPick: Extract<TransferVerdict, { kind: 'picked' | 'taken' }>,
		product: Product | null,
	) => {
		const { payload, kind } = verdictOfPick;
		// What was asked for is set aside already; what is given is taken from what this site promises.
		const below =
			kind === 'picked' || product === null ? null : await belowSafetyHere(product, payload.quantity, now.toString());
		if (!(await record('pick_transfer', payload))) return;
		lastPicked.current = [...lastPicked.current, payload];
		const said = transferVerdictText(verdictOfPick, t);
		say(
			below === null
				? said
				: { ...said, kind: 'attention', detail: [said.detail, t('said.belowSafety', { ...below })].join(' ') },
		);
	};
	const handleScan = async ({ code, text }: Scan) => {
		const product = code.kind === 'product' ? await findProductByGtins(code.gtins) : null;
		const current = latest();
		if (current === undefined) return;
		const judged = judgeTransferScan(current, { code, text, product });
		if (judged.kind === 'picked' || judged.kind === 'taken') return pick(judged, product);
		if (judged.kind === 'put_back' && !(await record('put_back_transfer', judged.payload))) return;
		say(transferVerdictText(judged, t));
	};
	const handleMany = async (sku: string, wished: number) => {
		const current = latest();
		const line = current?.lines.find((each) => each.sku === sku);
		if (current === undefined || line === undefined) return;
		const product = await findProduct(sku);
		if (product?.tracking === 'serial') return say(transferVerdictText({ kind: 'serial_needed', name: line.name }, t));
		if (current.unasked === true) return pick(takenUnits(current, line, product, wished), product);
		const units = Math.min(wished, unitsToPick(line));
		if (units > 0) await pick(pickedUnits(current, line, units), product);
	};
	const handleShort = async (sku: string, wished: number, reason: ShortReason) => {
		const line = latest()?.lines.find((each) => each.sku === sku);
		if (line === undefined) return;
		const quantity = Math.min(wished, unitsToPick(line));
		if (quantity === 0 || !(await record('short_transfer', { transferId, sku, quantity, reason }))) return;
		say({ kind: 'attention', title: t('said.short'), detail: t('said.units', { count: quantity, name: line.name }) });
	};
	const handleUndo = async () => {
		const last = lastPicked.current.at(-1);
		if (last === undefined)
			return say({ kind: 'attention', title: t('said.nothingToUndo'), detail: t('said.nothingToUndoDetail') });
		const { scannedCode: _, name: __, gtins: ___, ...units } = last;
		if (!(await record('put_back_transfer', units))) return;
		lastPicked.current = lastPicked.current.slice(0, -1);
		const name = latest()?.lines.find(({ sku }) => sku === last.sku)?.name ?? last.sku;
		say({ kind: 'attention', title: t('said.undone'), detail: t('said.units', { count: last.quantity, name }) });
	};
	const print = async (current: Transfer, boxes: readonly AnnouncedUnit[]) => {
		if (site === null || boxes.length === 0) return false;
		try {
			// In a chunk of its own: most screens never make a document.
			const { boxLabel, boxLabelFileName, printPdf } = await import('../../documents/index.ts');
			const label = boxLabel({ transfer: current, boxes, site, packedAt: now.toString(), language: i18n.language });
			await printPdf(label, boxLabelFileName(current));
			return true;
		} catch (error) {
			console.error('The box label could not be made', error);
			return false;
		}
	};
	const handleBox = async () => {
		const current = latest();
		const lines = current === undefined ? [] : unboxedUnits(current);
		const prefix = site?.gs1CompanyPrefix;
		if (current === undefined || lines.length === 0)
			return say({ kind: 'attention', title: t('said.nothingToBox'), detail: t('said.nothingToBoxDetail') });
		if (prefix === undefined)
			return say({ kind: 'wrong', title: t('said.noPrefix'), detail: t('said.noPrefixDetail') });
		const sscc = newSscc(prefix);
		if (!(await record('pack_transfer', { transferId, sscc, lines: [...lines] }))) return;
		const isPrinted = await print(current, [{ sscc, lines: [...lines] }]);
		const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		say({
			kind: isPrinted ? 'right' : 'attention',
			title: t('said.boxed', { count: units }),
			detail: t(isPrinted ? 'said.boxedDetail' : 'said.labelFailed', { sscc }),
		});
	};
	const handleSend = async () => {
		const current = latest();
		const lines = current === undefined ? [] : unitsInHand(current);
		if (current === undefined || lines.length === 0) return;
		if (!(await record('send_transfer', { transferId, lines: [...lines] }))) return;
		lastPicked.current = [];
		const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		say({
			kind: 'right',
			title: t('said.sent', { count: units }),
			detail: t('said.sentDetail', { site: current.toSiteName }),
		});
	};
	const handleStop = async (type: 'cancel_transfer' | 'decline_transfer', reason: string) => {
		if (!(await record(type, { transferId, reason }))) return;
		say({ kind: 'attention', title: t(`said.${type}`), detail: t('said.stopDetail') });
	};

	return {
		transfer,
		verdict,
		scan: (scan) => inOrder(() => handleScan(scan)),
		refuseScan: () =>
			say({ kind: 'wrong', title: t('fulfillment:said.answerFirst'), detail: t('fulfillment:said.answerFirstDetail') }),
		pickMany: (sku, quantity) => inOrder(() => handleMany(sku, quantity)),
		reportShort: (sku, quantity, reason) => inOrder(() => handleShort(sku, quantity, reason)),
		undo: () => inOrder(handleUndo),
		box: () => inOrder(handleBox),
		printLabels: () =>
			inOrder(async () => {
				const current = latest();
				if (current !== undefined) await print(current, current.boxes);
			}),
		send: () => inOrder(handleSend),
		stop: (type, reason) => inOrder(() => handleStop(type, reason)),
	};
}

/** Devices that are cut off from each other can't share a counter: they draw from all numbers of the prefix, with 7 digits 10 thousand million. */
function newSscc(prefix: string): string {
	const [first = 0, second = 0] = crypto.getRandomValues(new Uint32Array(2));
	return makeSscc(prefix, first % 10, second % 10 ** ssccSerialDigits(prefix));
}
