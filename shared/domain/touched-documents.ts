import type { OperationType, PayloadOf } from '../schema/operation.ts';

export interface TouchedDocuments {
	readonly fulfillmentOrderId?: string;
	readonly orderId?: string;
	readonly returnId?: string;
	readonly exceptionId?: string;
}

/** Which documents an operation is about, known from the operation alone. */
export function touchedDocuments<T extends OperationType>(_type: T, payload: PayloadOf<T>): TouchedDocuments {
	const named: { fulfillmentOrderId?: string; orderId?: string; returnId?: string; exceptionId?: string } = payload;
	return {
		...(named.fulfillmentOrderId === undefined ? {} : { fulfillmentOrderId: named.fulfillmentOrderId }),
		...(named.orderId === undefined ? {} : { orderId: named.orderId }),
		...(named.returnId === undefined ? {} : { returnId: named.returnId }),
		...(named.exceptionId === undefined ? {} : { exceptionId: named.exceptionId }),
	};
}
