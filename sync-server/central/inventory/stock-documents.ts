import type { Kysely } from 'kysely';
import {
	collectionOfStockDocument,
	type StockDocument,
	type StockDocumentKind,
	sitesOfStockDocument,
} from '../../../shared/schema/stock-document.ts';
import { type DocumentWriter, siteStream } from '../../database/documents.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

export interface StockDocumentRow {
	readonly id: string;
	readonly kind: StockDocumentKind;
	readonly site_ids: readonly string[];
	readonly state: string | null;
	readonly body: StockDocument;
}

/** How a stock document is kept in its table. */
export function stockDocumentRow(document: StockDocument): StockDocumentRow {
	const state = 'state' in document ? document.state : null;
	return { id: document.id, kind: document.kind, site_ids: sitesOfStockDocument(document), state, body: document };
}

/** The statement that makes or replaces stock documents, from a parameter with a JSON array of their rows. */
export function keepingStockDocuments(parameter: string): string {
	return `INSERT INTO stock_document (id, kind, site_ids, state, body)
		SELECT each.id, each.kind, each.site_ids, each.state, each.body
		FROM jsonb_to_recordset(${parameter}::jsonb) AS each (id text, kind text, site_ids text[], state text, body jsonb)
		ORDER BY each.id
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`;
}

const keepAll = prepared<never>('keep_stock_documents', keepingStockDocuments('$1'));

/** Makes or replaces stock documents, and puts them where they are seen. */
export async function keepStockDocuments(
	transaction: Kysely<Tables>,
	stockDocuments: readonly StockDocument[],
	documents: DocumentWriter,
): Promise<void> {
	if (stockDocuments.length === 0) return;
	await keepAll(transaction, [JSON.stringify(stockDocuments.map(stockDocumentRow))]);
	for (const each of stockDocuments) putStockDocument(documents, each);
}

/** Puts a stock document where it is seen. */
export function putStockDocument(documents: DocumentWriter, document: StockDocument): void {
	for (const siteId of sitesOfStockDocument(document)) {
		documents.put(siteStream(siteId), collectionOfStockDocument(document), document.id, document);
	}
}
