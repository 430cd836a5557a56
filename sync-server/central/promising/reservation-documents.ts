import { type Kysely, sql } from 'kysely';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { DocumentWriter } from '../../database/documents.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { keepStockDocuments } from '../inventory/stock-documents.ts';

/**
 * Locks the reservations that there are among some ids, with their parts at other sites, before any position is locked.
 * @returns the parts of each, by the id that was asked for; the first is the one with this id
 */
export async function lockReservations(
	transaction: Kysely<Tables>,
	ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Reservation[]>> {
	if (ids.length === 0) return new Map();
	const asked = [...new Set(ids)];
	const { rows } = await sql<{ body: Reservation }>`
		SELECT body FROM stock_document
		WHERE kind = 'reservation' AND (id = ANY (${asked}::text[]) OR body ->> 'partOf' = ANY (${asked}::text[]))
		ORDER BY id FOR UPDATE`.execute(transaction);
	return partsById(
		asked,
		rows.map(({ body }) => body),
	);
}

/** The parts of each reservation that is asked for. */
export function partsById(
	ids: readonly string[],
	reservations: readonly Reservation[],
): ReadonlyMap<string, readonly Reservation[]> {
	return new Map(
		ids.flatMap((id): [string, readonly Reservation[]][] => {
			const own = reservations.filter((each) => each.id === id);
			if (own.length === 0) return [];
			const others = reservations.filter(({ partOf }) => partOf === id).sort((a, b) => (a.id < b.id ? -1 : 1));
			return [[id, [...own, ...others]]];
		}),
	);
}

const readParts = prepared<{ body: Reservation }>(
	'read_reservation_parts',
	"SELECT body FROM stock_document WHERE kind = 'reservation' AND (id = ANY ($1::text[]) OR body ->> 'partOf' = ANY ($1::text[]))",
);

/** As `lockReservations`, without locking anything. */
export async function readReservations(
	db: Kysely<Tables>,
	ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Reservation[]>> {
	if (ids.length === 0) return new Map();
	const rows = await readParts(db, [ids]);
	return partsById(
		ids,
		rows.map(({ body }) => body),
	);
}

/** Makes or replaces reservations, and puts them where they are seen. */
export async function keepReservations(
	transaction: Kysely<Tables>,
	reservations: readonly Reservation[],
	documents: DocumentWriter,
): Promise<void> {
	await keepStockDocuments(transaction, reservations, documents);
}
