import type { TFunction } from 'i18next';
import { addressText } from '../../../../shared/domain/decide-address.ts';
import { readOperation } from '../../../../shared/domain/read-operation.ts';
import type { Supply } from '../../../../shared/domain/supply.ts';
import { adjustReasons } from '../../../../shared/schema/adjust-operation.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Operation, OperationEnvelope } from '../../../../shared/schema/operation.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import { lostRecord } from '../../device/operation-fate.ts';
import { supplyFacts } from './supply-facts.ts';

/** The documents by which ids become names. */
export interface SentenceDocuments {
	readonly fulfillmentOrder: (id: string) => FulfillmentOrder | null;
	readonly order: (id: string) => Order | null;
	/** A purchase order or a transfer. */
	readonly supply: (id: string) => Supply | null;
	/** Another operation of this device. */
	readonly operation: (opId: string) => OperationEnvelope | null;
}

interface LineName {
	readonly id: string;
	readonly sku: string;
	readonly name: string;
}

/** What an operation says, with the names that its ids stand for; a document that is gone leaves the id. */
function factsOf(operation: Operation, documents: SentenceDocuments): Readonly<Record<string, string | number>> {
	const { type, payload } = operation;
	const named = payload as { readonly [Name in 'orderId' | 'fulfillmentOrderId' | 'orderNumber']?: string };
	const fulfillment =
		named.fulfillmentOrderId === undefined ? null : documents.fulfillmentOrder(named.fulfillmentOrderId);
	const order = named.orderId === undefined ? null : documents.order(named.orderId);
	const number = named.orderNumber ?? fulfillment?.orderNumber ?? order?.number ?? named.orderId ?? '';
	const lines: readonly LineName[] = [
		...(fulfillment?.lines ?? []).map(({ lineId, sku, name }) => ({ id: lineId, sku, name })),
		...(order?.lines ?? []),
	];
	const product = (sku: string) => lines.find((line) => line.sku === sku)?.name ?? sku;
	const units = (all: readonly { readonly quantity: number }[]) => all.reduce((sum, { quantity }) => sum + quantity, 0);
	const base = { order: number };
	const ordered = (all: readonly { readonly ordered: number }[]) => all.reduce((sum, line) => sum + line.ordered, 0);
	const inFulfillment: Readonly<Record<string, number>> =
		fulfillment === null ? {} : { total: ordered(fulfillment.lines) };
	switch (type) {
		case 'pick':
		case 'undo_pick':
		case 'put_back':
			return { ...base, count: payload.quantity, product: product(payload.sku) };
		case 'short':
			return { ...base, count: payload.quantity, product: product(payload.sku), reasonKey: payload.reason };
		case 'pack':
			return { ...base, ...inFulfillment, count: units(payload.lines), weight: payload.weightGrams };
		case 'ship':
			return { ...base, trackingNumber: payload.trackingNumber };
		case 'stage':
			return { ...base, location: payload.location };
		case 'hand_over':
			return { ...base, ...inFulfillment, count: units(payload.lines), name: payload.collectedBy };
		case 'return':
			return { ...base, ...(order === null ? {} : { total: ordered(order.lines) }), count: units(payload.lines) };
		case 'cancel':
		case 'decline':
			return { ...base, reason: payload.reason };
		case 'resolve_exception':
		case 'ask_manager':
			return { note: payload.note };
		case 'set_aside':
			return { about: payload.operationId, reason: payload.reason };
		case 'retry_operation':
			return { about: payload.operationId };
		case 'edit_address':
			return { ...base, address: addressText(payload.shipTo) };
		case 'count':
			return {
				count: units(payload.scans.map(({ counted }) => ({ quantity: counted }))),
				product: payload.name ?? product(payload.sku),
			};
		case 'move_between_bins':
			return { count: payload.quantity, product: product(payload.sku), from: payload.fromBin, to: payload.toBin };
		case 'close_bin':
			return { bin: payload.bin, reason: payload.reason };
		case 'open_bin':
			return { bin: payload.bin };
		case 'receive':
		case 'undo_receive':
		case 'close_receipt':
		case 'request_transfer':
		case 'open_transfer':
		case 'cancel_transfer':
		case 'decline_transfer':
		case 'pick_transfer':
		case 'put_back_transfer':
		case 'short_transfer':
		case 'pack_transfer':
		case 'send_transfer':
			return supplyFacts(operation, documents.supply);
		case 'adjust':
			return {
				product: payload.name,
				change: `${adjustReasons[payload.reason].to === 'available' ? '+' : '−'}${payload.quantity}`,
			};
		case 'open_count':
			return { kind: payload.countKind };
		case 'note_unknown_code':
			return { count: payload.quantity, code: payload.code };
		case 'settle_unknown_code':
			return { code: payload.code };
		case 'post_count':
			return { count: payload.differences.length };
		case 'submit_count':
		case 'review_count':
		case 'cancel_count':
			return {};
		case 'capture_order':
			return { ...base, name: payload.capture.customer.name };
		case 'reserve_stock':
			return { count: units(payload.lines) };
		case 'sell':
			return {
				...base,
				count: units(payload.lines),
				...(payload.returnId === undefined ? {} : { variant: 'Exchange' }),
			};
		case 'release_rights':
			return { count: units(payload.rights) };
		case 'release_reservation':
		case 'start_picking':
		case 'print_label':
			return base;
	}
}

/** An operation as a sentence: who did what. An operation of a newer version is named, not hidden. */
export function operationSentence(
	envelope: OperationEnvelope,
	documents: SentenceDocuments,
	myId: string | null,
	t: TFunction<'sync'>,
): string {
	const { actor, type } = envelope;
	const who = actor.associateId === myId ? t('who.you') : t('who.other', { name: actor.name });
	if (type === lostRecord) return t('did.unreadable_record');
	const read = readOperation(envelope);
	if (!read.ok) return t('did.unknown', { who, type });
	const { about, reasonKey, total, variant = '', ...facts } = factsOf(read.operation, documents);
	const reason = typeof reasonKey === 'string' ? { reason: t(`shortReason.${reasonKey}`) } : {};
	const what = about === undefined ? {} : { what: whatIsMeant(String(about), documents, myId, t) };
	// "2 of 3 items": the plural is that of the whole.
	if (typeof total === 'number' && Number(facts.count) <= total)
		return t(`did.${read.operation.type}Of`, { who, ...facts, units: facts.count, count: total });
	return t(`did.${read.operation.type}${variant}`, { who, ...facts, ...reason, ...what });
}

/** The operation that another one speaks of, quoted. */
function whatIsMeant(opId: string, documents: SentenceDocuments, myId: string | null, t: TFunction<'sync'>): string {
	const meant = documents.operation(opId);
	if (meant === null || meant.type === 'set_aside' || meant.type === 'retry_operation') return t('did.earlierWork');
	return t('did.quoted', { sentence: operationSentence(meant, documents, myId, t) });
}
