import type { OperationType, PayloadOf } from '../schema/operation.ts';

export interface TouchedDocuments {
	readonly fulfillmentOrderId?: string;
	readonly orderId?: string;
	readonly returnId?: string;
	readonly exceptionId?: string;
	/** The first is the one that it is about. */
	readonly stockDocumentIds?: readonly string[];
}

/** The stock documents that each kind of stock work touches, at the site of its author. */
const stockDocumentIds: {
	readonly [T in OperationType]?: (payload: PayloadOf<T>, siteId: string) => readonly string[];
} = {};

/** Which documents an operation is about, known from the operation alone. */
export function touchedDocuments<T extends OperationType>(
	type: T,
	payload: PayloadOf<T>,
	siteId: string,
): TouchedDocuments {
	const named: { fulfillmentOrderId?: string; orderId?: string; returnId?: string; exceptionId?: string } = payload;
	const stock = stockDocumentIds[type]?.(payload, siteId);
	return {
		...(named.fulfillmentOrderId === undefined ? {} : { fulfillmentOrderId: named.fulfillmentOrderId }),
		...(named.orderId === undefined ? {} : { orderId: named.orderId }),
		...(named.returnId === undefined ? {} : { returnId: named.returnId }),
		...(named.exceptionId === undefined ? {} : { exceptionId: named.exceptionId }),
		...(stock === undefined ? {} : { stockDocumentIds: stock }),
	};
}
