import type { Transaction } from 'kysely';
import type { Applied } from '../../shared/domain/apply-statement.ts';
import { isPromise } from '../../shared/domain/decide-promise.ts';
import type { AnyStatement, RefusalReason, Subject } from '../../shared/domain/decision.ts';
import type { OperationOutcome } from '../../shared/protocol/messages.ts';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { Operation } from '../../shared/schema/operation.ts';
import type { StockDocument } from '../../shared/schema/stock-document.ts';
import { askForCounts, countedSkus, followCounts } from '../central/counting/follow-counts.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import { markCounted } from '../central/inventory/mark-counted.ts';
import { putStockDocument } from '../central/inventory/stock-documents.ts';
import { type BelowZero, postMovements } from '../central/inventory/stock-ledger.ts';
import { followArrivals } from '../central/promising/follow-arrivals.ts';
import { type Debt, debtDraft, findDebts, takenFromAvailable } from '../central/rights/promised-too-much.ts';
import { settlePromise } from '../central/rights/settle-promise.ts';
import { followOperation } from '../central/routing/follow-operation.ts';
import type { Shortage } from '../central/routing/reroute-shortage.ts';
import { DocumentWriter, siteStream, streamsOfOrder } from '../database/documents.ts';
import type { Tables } from '../database/tables.ts';
import { closedBinDrafts } from './closed-bin.ts';
import {
	absentSerialDrafts,
	belowZeroDraft,
	duplicateSerialDrafts,
	exceptionCases,
	notToldYet,
	quarantineDraft,
} from './exception-cases.ts';
import type { Verified } from './incoming.ts';
import type { QuarantineReason } from './judge-operation.ts';
import type { LockedLane } from './lock-lane.ts';
import { storableText, storableVersion } from './read-frame.ts';
import { type OperationRecord, storeOperation } from './store-operation.ts';

/** An outcome, the SKUs of which more is promised by now than is there, and those of which more or less can be promised. */
export type Finished = OperationOutcome & {
	readonly shortages?: readonly Shortage[];
	/** SKUs of which more or less can be promised by now. */
	readonly promisable?: readonly Shortage[];
};

/** Moves the stock, opens the exceptions, stores and publishes what changed. */
export async function applyOperation(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Verified,
	decided: {
		readonly operation: Operation;
		readonly statement: AnyStatement;
		readonly lane: LockedLane;
		readonly applied: Extract<Applied, { outcome: 'applied' }>;
	},
): Promise<Finished> {
	const { operation, lane, statement } = decided;
	const { receivedAt } = incoming;
	const promise = isPromise(statement)
		? await settlePromise(transaction, {
				siteId: device.siteId,
				statement,
				applied: decided.applied,
				before: lane.stock_documents ?? [],
				receivedAt,
			})
		: undefined;
	if (promise?.outcome === 'refused') return refuseOperation(transaction, device, incoming, promise.reason);
	const followed = await followOperation(transaction, {
		siteId: device.siteId,
		statement,
		applied: promise?.applied ?? decided.applied,
		order: lane.order,
		fulfillmentOrder: lane.fulfillment_order,
		receivedAt: incoming.receivedAt,
		findPlace: incoming.findPlace,
	});
	const applied = followed?.applied ?? promise?.applied ?? decided.applied;
	const stockWork = {
		siteId: device.siteId,
		opId: operation.opId,
		at: incoming.receivedAt,
		events: decided.applied.events,
	};
	const counts = await followCounts(transaction, stockWork);
	const countedNow = decided.applied.events.flatMap(countedSkus);
	const marked = await markCounted(transaction, device.siteId, countedNow, incoming.receivedAt);
	const { subject } = applied;
	const actorName = operation.actor.name;
	const orderId = subject.order?.id ?? null;
	const movements = followed?.movements ?? applied.movements;
	const { positions, belowZero, duplicateSerials, absentSerials } = await postMovements(transaction, movements, {
		operationId: operation.opId,
		orderId,
		deviceId: device.deviceId,
		actorName,
		recordedAt: incoming.receivedAt,
	});
	const arrived = await followArrivals(transaction, movements, receivedAt);
	const concerned = [...(promise?.positions ?? []), ...takenFromAvailable(movements)];
	const owed = (await findDebts(transaction, concerned, receivedAt)).filter(
		// Where nothing is claimed it is the books that are wrong, which is told in their own words.
		(debt) =>
			promise !== undefined || !belowZero.some((each) => isSamePosition(each, debt) && each.units === -debt.units),
	);
	// Units may come before central has heard that another site sent them: then they are in transit below zero until it has.
	const missing = belowZero.filter(({ bucket }) => bucket !== 'in_transit');
	const news = await notToldYet(
		transaction,
		missing.filter((each) => each.bucket !== 'available' || !owed.some((debt) => isSamePosition(each, debt))),
	);
	const toCount = [...owed, ...news.filter(({ bucket }) => bucket === 'available')];
	const ownToCount = toCount.filter(({ siteId }) => siteId === device.siteId).map(({ sku }) => sku);
	const debts = await askForCounts(transaction, stockWork, 'debt', ownToCount);
	const duplicates = await duplicateSerialDrafts(transaction, duplicateSerials);
	const absent = await absentSerialDrafts(transaction, absentSerials);
	const closedBin = await closedBinDrafts(transaction, device.siteId, statement);
	const told = [
		...applied.exceptions,
		...closedBin,
		...owed.map(debtDraft),
		...news.map(belowZeroDraft),
		...duplicates,
		...absent,
	];
	const opened = exceptionCases(told, {
		opId: operation.opId,
		deviceId: device.deviceId,
		siteId: device.siteId,
		actorName,
		openedAt: incoming.receivedAt,
		// The first was opened when it was quarantined.
		firstNumber: incoming.isKept ? 2 : 1,
		subject,
	});
	const changed = {
		order: changedFrom(subject.order, lane.order),
		fulfillmentOrder: changedFrom(subject.fulfillmentOrder, lane.fulfillment_order),
		returnCase: changedFrom(subject.returnCase, lane.return_case),
		resolved: changedFrom(subject.exceptionCase, lane.exception_case),
		stockDocuments: [...changedStockDocuments(subject, lane), ...counts, ...debts, ...arrived],
	};
	const site = siteStream(device.siteId);
	const documents = new DocumentWriter();
	const moved = new Set(positions.map(({ id }) => id));
	for (const position of [...positions, ...marked.filter(({ id }) => !moved.has(id))])
		documents.put(siteStream(position.siteId), 'stock', position.id, position);
	const { order, fulfillmentOrder, returnCase, resolved } = changed;
	if (fulfillmentOrder) documents.put(site, 'work', fulfillmentOrder.id, fulfillmentOrder);
	if (returnCase) documents.put(site, 'work', returnCase.id, returnCase);
	const alsoSeenAt = lane.brought_to?.map(siteStream) ?? [];
	// The author's site may have lost sight of the order meanwhile; what came back there it must see.
	const seenHere = returnCase ? [site] : [];
	if (order)
		for (const stream of [...seenHere, ...streamsOfOrder(order), ...alsoSeenAt])
			documents.put(stream, 'orders', order.id, order);
	if (resolved) documents.put(site, 'meta', resolved.id, resolved);
	for (const document of changed.stockDocuments) putStockDocument(documents, document);
	await followed?.keep(documents);
	const outcome = await store(transaction, device, incoming, documents, {
		...changed,
		outcome: 'applied',
		reason: null,
		events: applied.events,
		opened,
		orderId,
		fulfillmentOrderId: subject.fulfillmentOrder?.id ?? null,
	});
	const promisable = [...concerned, ...movements.filter(({ from, to }) => to === 'available' && from !== 'available')];
	return { ...outcome, shortages: belowZero.filter(({ bucket }) => bucket === 'available'), promisable };
}

function isSamePosition(below: BelowZero, debt: Debt): boolean {
	return below.siteId === debt.siteId && below.sku === debt.sku;
}

function changedFrom<T>(after: T | undefined, before: T | null): T | null {
	return after === undefined || after === before ? null : after;
}

function changedStockDocuments({ stockDocuments }: Subject, lane: LockedLane): readonly StockDocument[] {
	const before = new Set(lane.stock_documents ?? []);
	return [...(stockDocuments?.values() ?? [])].filter((document) => !before.has(document));
}

const nothing = {
	events: [],
	opened: [],
	order: null,
	fulfillmentOrder: null,
	returnCase: null,
	resolved: null,
	stockDocuments: [],
	orderId: null,
	fulfillmentOrderId: null,
} as const;

/** A request that central declines: stored with its reason, and without any effect. */
export function refuseOperation(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Verified,
	reason: RefusalReason,
): Promise<OperationOutcome> {
	return store(transaction, device, incoming, new DocumentWriter(), { ...nothing, outcome: 'refused', reason });
}

/** What can't be applied is kept as it came, and a person is told. */
export function quarantineOperation(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Verified,
	reason: QuarantineReason,
): Promise<OperationOutcome> {
	const { frame, receivedAt } = incoming;
	const { type, actor } = frame as { readonly type?: unknown; readonly actor?: { readonly name?: unknown } };
	const name = typeof actor?.name === 'string' ? storableText(actor.name, 200) : '';
	const opened = exceptionCases([quarantineDraft(reason, type, frame.seq)], {
		opId: frame.opId,
		deviceId: device.deviceId,
		siteId: device.siteId,
		actorName: name || 'unknown',
		openedAt: receivedAt,
	});
	return store(transaction, device, incoming, new DocumentWriter(), {
		...nothing,
		outcome: 'quarantined',
		reason,
		opened,
	});
}

type Effects = Omit<
	OperationRecord,
	'frame' | 'text' | 'type' | 'version' | 'siteId' | 'verified' | 'signed' | 'isKept' | 'receivedAt' | 'opened'
> & { readonly opened: readonly ExceptionCase[] };

async function store(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Verified,
	documents: DocumentWriter,
	effects: Effects,
): Promise<OperationOutcome> {
	const { frame, text, receivedAt, read, signed, isKept } = incoming;
	for (const opened of effects.opened) documents.put(siteStream(opened.siteId), 'meta', opened.id, opened);
	// What other sites are told is not the author's business.
	const own = effects.opened.filter(({ siteId }) => siteId === device.siteId);
	const { type, v } = frame as { readonly type?: unknown; readonly v?: unknown };
	const position = await storeOperation(
		transaction,
		{
			...effects,
			frame,
			text,
			type: storableText(type, 200),
			version: storableVersion(v),
			siteId: device.siteId,
			verified: read.ok && read.grant.ok,
			signed,
			isKept,
			receivedAt,
		},
		documents,
	);
	return {
		opId: frame.opId,
		seq: frame.seq,
		outcome: effects.outcome,
		...(effects.reason === null ? {} : { reason: effects.reason }),
		exceptions: own.map(({ exceptionKind }) => exceptionKind),
		position,
	};
}
