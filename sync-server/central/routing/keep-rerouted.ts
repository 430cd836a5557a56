import type { Transaction } from 'kysely';
import type { OrderParts } from '../../../shared/domain/order-parts.ts';
import { DocumentWriter, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { postMovements } from '../inventory/stock-ledger.ts';
import { keepParts, type LockedOrder, publishParts } from '../orders/keep-order-parts.ts';

/** Stores what central has done to an order by itself, with its movements, and puts it where it is seen. */
export async function keepRerouted(
	transaction: Transaction<Tables>,
	before: LockedOrder,
	after: OrderParts,
	recordedAt: string,
	documents = new DocumentWriter(),
): Promise<void> {
	await keepMoved(transaction, before, after, recordedAt, documents);
	await documents.publish(transaction);
}

/** The same for one of several orders: the caller publishes the documents as its last step. */
export async function keepMoved(
	transaction: Transaction<Tables>,
	before: LockedOrder,
	after: OrderParts,
	recordedAt: string,
	documents: DocumentWriter,
): Promise<void> {
	const posting = { operationId: null, orderId: after.order.id, actorName: 'central', recordedAt };
	const { positions } = await postMovements(transaction, after.movements, posting);
	await keepParts(transaction, before, after, { operationId: null, recordedAt });
	for (const position of positions) documents.put(siteStream(position.siteId), 'stock', position.id, position);
	publishParts(documents, before, after);
}
