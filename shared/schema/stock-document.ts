import type { BinClosure } from './bin-closure.ts';
import type { CountCase } from './count.ts';
import type { CollectionName } from './documents.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import type { Receipt } from './receipt.ts';
import type { Reservation } from './reservation.ts';
import type { SellingRight } from './selling-right.ts';
import type { Transfer } from './transfer.ts';

/** Documents about stock rather than about one customer's order. Central keeps them in one table; an operation may touch several. */
export type StockDocument = PurchaseOrder | Transfer | Receipt | CountCase | Reservation | SellingRight | BinClosure;
export type StockDocumentKind = StockDocument['kind'];

/** The sites that see a document. */
export function sitesOfStockDocument(document: StockDocument): readonly string[] {
	return document.kind === 'transfer' ? [document.fromSiteId, document.toSiteId] : [document.siteId];
}

/** The replica's collection that holds a document. There is a right for every SKU that sells: too many for memory. */
export function collectionOfStockDocument({ kind }: StockDocument): CollectionName {
	return kind === 'selling_right' ? 'stock' : 'work';
}
