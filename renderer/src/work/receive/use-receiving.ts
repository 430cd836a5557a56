import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Supply } from '../../../../shared/domain/supply.ts';
import type { AnnouncedUnit } from '../../../../shared/schema/purchase-order.ts';
import type { IncomingLine, Receipt } from '../../../../shared/schema/receipt.ts';
import { newId, useDeviceValues, useRecord } from '../../device/index.ts';
import { currentClosedBins } from '../../fulfillment/closed-bins.ts';
import { useScanFailed } from '../../fulfillment/use-scan-failed.ts';
import {
	currentDocuments,
	currentSupplies,
	findProduct,
	findProductByGtins,
	readStocksHere,
	usePurchaseOrders,
	useReceipts,
	useSite,
	useTransfers,
} from '../../replica/index.ts';
import { type Scan, useInOrder } from '../../scanning/index.ts';
import { type ShownVerdict, useTimeText, useVerdict } from '../../ui/index.ts';
import { progressOf } from './expected-units.ts';
import {
	isExpired,
	isFullyTold,
	judgeReceiveScan,
	judgeSerial,
	type PendingUnits,
	type Received,
	type ReceivingNow,
} from './judge-receive-scan.ts';
import { countedText, receiveVerdictText } from './receive-verdict-text.ts';
import { type UnknownCode, useUnknownCodes } from './unknown-codes.ts';

/** The path's name for goods of which nobody has announced anything. */
export const withoutPaper = 'without-paper';

export interface UnitQuestion {
	readonly unit: AnnouncedUnit;
	readonly products: ReadonlyMap<string, Received>;
}

export interface Receiving {
	/** Null for goods without paper, and for a delivery that is not at this site. */
	readonly supply: Supply | null;
	/** This person's own receipt; null before anything is counted. */
	readonly receipt: Receipt | null;
	readonly verdict: ShownVerdict | null;
	readonly pending: PendingUnits | null;
	readonly question: UnitQuestion | null;
	readonly isDamaged: boolean;
	readonly countsByScan: boolean;
	readonly bin: string | null;
	readonly unknownCodes: readonly UnknownCode[];
	/** The site's calendar day. */
	readonly today: string;
	readonly scan: (scan: Scan) => void;
	readonly refuseScan: () => void;
	readonly count: (units: PendingUnits & { readonly quantity: number }) => void;
	readonly leavePending: () => void;
	readonly answerUnit: (receivesAll: boolean) => void;
	readonly toggleDamaged: () => void;
	readonly toggleByScan: () => void;
	readonly useOwnBin: () => void;
	readonly clearUnknownCodes: () => void;
	readonly undo: () => void;
	/** Resolves to true when it is saved. */
	readonly finish: (isComplete: boolean) => Promise<boolean>;
}

/** Taking goods in against one delivery, or without paper. All goes through one queue, each scan judged by what the one before has made. */
export function useReceiving(supplyId: string): Receiving {
	const { t } = useTranslation('receive');
	const record = useRecord();
	const { verdict, say } = useVerdict();
	const inOrder = useInOrder(useScanFailed(say));
	const timeZone = useSite()?.timeZone ?? 'UTC';
	const today = useTimeText().now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
	const ownName = useDeviceValues(({ signedIn }) => ({ name: signedIn?.name ?? '' })).name;
	const supply = supplyOf(supplyId, [...usePurchaseOrders(), ...useTransfers()]);
	const receipt = ownReceipt(useReceipts(), supplyId, ownName);
	const freshId = useRef(newId());
	const [pending, showPending] = useState<PendingUnits | null>(null);
	const [question, setQuestion] = useState<UnitQuestion | null>(null);
	const [isDamaged, showDamaged] = useState(false);
	const [countsByScan, showByScan] = useState(false);
	const [bin, showBin] = useState<string | null>(null);
	const unknown = useUnknownCodes(supplyId);
	// What a handler in the queue goes by, also between two renderings.
	const latest = useRef({ pending, isDamaged, countsByScan, bin });
	const set = useCallback((change: Partial<typeof latest.current>) => {
		latest.current = { ...latest.current, ...change };
		showPending(latest.current.pending);
		showDamaged(latest.current.isDamaged);
		showByScan(latest.current.countsByScan);
		showBin(latest.current.bin);
	}, []);

	const receiptId = () => ownReceipt(currentDocuments('receipt'), supplyId, ownName)?.id ?? freshId.current;
	const target = () => {
		const against = currentSupply(supplyId);
		if (against === null) return {};
		return against.kind === 'transfer' ? { transferId: against.id } : { purchaseOrderId: against.id };
	};
	const now = (): ReceivingNow => {
		const all = currentSupplies();
		return {
			supply: supplyOf(supplyId, all),
			others: all.filter(({ id }) => id !== supplyId),
			receiptId: receiptId(),
			receipts: currentDocuments('receipt'),
			pending: latest.current.pending,
			countsByScan: latest.current.countsByScan,
			closedBins: currentClosedBins(),
		};
	};

	const save = async ({ product, quantity, lot, expiresOn, serial }: PendingUnits & { readonly quantity: number }) => {
		const { isDamaged: damaged, bin: putAway } = latest.current;
		const before = currentSupply(supplyId);
		const line: IncomingLine = {
			lineId: newId(),
			sku: product.id,
			name: product.name,
			quantity,
			condition: damaged ? 'damaged' : 'good',
			...(putAway === null ? {} : { bin: putAway }),
			...(lot === null ? {} : { lot }),
			...(expiresOn === null ? {} : { expiresOn }),
			...(serial === null ? {} : { serials: [serial] }),
		};
		if (!(await record('receive', { receiptId: receiptId(), ...target(), lines: [line] }))) return;
		set({ pending: null, isDamaged: false });
		const known = before && progressOf(before).find(({ sku }) => sku === product.id);
		const progress = { sku: product.id, name: product.name, expected: 0, came: 0, damaged: 0, ...known };
		const said = countedText(
			{
				name: product.name,
				quantity,
				isDamaged: damaged,
				isExpired: !damaged && isExpired(expiresOn, today),
				progress: before && { ...progress, came: progress.came + quantity },
			},
			t,
		);
		const closedBin = damaged ? null : await closedBinOf(product.id, putAway);
		const laid = closedBin === null ? '' : t('said.laidInClosed', { bin: closedBin });
		say(laid === '' ? said : { ...said, kind: 'attention', detail: [said.detail, laid].join(' ') });
	};

	const handleScan = async ({ code, text }: Scan) => {
		const product = code.kind === 'product' ? await findProductByGtins(code.gtins) : null;
		const judged = judgeReceiveScan(now(), { code, text, product });
		switch (judged.kind) {
			case 'count':
				return save(judged.units);
			case 'unit': {
				const found = await Promise.all(judged.unit.lines.map(({ sku }) => findProduct(sku)));
				const products = new Map(found.flatMap((each) => (each === null ? [] : [[each.id, each] as const])));
				if (isFullyTold(judged.unit, products)) return setQuestion({ unit: judged.unit, products });
				return say(receiveVerdictText({ kind: 'unit_to_open', sscc: judged.unit.sscc }, t));
			}
			case 'ask':
				set({ pending: judged.units });
				break;
			case 'bin':
				set({ bin: judged.bin });
				break;
			case 'unknown_code':
			case 'unknown_product':
				unknown.add(judged.code);
				break;
			default:
		}
		say(receiveVerdictText(judged, t));
	};

	const saveTyped = async (units: PendingUnits & { readonly quantity: number }) => {
		const judged = units.serial === null ? null : judgeSerial(now(), units, units.serial);
		if (judged?.kind === 'serial_known') say(receiveVerdictText(judged, t));
		else await save(units);
	};

	const receiveUnit = async ({ unit, products }: UnitQuestion) => {
		const names = new Map(currentSupply(supplyId)?.lines.map(({ sku, name }) => [sku, name]));
		const putAway = latest.current.bin;
		const lines = unit.lines.map(
			(content): IncomingLine => ({
				...content,
				lineId: newId(),
				name: products.get(content.sku)?.name ?? names.get(content.sku) ?? content.sku,
				condition: 'good',
				sscc: unit.sscc,
				...(putAway === null ? {} : { bin: putAway }),
			}),
		);
		if (!(await record('receive', { receiptId: receiptId(), ...target(), lines }))) return;
		const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const isOld = lines.some(({ expiresOn }) => isExpired(expiresOn, today));
		say({
			kind: isOld ? 'attention' : 'right',
			title: isOld ? t('said.expired') : t('said.unitReceived', { count: units }),
			detail: t('said.unitReceivedDetail', { sscc: unit.sscc }),
		});
	};

	const handleUndo = async () => {
		const own = ownReceipt(currentDocuments('receipt'), supplyId, ownName);
		const line = own?.lines.findLast(({ notCounted }) => notCounted === undefined);
		if (own === undefined || own === null || line === undefined)
			return say({ kind: 'attention', title: t('said.nothingToUndo'), detail: t('said.nothingToUndoDetail') });
		if (!(await record('undo_receive', { receiptId: own.id, ...target(), lineIds: [line.lineId] }))) return;
		const { quantity, name } = line;
		say({ kind: 'attention', title: t('said.undone'), detail: t('said.undoneDetail', { quantity, name }) });
	};

	return {
		supply,
		receipt,
		verdict,
		pending,
		question,
		isDamaged,
		countsByScan,
		bin,
		unknownCodes: unknown.codes,
		today,
		scan: (scan) => inOrder(() => handleScan(scan)),
		refuseScan: () =>
			say({ kind: 'wrong', title: t('fulfillment:said.answerFirst'), detail: t('fulfillment:said.answerFirstDetail') }),
		count: (units) => inOrder(() => saveTyped(units)),
		leavePending: () => set({ pending: null }),
		answerUnit: (receivesAll) => {
			setQuestion(null);
			if (receivesAll && question !== null) inOrder(() => receiveUnit(question));
		},
		toggleDamaged: () => set({ isDamaged: !latest.current.isDamaged }),
		toggleByScan: () => set({ countsByScan: !latest.current.countsByScan }),
		useOwnBin: () => set({ bin: null }),
		clearUnknownCodes: unknown.clear,
		undo: () => inOrder(handleUndo),
		finish: (isComplete) => record('close_receipt', { receiptId: receiptId(), ...target(), complete: isComplete }),
	};
}

/** The bin in which goods are laid, where it is out of use: the one that was scanned, else the product's own. */
async function closedBinOf(sku: string, putAway: string | null): Promise<string | null> {
	const closed = currentClosedBins();
	if (closed.length === 0) return null;
	const bin = putAway ?? (await readStocksHere([sku], undefined))?.get(sku)?.bin ?? '';
	return closed.includes(bin) ? bin : null;
}

function supplyOf(supplyId: string, all: readonly Supply[]): Supply | null {
	return all.find(({ id }) => id === supplyId) ?? null;
}

function currentSupply(supplyId: string): Supply | null {
	return supplyOf(supplyId, currentSupplies());
}

/** The receipt that this person has open for this delivery; also after the app was opened anew. */
function ownReceipt(receipts: readonly Receipt[], supplyId: string, ownName: string): Receipt | null {
	const againstId = supplyId === withoutPaper ? undefined : supplyId;
	return (
		receipts.find(
			({ state, actorName, against }) => state === 'open' && actorName === ownName && against?.id === againstId,
		) ?? null
	);
}
