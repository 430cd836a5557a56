import type { ExceptionCase } from '../schema/exception-case.ts';
import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import type { Order } from '../schema/order.ts';
import type { ReturnCase } from '../schema/return-case.ts';
import type { StockDocument } from '../schema/stock-document.ts';
import type { Movement } from '../schema/stock-position.ts';
import { type Applied, applyStatement } from './apply-statement.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { readOperation, statementOf } from './read-operation.ts';
import { touchedDocuments } from './touched-documents.ts';

/** The confirmed documents, as the replica has them. */
export interface ConfirmedDocuments {
	fulfillmentOrder(id: string): FulfillmentOrder | undefined;
	order(id: string): Order | undefined;
	returnCase(id: string): ReturnCase | undefined;
	exceptionCase(id: string): ExceptionCase | undefined;
	stockDocument(id: string): StockDocument | undefined;
}

/** What unconfirmed operations change: laid over the confirmed documents, stored nowhere. */
export interface Overlay {
	readonly fulfillmentOrders: ReadonlyMap<string, FulfillmentOrder>;
	readonly orders: ReadonlyMap<string, Order>;
	readonly returnCases: ReadonlyMap<string, ReturnCase>;
	readonly exceptionCases: ReadonlyMap<string, ExceptionCase>;
	readonly stockDocuments: ReadonlyMap<string, StockDocument>;
	readonly movements: readonly Movement[];
	/** Operations that change nothing here: unknown, or no longer fitting. */
	readonly withoutEffect: readonly string[];
}

/**
 * Confirmed documents with the operations on top, in their order. Total: an operation that it can't apply changes
 * nothing and is named. Central's answer may differ; then the overlay goes with the operation.
 */
export function project(
	siteId: string,
	confirmed: ConfirmedDocuments,
	operations: readonly OperationEnvelope[],
): Overlay {
	const fulfillmentOrders = new Map<string, FulfillmentOrder>();
	const orders = new Map<string, Order>();
	const returnCases = new Map<string, ReturnCase>();
	const exceptionCases = new Map<string, ExceptionCase>();
	const stockDocuments = new Map<string, StockDocument>();
	const movements: Movement[] = [];
	const withoutEffect: string[] = [];
	for (const envelope of operations) {
		const read = readOperation(envelope);
		if (!read.ok) {
			withoutEffect.push(envelope.opId);
			continue;
		}
		const touched = touchedDocuments(read.operation.type, read.operation.payload, siteId);
		const found = <T>(id: string | undefined, changed: Map<string, T>, stored: (id: string) => T | undefined) =>
			id === undefined ? undefined : (changed.get(id) ?? stored(id));
		const result = applyOrNothing(
			{
				siteId,
				fulfillmentOrder: found(touched.fulfillmentOrderId, fulfillmentOrders, confirmed.fulfillmentOrder),
				order: found(touched.orderId, orders, confirmed.order),
				returnCase: found(touched.returnId, returnCases, confirmed.returnCase),
				exceptionCase: found(touched.exceptionId, exceptionCases, confirmed.exceptionCase),
				stockDocuments: new Map(
					(touched.stockDocumentIds ?? []).flatMap((id) => {
						const document = found(id, stockDocuments, confirmed.stockDocument);
						return document === undefined ? [] : [[id, document]];
					}),
				),
			},
			statementOf(read.operation),
		);
		if (result?.outcome !== 'applied' || result.events.length === 0) {
			withoutEffect.push(envelope.opId);
			continue;
		}
		const { fulfillmentOrder, order, returnCase, exceptionCase } = result.subject;
		if (fulfillmentOrder) fulfillmentOrders.set(fulfillmentOrder.id, fulfillmentOrder);
		if (order) orders.set(order.id, order);
		if (returnCase) returnCases.set(returnCase.id, returnCase);
		if (exceptionCase) exceptionCases.set(exceptionCase.id, exceptionCase);
		for (const document of result.subject.stockDocuments?.values() ?? []) stockDocuments.set(document.id, document);
		movements.push(...result.movements);
	}
	return { fulfillmentOrders, orders, returnCases, exceptionCases, stockDocuments, movements, withoutEffect };
}

/** Null where the documents don't allow what follows, as those of another release may not. */
function applyOrNothing(subject: Subject, statement: AnyStatement): Applied | null {
	try {
		return applyStatement(subject, statement);
	} catch {
		return null;
	}
}
