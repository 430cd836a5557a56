import type { OperationType, PayloadOf } from '../schema/operation.ts';
import type { RightUnits } from '../schema/stock-operation.ts';
import { sellingRightId } from './selling-rights.ts';

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
} = {
	close_bin: ({ binClosureId }) => [binClosureId],
	open_bin: ({ binClosureId }) => [binClosureId],
	receive: receiptAndSupply,
	undo_receive: receiptAndSupply,
	close_receipt: receiptAndSupply,
	request_transfer: transferOnly,
	open_transfer: transferOnly,
	cancel_transfer: transferOnly,
	decline_transfer: transferOnly,
	pick_transfer: transferOnly,
	put_back_transfer: transferOnly,
	short_transfer: transferOnly,
	pack_transfer: transferOnly,
	send_transfer: transferOnly,
	open_count: countOf,
	count: countOf,
	note_unknown_code: countOf,
	settle_unknown_code: countOf,
	submit_count: countOf,
	review_count: countOf,
	post_count: countOf,
	cancel_count: countOf,
	capture_order: ({ capture, rights }, siteId) => [
		...(capture.reservationId === undefined ? [] : [capture.reservationId]),
		...rightsOf(rights, siteId),
	],
	reserve_stock: ({ reservationId, rights }, siteId) => [reservationId, ...rightsOf(rights, siteId)],
	release_reservation: ({ reservationId }) => [reservationId],
	sell: ({ reservationId, rights }, siteId) => [
		...(reservationId === undefined ? [] : [reservationId]),
		...rightsOf(rights, siteId),
	],
	release_rights: ({ rights }, siteId) => rightsOf(rights, siteId),
};

function receiptAndSupply({
	receiptId,
	purchaseOrderId,
	transferId,
}: Pick<PayloadOf<'receive'>, 'receiptId' | 'purchaseOrderId' | 'transferId'>): readonly string[] {
	return [receiptId, purchaseOrderId ?? transferId].filter((id) => id !== undefined);
}

function transferOnly({ transferId }: { readonly transferId: string }): readonly string[] {
	return [transferId];
}

function countOf({ countId }: { readonly countId: string }): readonly string[] {
	return [countId];
}

function rightsOf(rights: RightUnits, siteId: string): readonly string[] {
	return rights.map(({ sku }) => sellingRightId(siteId, sku));
}

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
