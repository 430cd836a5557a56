import type { TFunction } from 'i18next';
import { addressText } from '../../../../shared/domain/decide-address.ts';
import { readOperation } from '../../../../shared/domain/read-operation.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Operation, OperationEnvelope } from '../../../../shared/schema/operation.ts';
import type { Order } from '../../../../shared/schema/order.ts';

/** The documents by which ids become names. */
export interface SentenceDocuments {
	readonly fulfillmentOrder: (id: string) => FulfillmentOrder | null;
	readonly order: (id: string) => Order | null;
}

interface LineName {
	readonly id: string;
	readonly sku: string;
	readonly name: string;
}

/** What an operation says, with the names that its ids stand for; a document that is gone leaves the id. */
function factsOf(operation: Operation, documents: SentenceDocuments): Readonly<Record<string, string | number>> {
	const { type, payload } = operation;
	const named: { orderId?: string; fulfillmentOrderId?: string; orderNumber?: string; sku?: string; note?: string } =
		payload;
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
	switch (type) {
		case 'pick':
		case 'undo_pick':
		case 'put_back':
			return { ...base, count: payload.quantity, product: product(payload.sku) };
		case 'short':
			return { ...base, count: payload.quantity, product: product(payload.sku), reasonKey: payload.reason };
		case 'pack':
			return { ...base, count: units(payload.lines), weight: payload.weightGrams };
		case 'ship':
			return { ...base, trackingNumber: payload.trackingNumber };
		case 'stage':
			return { ...base, location: payload.location };
		case 'hand_over':
			return { ...base, count: units(payload.lines), name: payload.collectedBy };
		case 'return':
			return { ...base, count: units(payload.lines) };
		case 'cancel':
		case 'decline':
			return { ...base, reason: payload.reason };
		case 'resolve_exception':
			return { note: payload.note };
		case 'edit_address':
			return { ...base, address: addressText(payload.shipTo) };
		case 'count':
			return {
				count: units(payload.scans.map(({ counted }) => ({ quantity: counted }))),
				product: product(payload.sku),
			};
		case 'start_picking':
		case 'print_label':
			return base;
	}
}

/** An operation as a sentence: who did what. An operation of a newer version is named, not hidden. */
export function operationSentence(
	envelope: OperationEnvelope,
	documents: SentenceDocuments,
	myName: string | null,
	t: TFunction<'sync'>,
): string {
	const who = envelope.actor.name === myName ? t('who.you') : t('who.other', { name: envelope.actor.name });
	const read = readOperation(envelope);
	if (!read.ok) return t('did.unknown', { who, type: envelope.type });
	const facts = factsOf(read.operation, documents);
	const reason = typeof facts.reasonKey === 'string' ? { reason: t(`shortReason.${facts.reasonKey}`) } : {};
	return t(`did.${read.operation.type}`, { who, ...facts, ...reason });
}
