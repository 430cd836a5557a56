import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import type { StoredCheckpoint } from '../../../shared/device/ports.ts';
import { type ConfirmedDocuments, type Overlay, project } from '../../../shared/domain/projection.ts';
import type { Associate } from '../../../shared/schema/associate.ts';
import type { BinClosure } from '../../../shared/schema/bin-closure.ts';
import type { CountCase } from '../../../shared/schema/count.ts';
import type { AnyDocument, CollectionName } from '../../../shared/schema/documents.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../../../shared/schema/operation.ts';
import type { Order } from '../../../shared/schema/order.ts';
import type { PublishedRules } from '../../../shared/schema/promising-rules.ts';
import type { PurchaseOrder } from '../../../shared/schema/purchase-order.ts';
import type { Receipt } from '../../../shared/schema/receipt.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { ReturnCase } from '../../../shared/schema/return-case.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { StockDocument } from '../../../shared/schema/stock-document.ts';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import type { Transfer } from '../../../shared/schema/transfer.ts';

/** The kinds that the screens see, and the document of each. */
export interface ShownKinds {
	readonly fulfillment_order: FulfillmentOrder;
	readonly order: Order;
	readonly return: ReturnCase;
	readonly exception: ExceptionCase;
	readonly associate: Associate;
	readonly rules: PublishedRules;
	readonly site: Site;
	readonly purchase_order: PurchaseOrder;
	readonly transfer: Transfer;
	readonly receipt: Receipt;
	readonly count: CountCase;
	readonly reservation: Reservation;
	readonly bin_closure: BinClosure;
}
export type ShownKind = keyof ShownKinds;

/** A changed document of the replica; null where it left. */
export interface ConfirmedChange {
	readonly collection: CollectionName;
	readonly id: string;
	readonly document: AnyDocument | null;
}

/** What one site's work looks like now: confirmed documents in memory, with the operations on top that central has not confirmed. */
export interface LiveSite {
	readonly all: <K extends ShownKind>(kind: K) => readonly ShownKinds[K][];
	readonly one: <K extends ShownKind>(kind: K, id: string) => ShownKinds[K] | null;
	/** Of the unconfirmed operations, those that change nothing here (any more). */
	readonly withoutEffect: () => ReadonlySet<string>;
	/** What the unconfirmed operations move in the stock, on top of the stored positions. */
	readonly movements: () => readonly Movement[];
	/** The operations of this device that the documents don't hold yet, without those that central has refused. */
	readonly operations: () => readonly OperationEnvelope[];
	/** Stored documents, and up to which operation of the lane they hold them: those leave in the same step, as do those of lanes before that are told to be confirmed. */
	readonly confirm: (changes: readonly ConfirmedChange[], own?: OwnPlace) => void;
	/** Operations that were saved or answered. They count until the documents hold them, or central has refused them. */
	readonly operate: (operations: readonly JournaledOperation[]) => void;
	readonly subscribe: (listener: () => void) => () => void;
}

/** The last operation of a lane that the documents hold. */
export type OwnPlace = Pick<StoredCheckpoint, 'laneId' | 'ownSeq'>;

type Tables = { readonly [K in ShownKind]: Map<string, ShownKinds[K]> };

const emptyTables = (): Tables => ({
	fulfillment_order: new Map(),
	order: new Map(),
	return: new Map(),
	exception: new Map(),
	associate: new Map(),
	rules: new Map(),
	site: new Map(),
	purchase_order: new Map(),
	transfer: new Map(),
	receipt: new Map(),
	count: new Map(),
	reservation: new Map(),
	bin_closure: new Map(),
});

/** The stock documents that are small enough to be held in memory. */
const stockKinds = [
	'purchase_order',
	'transfer',
	'receipt',
	'count',
	'reservation',
	'bin_closure',
] as const satisfies readonly ShownKind[];

const kindsOf: Readonly<Partial<Record<CollectionName, readonly ShownKind[]>>> = {
	work: ['fulfillment_order', 'return', ...stockKinds],
	orders: ['order'],
	meta: ['exception', 'associate', 'rules'],
	sites: ['site'],
};

function kindOf(collection: CollectionName, document: AnyDocument): ShownKind | null {
	if (collection === 'orders') return 'order';
	if (collection === 'sites') return 'site';
	const kind = 'kind' in document ? document.kind : null;
	const known: readonly ShownKind[] = kindsOf[collection] ?? [];
	return known.find((each) => each === kind) ?? null;
}

/** What an operation may be about, the one on which the others hang first. */
const groupFields = [
	'orderId',
	'exceptionId',
	'transferId',
	'purchaseOrderId',
	'countId',
	'receiptId',
	'reservationId',
	'binClosureId',
] as const;

/**
 * Operations that touch each other's documents share a group: an order with all that hangs on it, one exception, or a transfer with
 * what was received of it.
 */
function groupOf({ opId, payload }: OperationEnvelope): string {
	const named = payload as { readonly [field in (typeof groupFields)[number]]?: unknown } | null;
	const field = groupFields.find((each) => named?.[each] !== undefined);
	return String(field === undefined ? opId : named?.[field]);
}

function groupOfDocument(kind: ShownKind, document: ShownKinds[ShownKind]): string {
	const isPart = kind === 'fulfillment_order' || kind === 'return';
	if ('kind' in document && document.kind === 'receipt') return document.against?.id ?? document.id;
	return isPart && 'orderId' in document ? document.orderId : document.id;
}

export function openLiveSite(siteId: string): LiveSite {
	const confirmed = emptyTables();
	const shown = emptyTables();
	const groups = new Map<string, Map<string, JournaledOperation>>();
	const overlays = new Map<string, Overlay>();
	const lists = new Map<ShownKind, readonly unknown[]>();
	const listeners = new Set<() => void>();
	let own: OwnPlace | null = null;
	/** Lanes in the order in which they were heard of: a device that got another one goes on there, from 1. */
	const lanes: string[] = [];
	const inOrder = (a: OperationEnvelope, b: OperationEnvelope) =>
		lanes.indexOf(a.laneId) - lanes.indexOf(b.laneId) || a.seq - b.seq;

	const isHeld = ({ laneId, seq }: OperationEnvelope) => own?.laneId === laneId && seq <= own.ownSeq;
	/** Of a lane before, no page says any more whether it holds the operation: its state does, which may be told before that page is read. */
	const isLeftBehind = ({ operation, state }: JournaledOperation) =>
		own !== null && own.laneId !== operation.laneId && isLast(state);

	const documents: ConfirmedDocuments = {
		fulfillmentOrder: (id) => confirmed.fulfillment_order.get(id),
		order: (id) => confirmed.order.get(id),
		returnCase: (id) => confirmed.return.get(id),
		exceptionCase: (id) => confirmed.exception.get(id),
		stockDocument: (id) => {
			const kind = stockKinds.find((each) => confirmed[each].has(id));
			return kind === undefined ? undefined : confirmed[kind].get(id);
		},
	};

	const show = <K extends ShownKind>(kind: K, id: string, document: ShownKinds[K] | undefined) => {
		if (shown[kind].get(id) === document) return;
		if (document === undefined) shown[kind].delete(id);
		else (shown[kind] as Map<string, ShownKinds[K]>).set(id, document);
		lists.delete(kind);
	};
	const showConfirmed = (kind: ShownKind, id: string) => show(kind, id, confirmed[kind].get(id));

	const layOver = (group: string) => {
		const before = overlays.get(group);
		const operations = [...(groups.get(group)?.values() ?? [])].map(({ operation }) => operation).sort(inOrder);
		const overlay = operations.length === 0 ? undefined : project(siteId, documents, operations);
		if (overlay === undefined) overlays.delete(group);
		else overlays.set(group, overlay);
		for (const [kind, ids] of overlaidIds(before)) for (const id of ids) showConfirmed(kind, id);
		for (const [id, each] of overlay?.fulfillmentOrders ?? []) show('fulfillment_order', id, each);
		for (const [id, each] of overlay?.orders ?? []) show('order', id, each);
		for (const [id, each] of overlay?.returnCases ?? []) show('return', id, each);
		for (const [id, each] of overlay?.exceptionCases ?? []) show('exception', id, each);
		for (const [id, each] of overlay?.stockDocuments ?? []) if (isInMemory(each)) show(each.kind, id, each);
	};

	const tell = () => {
		for (const listener of [...listeners]) listener();
	};

	const put = (kind: ShownKind, id: string, document: ShownKinds[ShownKind] | null, touched: Set<string>) => {
		const before = confirmed[kind].get(id);
		if (document === null) confirmed[kind].delete(id);
		else (confirmed[kind] as Map<string, ShownKinds[ShownKind]>).set(id, document);
		showConfirmed(kind, id);
		const about = document ?? before;
		if (about !== undefined) touched.add(groupOfDocument(kind, about));
	};

	return {
		all: <K extends ShownKind>(kind: K) => {
			const known = lists.get(kind);
			if (known !== undefined) return known as readonly ShownKinds[K][];
			const list: readonly ShownKinds[K][] = [...shown[kind].values()];
			lists.set(kind, list);
			return list;
		},
		one: (kind, id) => shown[kind].get(id) ?? null,
		movements: () => [...overlays.values()].flatMap((overlay) => overlay.movements),
		operations: () =>
			[...groups.values()].flatMap((members) => [...members.values()].map(({ operation }) => operation)),
		withoutEffect: () => new Set([...overlays.values()].flatMap((overlay) => overlay.withoutEffect)),
		confirm: (changes, upTo) => {
			const touched = new Set<string>();
			own = upTo ?? own;
			for (const [group, members] of groups)
				for (const [opId, journaled] of members)
					if (isHeld(journaled.operation) || isLeftBehind(journaled)) {
						members.delete(opId);
						touched.add(group);
					}
			for (const { collection, id, document } of changes) {
				const kinds = document === null ? (kindsOf[collection] ?? []) : [kindOf(collection, document)];
				for (const kind of kinds) if (kind !== null) put(kind, id, document as ShownKinds[ShownKind] | null, touched);
			}
			for (const group of touched) {
				if (groups.has(group)) layOver(group);
				if (groups.get(group)?.size === 0) groups.delete(group);
			}
			if (changes.length > 0 || touched.size > 0) tell();
		},
		operate: (operations) => {
			const touched = new Set<string>();
			for (const journaled of operations) {
				const { operation, outcome, state } = journaled;
				if (!lanes.includes(operation.laneId)) lanes.push(operation.laneId);
				const group = groupOf(operation);
				const members = groups.get(group) ?? new Map<string, JournaledOperation>();
				const isDeclined = outcome !== null && outcome.outcome !== 'applied';
				const isKnown = members.has(operation.opId);
				// What is new here and in its last state already was so before the documents were read.
				if (!isKnown && (isDeclined || isHeld(operation) || isLast(state))) continue;
				if (isDeclined || isHeld(operation)) {
					members.delete(operation.opId);
					if (members.size === 0) groups.delete(group);
				} else {
					groups.set(group, members.set(operation.opId, journaled));
					if (isKnown) continue;
				}
				touched.add(group);
			}
			for (const group of touched) layOver(group);
			if (touched.size > 0) tell();
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

const isLast = (state: JournaledOperation['state']) => state !== 'saved' && state !== 'sent';

function overlaidIds(overlay: Overlay | undefined): readonly (readonly [ShownKind, Iterable<string>])[] {
	if (overlay === undefined) return [];
	return [
		['fulfillment_order', overlay.fulfillmentOrders.keys()],
		['order', overlay.orders.keys()],
		['return', overlay.returnCases.keys()],
		['exception', overlay.exceptionCases.keys()],
		...stockKinds.map((kind) => [kind, idsOfKind(overlay.stockDocuments, kind)] as const),
	];
}

type ShownStockDocument = Exclude<StockDocument, { kind: 'selling_right' }>;
const isInMemory = (document: StockDocument): document is ShownStockDocument => document.kind !== 'selling_right';

function idsOfKind(documents: ReadonlyMap<string, StockDocument>, kind: ShownKind): readonly string[] {
	return [...documents.values()].filter((document) => document.kind === kind).map(({ id }) => id);
}
