import type { AnnouncedUnit } from '../schema/purchase-order.ts';
import type { NamedUnits, UnitIdentity } from '../schema/stock-position.ts';
import type { Transfer, TransferLine } from '../schema/transfer.ts';
import {
	applied,
	type Decision,
	type ExceptionDraft,
	refused,
	type Statement,
	type Subject,
	shortBucket,
	type UnitStep,
} from './decision.ts';
import { nameSteps, withNamed, withoutNamed } from './named-units.ts';
import {
	closedSupply,
	differenceDrafts,
	emptyTransferLine,
	isSupplyClosed,
	isSupplyStopped,
	sitesToTell,
	unitsOf,
} from './supply.ts';
import { allocatedLeft, inHand, releaseSteps, transferOf, transferStep } from './transfer-units.ts';

/** The transfer, when this site is the one that sends it. */
function outgoing(subject: Subject, transferId: string): Transfer | undefined {
	const transfer = transferOf(subject, transferId);
	return transfer?.fromSiteId === subject.siteId ? transfer : undefined;
}

/** Goods in a hand for another site: those that were set aside for it first. What nobody wants any more is to be put back. */
export function decidePickTransfer(subject: Subject, { payload }: Statement<'pick_transfer'>): Decision {
	const transfer = outgoing(subject, payload.transferId);
	if (transfer === undefined) return refused('not_found');
	const { sku, quantity, bin } = payload;
	const line = namedLine(lineOf(transfer, sku), payload);
	const fromAllocated = Math.min(quantity, allocatedLeft(transfer, line));
	const from = bin === undefined ? {} : { fromBin: bin };
	const steps = nameSteps(
		[
			{ ...transferStep(sku, fromAllocated, 'allocated', 'picked'), ...from },
			{ ...transferStep(sku, quantity - fromAllocated, 'available', 'picked'), ...from },
		],
		[payload],
	);
	const inHandNow = withInHand(started(transfer), withNamed(transfer.inHand, payload));
	const picked = withLine(inHandNow, { ...line, picked: line.picked + quantity });
	return applied(
		[{ kind: 'transfer_picked', steps, documents: [picked] }],
		isSupplyStopped(transfer) ? [pickedAfterStop(transfer, sku, line.name, quantity)] : [],
	);
}

/** What was picked lies in its bin again: set aside once more as far as it is still wanted. Only what was in hand can be put back. */
export function decidePutBackTransfer(subject: Subject, { payload }: Statement<'put_back_transfer'>): Decision {
	const transfer = outgoing(subject, payload.transferId);
	if (transfer === undefined) return refused('not_found');
	const { sku, bin } = payload;
	const line = lineOf(transfer, sku);
	const quantity = Math.min(payload.quantity, Math.max(0, inHand(line)));
	if (quantity === 0) return applied([]);
	const after = { ...line, picked: line.picked - quantity };
	const toAllocated = allocatedLeft(transfer, after) - allocatedLeft(transfer, line);
	const to = bin === undefined ? {} : { toBin: bin };
	const steps = nameSteps(
		[
			{ ...transferStep(sku, toAllocated, 'picked', 'allocated'), ...to },
			{ ...transferStep(sku, quantity - toAllocated, 'picked', 'available'), ...to },
		],
		quantity === payload.quantity ? [payload] : [{ ...payload, quantity }],
	);
	const inHandNow = withInHand(transfer, withoutNamed(transfer.inHand ?? [], payload));
	const document = withoutPacked(withLine(inHandNow, after), sku);
	return applied([{ kind: 'transfer_put_back', steps, documents: [document] }]);
}

/** Units that the sending site can't find or can't send. The site that waits for them learns of it at once. */
export function decideShortTransfer(subject: Subject, { payload }: Statement<'short_transfer'>): Decision {
	const transfer = outgoing(subject, payload.transferId);
	if (transfer === undefined) return refused('not_found');
	const { sku, quantity, reason } = payload;
	const line = lineOf(transfer, sku);
	const fromAllocated = Math.min(quantity, allocatedLeft(transfer, line));
	const to = shortBucket[reason];
	const steps = [
		...(fromAllocated > 0 ? [transferStep(sku, fromAllocated, 'allocated', to)] : []),
		...(fromAllocated < quantity ? [transferStep(sku, quantity - fromAllocated, 'available', to)] : []),
	];
	const document = withLine(started(transfer), { ...line, short: line.short + quantity });
	const drafts = sitesToTell(transfer).map(
		(site): ExceptionDraft => ({
			...site,
			exceptionKind: 'transfer_units_short',
			priority: 'normal',
			supplyNumber: transfer.number,
			sku,
			productName: line.name,
			quantity,
			shortReason: reason,
			fact: `${quantity} units of ${sku} for ${transfer.number} could not be sent (${reason})`,
			plan: `${line.requested} were asked for`,
		}),
	);
	return applied([{ kind: 'transfer_short', steps, documents: [document] }], drafts);
}

/** A box with what is in it. The units stay in hand until it is sent. */
export function decidePackTransfer(subject: Subject, { payload }: Statement<'pack_transfer'>): Decision {
	const transfer = outgoing(subject, payload.transferId);
	if (transfer === undefined) return refused('not_found');
	const { sscc, lines } = payload;
	if (transfer.boxes.some((box) => box.sscc === sscc)) return applied([]);
	const document = { ...started(transfer), boxes: [...transfer.boxes, { sscc, lines: [...lines] }] };
	return applied([{ kind: 'transfer_packed', steps: [], documents: [document] }]);
}

/**
 * What leaves: outside of the sending site and on its way to the other one in the same moment. Only what was picked leaves, so that
 * two people who tell of the same goods send them once. What is set aside and stays can be promised again.
 */
export function decideSendTransfer(subject: Subject, { payload, at }: Statement<'send_transfer'>): Decision {
	const transfer = outgoing(subject, payload.transferId);
	if (transfer === undefined) return refused('not_found');
	const isClosed = isSupplyClosed(transfer);
	let sending = transfer;
	let surplus = 0;
	const steps: UnitStep[] = [];
	for (const sent of payload.lines) {
		const line = lineOf(sending, sent.sku);
		const quantity = Math.min(sent.quantity, Math.max(0, inHand(line)));
		surplus += sent.quantity - quantity;
		if (quantity === 0) continue;
		const identity = quantity === sent.quantity ? sent : withoutSerials(sent);
		sending = withLine(withInHand(sending, withoutNamed(sending.inHand ?? [], sent)), {
			...line,
			sent: line.sent + quantity,
		});
		steps.push(transferStep(sent.sku, quantity, 'picked', 'other_site', identity), {
			...transferStep(sent.sku, quantity, 'other_site', isClosed ? 'lost' : 'in_transit', identity),
			siteId: transfer.toSiteId,
		});
	}
	const tooMany = surplus > 0 ? [sentTooMany(transfer, surplus)] : [];
	if (steps.length === 0) return applied([], tooMany);
	const document: Transfer = isClosed
		? closedSupply({ ...sending, sentAt: sending.sentAt ?? at })
		: { ...sending, state: 'in_transit', sentAt: sending.sentAt ?? at };
	return applied(
		[{ kind: 'transfer_sent', steps: [...releaseSteps(transfer), ...steps], documents: [document] }],
		[
			...tooMany,
			...(isSupplyStopped(transfer) ? sentAfterStop(transfer, unitsOf(steps) / 2) : []),
			...(isClosed ? differenceDrafts(document) : []),
		],
	);
}

function lineOf(transfer: Transfer, sku: string): TransferLine {
	return transfer.lines.find((line) => line.sku === sku) ?? emptyTransferLine({ sku, name: sku });
}

/** A product that nobody asked for is called what the sending site calls it. */
function namedLine(line: TransferLine, { name, gtins }: Statement<'pick_transfer'>['payload']): TransferLine {
	return line.name === line.sku && name !== undefined ? { ...line, name, gtins: gtins ?? [] } : line;
}

function withLine(transfer: Transfer, line: TransferLine): Transfer {
	const isKnown = transfer.lines.some(({ sku }) => sku === line.sku);
	const lines = transfer.lines.map((each) => (each.sku === line.sku ? line : each));
	return { ...transfer, lines: isKnown ? lines : [...lines, line] };
}

const started = (transfer: Transfer): Transfer =>
	transfer.state === 'requested' ? { ...transfer, state: 'open' } : transfer;

const withInHand = (transfer: Transfer, inHand: readonly NamedUnits[]): Transfer =>
	transfer.inHand === undefined && inHand.length === 0 ? transfer : { ...transfer, inHand: [...inHand] };

function withoutSerials({ lot, expiresOn }: UnitIdentity): UnitIdentity {
	return { ...(lot === undefined ? {} : { lot }), ...(expiresOn === undefined ? {} : { expiresOn }) };
}

/** No box holds what is not in hand any more: the last ones packed are emptied first. */
function withoutPacked(transfer: Transfer, sku: string): Transfer {
	const packed = transfer.boxes.flatMap(({ lines }) => lines).filter((line) => line.sku === sku);
	let surplus = unitsOf(packed) - lineOf(transfer, sku).picked;
	if (surplus <= 0) return transfer;
	const boxes: AnnouncedUnit[] = [];
	for (const box of [...transfer.boxes].reverse()) {
		const lines = box.lines.flatMap((line) => {
			const out = line.sku === sku ? Math.min(surplus, line.quantity) : 0;
			surplus -= out;
			if (out === 0) return [line];
			return out === line.quantity ? [] : [{ ...withoutSerials(line), sku, quantity: line.quantity - out }];
		});
		if (lines.length > 0) boxes.unshift({ ...box, lines });
	}
	return { ...transfer, boxes };
}

function pickedAfterStop(transfer: Transfer, sku: string, productName: string, quantity: number): ExceptionDraft {
	return {
		exceptionKind: 'transfer_put_back',
		priority: 'normal',
		supplyNumber: transfer.number,
		otherSiteName: transfer.toSiteName,
		sku,
		productName,
		quantity,
		fact: `${quantity} units of ${sku} were picked for ${transfer.number}`,
		plan: `${transfer.number} was ${transfer.state} by then: put them back`,
	};
}

function sentTooMany(transfer: Transfer, quantity: number): ExceptionDraft {
	return {
		exceptionKind: 'sent_more_than_picked',
		priority: 'normal',
		supplyNumber: transfer.number,
		otherSiteName: transfer.toSiteName,
		quantity,
		fact: `${quantity} more units were sent for ${transfer.number} than had been picked and not sent`,
		plan: 'They were not counted: somebody else may have sent them already',
	};
}

function sentAfterStop(transfer: Transfer, quantity: number): readonly ExceptionDraft[] {
	return sitesToTell(transfer).map((site) => ({
		...site,
		exceptionKind: 'sent_after_stop',
		priority: 'high',
		supplyNumber: transfer.number,
		quantity,
		fact: `${quantity} units of ${transfer.number} were sent`,
		plan: `${transfer.number} was ${transfer.state} by then`,
	}));
}
