import { applyStatement } from '../../shared/domain/apply-statement.ts';
import type { DomainEvent } from '../../shared/domain/decision.ts';
import { readOperation, statementOf } from '../../shared/domain/read-operation.ts';
import { postMovement } from '../../shared/domain/stock-ledger.ts';
import type { CollectionName } from '../../shared/schema/documents.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import type { Order } from '../../shared/schema/order.ts';
import { type Movement, type StockPosition, stockPositionId } from '../../shared/schema/stock-position.ts';

/** The documents of a site, as central holds them before the first operation. */
export interface SiteDocuments {
	readonly siteId: string;
	readonly fulfillmentOrders: ReadonlyMap<string, FulfillmentOrder>;
	readonly orders: ReadonlyMap<string, Order>;
	readonly positions: ReadonlyMap<string, StockPosition>;
}

/** The rows that central writes for one operation, made beforehand by the same pure core, so that a peer only writes. */
export interface RowsOfOperation {
	readonly operation: OperationEnvelope;
	readonly siteId: string;
	readonly events: readonly DomainEvent[];
	readonly movements: readonly Movement[];
	/** Null where nothing changed. */
	readonly order: Order | null;
	readonly fulfillmentOrder: FulfillmentOrder | null;
	readonly documents: readonly { readonly collection: CollectionName; readonly id: string; readonly body: string }[];
}

export function rowsOfOperations(
	site: SiteDocuments,
	operations: readonly OperationEnvelope[],
): readonly RowsOfOperation[] {
	const fulfillmentOrders = new Map(site.fulfillmentOrders);
	const orders = new Map(site.orders);
	const positions = new Map(site.positions);
	return operations.map((operation) => {
		const read = readOperation(operation);
		if (!read.ok) throw new Error(`A bench operation can't be read: ${read.reason}`);
		const { fulfillmentOrderId, orderId } = operation.payload as { fulfillmentOrderId: string; orderId: string };
		const before = { order: orders.get(orderId), fulfillmentOrder: fulfillmentOrders.get(fulfillmentOrderId) };
		const applied = applyStatement({ siteId: site.siteId, ...before }, statementOf(read.operation));
		if (applied.outcome === 'refused') throw new Error(`A bench operation was refused: ${applied.reason}`);
		const { order, fulfillmentOrder } = applied.subject;
		if (order !== undefined) orders.set(orderId, order);
		if (fulfillmentOrder !== undefined) fulfillmentOrders.set(fulfillmentOrderId, fulfillmentOrder);
		const touched = new Set<StockPosition>();
		for (const movement of applied.movements) {
			const id = stockPositionId(movement.siteId, movement.sku);
			const position = positions.get(id);
			if (position === undefined) throw new Error(`The site does not hold ${movement.sku}`);
			positions.set(id, postMovement(position, movement).position);
		}
		for (const { siteId, sku } of applied.movements) {
			const position = positions.get(stockPositionId(siteId, sku));
			if (position !== undefined) touched.add(position);
		}
		const changed = {
			order: order === before.order ? null : (order ?? null),
			fulfillmentOrder: fulfillmentOrder === before.fulfillmentOrder ? null : (fulfillmentOrder ?? null),
		};
		const document = (collection: CollectionName, body: { readonly id: string } | null) =>
			body === null ? [] : [{ collection, id: body.id, body: JSON.stringify(body) }];
		return {
			operation,
			siteId: site.siteId,
			events: applied.events,
			movements: applied.movements,
			...changed,
			documents: [
				...[...touched].flatMap((position) => document('stock', position)),
				...document('work', changed.fulfillmentOrder),
				...document('orders', changed.order),
			],
		};
	});
}
