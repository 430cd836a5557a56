import { type Kysely, sql } from 'kysely';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { keepStockDocuments } from '../inventory/stock-documents.ts';

/** Locks the reservations that there are among some ids, before any position is locked. */
export async function lockReservations(
	transaction: Kysely<Tables>,
	ids: readonly string[],
): Promise<ReadonlyMap<string, Reservation>> {
	if (ids.length === 0) return new Map();
	const { rows } = await sql<{ body: Reservation }>`
		SELECT body FROM stock_document WHERE kind = 'reservation' AND id = ANY (${[...new Set(ids)]}::text[])
		ORDER BY id FOR UPDATE`.execute(transaction);
	return new Map(rows.map(({ body }) => [body.id, body]));
}

/** Makes or replaces reservations, and puts them where they are seen. */
export async function keepReservations(
	transaction: Kysely<Tables>,
	reservations: readonly Reservation[],
	documents: DocumentWriter,
): Promise<void> {
	await keepStockDocuments(transaction, reservations, documents);
}
