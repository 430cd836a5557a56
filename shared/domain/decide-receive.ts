import type { IncomingLine, Receipt, ReceivedLine } from '../schema/receipt.ts';
import type { Bucket } from '../schema/stock-position.ts';
import {
	applied,
	type Decision,
	type DomainEvent,
	type ExceptionDraft,
	refused,
	type Statement,
	type Subject,
	type UnitStep,
} from './decision.ts';
import {
	announcedUnits,
	cameOf,
	closedSupply,
	differenceDrafts,
	isSupplyClosed,
	isSupplyStopped,
	type Supply,
	sitesToTell,
	unitsOf,
	withAnnounced,
	withArrived,
} from './supply.ts';
import { releaseSteps } from './transfer-units.ts';
import { isPlainDate, judgeExpiry } from './unit-identity.ts';

type ReceiptStatement = Statement<'receive'> | Statement<'undo_receive'> | Statement<'close_receipt'>;

interface Against {
	/** Undefined for goods without paper. */
	readonly supply: Supply | undefined;
	readonly receipt: Receipt;
}

/** The receipt as it is, or a new one, and what it is against; null when the site has no such order or transfer coming. */
function receiptOf({ siteId, stockDocuments }: Subject, { payload, actorName, at }: ReceiptStatement): Against | null {
	const { receiptId, purchaseOrderId, transferId } = payload;
	const supplyId = purchaseOrderId ?? transferId;
	const named = supplyId === undefined ? undefined : stockDocuments?.get(supplyId);
	const known = stockDocuments?.get(receiptId);
	const supply = named?.kind === 'purchase_order' || named?.kind === 'transfer' ? named : undefined;
	if (supplyId !== undefined && supply === undefined) return null;
	if (supply?.kind === 'transfer' && supply.toSiteId !== siteId) return null;
	if (known !== undefined && known.kind !== 'receipt') return null;
	const opened: Receipt = {
		id: receiptId,
		kind: 'receipt',
		siteId,
		against: supply === undefined ? null : { kind: supply.kind, id: supply.id },
		state: 'open',
		lines: [],
		openedAt: at,
		actorName,
	};
	return { supply, receipt: known ?? opened };
}

/**
 * Goods that came in. What of them is known already counts once: a line by its id, a logistic unit by its SSCC, a unit by its
 * serial number. Receipts of several people add up, and what comes after the end is in the ledger all the same.
 */
export function decideReceive(subject: Subject, statement: Statement<'receive'>): Decision {
	const against = receiptOf(subject, statement);
	if (against === null) return refused('not_found');
	const known = new Set(against.receipt.lines.map(({ lineId }) => lineId));
	const today = statement.at.slice(0, 10);
	let { receipt, supply } = against;
	const steps: UnitStep[] = [];
	const drafts: ExceptionDraft[] = [];
	const twice = new Map<string, IncomingLine[]>();
	for (const incoming of statement.payload.lines) {
		if (known.has(incoming.lineId)) continue;
		known.add(incoming.lineId);
		const bucket = bucketFor(incoming, today);
		const unit = supply && announcedUnits(supply).find(({ sscc }) => sscc === incoming.sscc);
		if (unit?.receiptId !== undefined && unit.receiptId !== receipt.id) {
			twice.set(unit.sscc, [...(twice.get(unit.sscc) ?? []), incoming]);
			receipt = withLine(receipt, { ...incoming, bucket, notCounted: 'received_before' });
			continue;
		}
		const { line, repeated } = withoutKnownSerials(receipt, incoming);
		if (repeated.length > 0) drafts.push(serialTwice(incoming, repeated, supply));
		if (line === null) {
			receipt = withLine(receipt, { ...incoming, bucket, notCounted: 'received_before' });
			continue;
		}
		receipt = withLine(receipt, { ...line, bucket });
		if (bucket === 'quarantine') drafts.push(expired(line, supply));
		steps.push(arrivingStep(line, { from: sourceOf(supply), to: bucket }));
		if (supply === undefined) continue;
		supply = withArrived(supply, arrivedBy(line, 1));
		if (unit !== undefined) supply = withUnitOf(supply, unit.sscc, receipt.id);
	}
	if (steps.length === 0 && twice.size === 0 && drafts.length === 0) return applied([]);
	for (const [sscc, lines] of twice) drafts.push(unitTwice(sscc, unitsOf(lines), supply));
	if (supply !== undefined && steps.length > 0 && (isSupplyClosed(supply) || isSupplyStopped(supply)))
		drafts.push(...afterClose(supply, steps));
	if (supply !== undefined && isSupplyClosed(supply)) supply = closedSupply(supply);
	return applied([receivedEvent('received', steps, receipt, supply)], drafts);
}

/** Lines that were a mistake: their units go back to where they came from. */
export function decideUndoReceive(subject: Subject, statement: Statement<'undo_receive'>): Decision {
	const against = receiptOf(subject, statement);
	if (against === null) return refused('not_found');
	let { receipt, supply } = against;
	const steps: UnitStep[] = [];
	for (const line of receipt.lines) {
		if (line.notCounted !== undefined || !statement.payload.lineIds.includes(line.lineId)) continue;
		receipt = {
			...receipt,
			lines: receipt.lines.map((each) => (each === line ? { ...line, notCounted: 'taken_back' } : each)),
		};
		const { bin, ...units } = line;
		steps.push({
			...arrivingStep(units, { from: line.bucket, to: sourceOf(supply) }),
			...(bin === undefined ? {} : { fromBin: bin }),
		});
		if (supply === undefined) continue;
		supply = withArrived(supply, arrivedBy(line, -1));
		const isLeft = receipt.lines.some(({ sscc, notCounted }) => sscc === line.sscc && notCounted === undefined);
		if (line.sscc !== undefined && !isLeft) supply = withUnitOf(supply, line.sscc, undefined);
	}
	if (steps.length === 0) return applied([]);
	if (supply !== undefined && isSupplyClosed(supply)) supply = closedSupply(supply);
	return applied([receivedEvent('receive_undone', steps, receipt, supply)]);
}

/** Somebody is done, and perhaps all of it has come that will: what is missing of a transfer then is lost on the way. */
export function decideCloseReceipt(subject: Subject, statement: Statement<'close_receipt'>): Decision {
	const against = receiptOf(subject, statement);
	if (against === null) return refused('not_found');
	const { receipt, supply } = against;
	const isNew = !subject.stockDocuments?.has(receipt.id);
	const closing = statement.payload.complete && supply !== undefined && !isSupplyClosed(supply);
	if (!closing && (isNew || receipt.state === 'closed')) return applied([]);
	const documents = isNew || receipt.state === 'closed' ? [] : [{ ...receipt, state: 'closed' as const }];
	if (!closing) return applied([{ kind: 'receipt_closed', steps: [], documents }]);
	const closed = supply.kind === 'purchase_order' && supply.state === 'cancelled' ? supply : closedSupply(supply);
	const steps = supply.kind === 'transfer' ? [...releaseSteps(supply), ...missingSteps(supply)] : [];
	// Of a transfer of which central has not heard that it left, nobody can say yet what is missing.
	const isHeard = supply.kind === 'purchase_order' || supply.lines.some(({ sent }) => sent > 0);
	return applied(
		[{ kind: 'receipt_closed', steps, documents: [...documents, closed] }],
		isHeard ? differenceDrafts(closed) : [],
	);
}

/** What was sent and never came, or came and was never sent. */
function missingSteps({ lines }: Extract<Supply, { kind: 'transfer' }>): readonly UnitStep[] {
	return lines.flatMap((line): UnitStep[] => {
		const missing = line.sent - cameOf(line);
		if (missing === 0) return [];
		const bucket = { from: missing > 0 ? 'in_transit' : 'lost', to: missing > 0 ? 'lost' : 'in_transit' } as const;
		return [{ lineId: '', sku: line.sku, quantity: Math.abs(missing), count: null, bucket, putBack: 0 }];
	});
}

/** Units on the way stand below zero while central has not heard that they left: nothing promises them, and both are true in the end. */
function sourceOf(supply: Supply | undefined): Bucket {
	if (supply?.kind !== 'transfer') return 'supplier';
	return isSupplyClosed(supply) ? 'lost' : 'in_transit';
}

function bucketFor({ condition, expiresOn }: IncomingLine, today: string): ReceivedLine['bucket'] {
	if (condition === 'damaged') return 'damaged';
	const hasExpired = expiresOn !== undefined && isPlainDate(expiresOn) && judgeExpiry(expiresOn, today) === 'expired';
	return hasExpired ? 'quarantine' : 'available';
}

function arrivingStep(line: Omit<IncomingLine, 'lineId' | 'name'>, bucket: { from: Bucket; to: Bucket }): UnitStep {
	const { sku, quantity, bin, lot, expiresOn, serials } = line;
	return {
		lineId: '',
		sku,
		quantity,
		count: null,
		bucket,
		putBack: 0,
		...(bin === undefined ? {} : { toBin: bin }),
		...(lot === undefined ? {} : { lot }),
		// What names no day, or not each unit, says nothing that the ledger could keep.
		...(expiresOn === undefined || !isPlainDate(expiresOn) ? {} : { expiresOn }),
		...(serials?.length === quantity ? { serials } : {}),
	};
}

function arrivedBy({ sku, name, condition, quantity }: IncomingLine, sign: 1 | -1) {
	const units = quantity * sign;
	return { sku, name, good: condition === 'good' ? units : 0, damaged: condition === 'damaged' ? units : 0 };
}

const withLine = (receipt: Receipt, line: ReceivedLine): Receipt => ({ ...receipt, lines: [...receipt.lines, line] });

function withUnitOf(supply: Supply, unitSscc: string, receiptId: string | undefined): Supply {
	return withAnnounced(
		supply,
		announcedUnits(supply).map(({ receiptId: before, ...unit }) => {
			const by = unit.sscc === unitSscc ? receiptId : before;
			return by === undefined ? unit : { ...unit, receiptId: by };
		}),
	);
}

/** One unit with a serial number comes once; null where nothing else is left of the line. */
function withoutKnownSerials(
	receipt: Receipt,
	line: IncomingLine,
): { readonly line: IncomingLine | null; readonly repeated: readonly string[] } {
	const { serials, ...rest } = line;
	if (serials === undefined) return { line, repeated: [] };
	const known = new Set(
		receipt.lines
			.filter(({ sku, notCounted }) => sku === line.sku && notCounted === undefined)
			.flatMap((each) => each.serials ?? []),
	);
	const repeated = serials.filter((serial) => known.has(serial));
	const left = serials.filter((serial) => !known.has(serial));
	if (repeated.length === 0) return { line, repeated };
	const quantity = line.quantity - repeated.length;
	if (quantity <= 0) return { line: null, repeated };
	return { line: { ...rest, quantity, ...(left.length === 0 ? {} : { serials: left }) }, repeated };
}

function receivedEvent(
	kind: 'received' | 'receive_undone',
	steps: readonly UnitStep[],
	receipt: Receipt,
	supply: Supply | undefined,
): DomainEvent {
	return { kind, steps, documents: supply === undefined ? [receipt] : [receipt, supply] };
}

const numberOf = (supply: Supply | undefined) => (supply === undefined ? {} : { supplyNumber: supply.number });

function expired({ sku, name, quantity, lot, expiresOn }: IncomingLine, supply: Supply | undefined): ExceptionDraft {
	return {
		exceptionKind: 'expired_received',
		priority: 'normal',
		sku,
		productName: name,
		quantity,
		...numberOf(supply),
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined ? {} : { expiresOn }),
		fact: `${quantity} units of ${sku} came in that had expired on ${expiresOn}`,
		plan: 'They are in quarantine: send them back, or dispose of them',
	};
}

function serialTwice(
	{ sku, name }: IncomingLine,
	serials: readonly string[],
	supply: Supply | undefined,
): ExceptionDraft {
	return {
		exceptionKind: 'serial_received_twice',
		priority: 'normal',
		sku,
		productName: name,
		quantity: serials.length,
		serials: [...serials],
		...numberOf(supply),
		fact: `Serial numbers of ${sku} were received again: ${serials.join(', ')}`.slice(0, 2000),
		plan: 'The same receipt had them already, so they were not counted again',
	};
}

function unitTwice(sscc: string, quantity: number, supply: Supply | undefined): ExceptionDraft {
	return {
		exceptionKind: 'unit_received_twice',
		priority: 'normal',
		sscc,
		quantity,
		...numberOf(supply),
		fact: `Logistic unit ${sscc} was received again, with ${quantity} units`,
		plan: 'Somebody else had received it already, so it was not counted again',
	};
}

/** Somebody had said that nothing more would come. */
function afterClose(supply: Supply, steps: readonly UnitStep[]): readonly ExceptionDraft[] {
	const quantity = unitsOf(steps);
	return sitesToTell(supply).map((site) => ({
		...site,
		exceptionKind: 'received_after_close',
		priority: 'normal',
		supplyNumber: supply.number,
		quantity,
		fact: `${quantity} units of ${supply.number} came in`,
		plan: `${supply.number} was ${supply.state} by then`,
	}));
}
