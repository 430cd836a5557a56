import type { PurchaseOrder } from '../schema/purchase-order.ts';
import type { StockDocument } from '../schema/stock-document.ts';
import type { Transfer, TransferLine } from '../schema/transfer.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { emptyTransferLine } from './supply.ts';

/** A purchase order of site S-1: five mugs and three pens, the pens announced in one logistic unit. */
export function samplePurchaseOrder(change: Partial<PurchaseOrder> = {}): PurchaseOrder {
	return {
		id: 'po-1',
		kind: 'purchase_order',
		number: 'PO-7',
		siteId: 'S-1',
		supplierId: 'SUP-1',
		supplierName: 'Northern Wholesale',
		state: 'open',
		orderedAt: '2026-11-10T09:00:00Z',
		expectedOn: '2026-11-22',
		lines: [
			{ sku: 'MUG', name: 'Mug', gtins: ['09501101530003'], ordered: 5, received: 0, damaged: 0 },
			{ sku: 'PEN', name: 'Pen', gtins: ['00012345678905'], ordered: 3, received: 0, damaged: 0 },
		],
		announced: [{ sscc: '095012345678901237', lines: [{ sku: 'PEN', quantity: 3 }] }],
		...change,
	};
}

/** A transfer from S-2 to S-1: five mugs are asked for. */
export function sampleTransfer(change: Partial<Transfer> = {}, line: Partial<TransferLine> = {}): Transfer {
	return {
		id: 'transfer-1',
		kind: 'transfer',
		number: 'T-7',
		fromSiteId: 'S-2',
		fromSiteName: 'Leeds',
		toSiteId: 'S-1',
		toSiteName: 'York',
		state: 'requested',
		requestedAt: '2026-11-20T09:00:00Z',
		requestedBy: 'Ada',
		expectedOn: '2026-11-24',
		sentAt: null,
		lines: [{ ...emptyTransferLine({ sku: 'MUG', name: 'Mug' }), gtins: ['09501101530003'], requested: 5, ...line }],
		boxes: [],
		...change,
	};
}

export function subjectWith(siteId: string, ...documents: readonly StockDocument[]): Subject {
	return { siteId, stockDocuments: new Map(documents.map((document) => [document.id, document])) };
}

/** Something that Ada states, at noon of 2026-11-22. */
export function stated<T extends AnyStatement['type']>(
	type: T,
	payload: Extract<AnyStatement, { type: T }>['payload'],
): Extract<AnyStatement, { type: T }> {
	const statement = { opId: 'op', type, payload, actorName: 'Ada', at: '2026-11-22T12:00:00Z' };
	return statement as unknown as Extract<AnyStatement, { type: T }>;
}
