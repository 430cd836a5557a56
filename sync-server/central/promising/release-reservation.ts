import { type Kysely, sql, type Transaction } from 'kysely';
import { isHeld } from '../../../shared/domain/reservation-units.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction, isDatabaseAway } from '../../database/transaction.ts';
import { followSupply } from './follow-supply.ts';
import { type ReservationAnswer, reservationAnswer } from './reservation-answer.ts';
import { keepReservations, lockReservations, readReservations } from './reservation-documents.ts';
import type { ReservationFault } from './reservation-request.ts';
import { lockPositions } from './stock-claims.ts';
import { dropSupplyClaims } from './supply-claims.ts';

interface Parts {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
}

/** A reservation as it is now; one whose time has passed says so, even before it has been swept. */
export async function findReservation({ db, clock }: Parts, id: string): Promise<ReservationAnswer | undefined> {
	const parts = (await readReservations(db, [id])).get(id);
	return parts && reservationAnswer(parts, clock.now());
}

/**
 * Gives a reservation's units back, at all of its sites. Doing it again changes nothing, and neither does it where the time has passed.
 * @returns the reservation as it is now, or why it can't be released
 */
export async function releaseReservation(
	{ db, clock }: Parts,
	id: string,
): Promise<ReservationAnswer | { readonly fault: ReservationFault }> {
	return inTransaction(db, async (transaction) => {
		const now = clock.now();
		const parts = (await lockReservations(transaction, [id])).get(id);
		if (parts === undefined) {
			return { fault: { error: 'not_found', message: `There is no reservation "${id}".`, where: '/id' } };
		}
		if (parts.every(({ state }) => state === 'fulfilled')) {
			const message = 'An order or a sale has taken all of the reservation: nothing is left to be released.';
			return { fault: { error: 'already_fulfilled', message, where: '/id' } };
		}
		const ended = parts.flatMap((part): Reservation[] =>
			part.state === 'held' ? [{ ...part, state: isHeld(part, now) ? 'released' : 'expired' }] : [],
		);
		if (ended.length > 0) await endReservations(transaction, ended);
		return reservationAnswer(
			parts.map((part) => ended.find((each) => each.id === part.id) ?? part),
			now,
		);
	});
}

/** Takes away what locked reservations claim, and publishes them as they are from now on: the last step of a transaction. */
async function endReservations(transaction: Transaction<Tables>, ended: readonly Reservation[]): Promise<void> {
	const ids = ended.map(({ id }) => id);
	const { rows: claims } = await sql<{ siteId: string; sku: string }>`
		SELECT site_id AS "siteId", sku FROM stock_claim WHERE kind = 'reservation' AND holder_id = ANY (${ids}::text[])
		UNION SELECT site_id, sku FROM supply_claim WHERE holder_id = ANY (${ids}::text[])`.execute(transaction);
	await lockPositions(transaction, claims);
	await dropSupplyClaims(transaction, ids);
	await transaction.deleteFrom('stock_claim').where('kind', '=', 'reservation').where('holder_id', 'in', ids).execute();
	const documents = new DocumentWriter();
	await keepReservations(transaction, ended, documents);
	await documents.publish(transaction);
}

const atOnce = 100;

/**
 * Ends the reservations whose time has passed. Their claims count for nothing before that already; this tells the sites. Several
 * servers may do it at once: each takes what no other one holds.
 * @returns how many were ended
 */
export async function expireReservations({ db, clock }: Parts): Promise<number> {
	for (let ended = 0; ; ) {
		const expired = await inTransaction(db, async (transaction) => {
			const { rows } = await sql<{ body: Reservation }>`
				SELECT body FROM stock_document WHERE kind = 'reservation' AND state = 'held' AND id IN (
					SELECT holder_id FROM stock_claim WHERE kind = 'reservation' AND expires_at <= ${clock.now().toString()}::timestamptz
					UNION SELECT holder_id FROM supply_claim WHERE expires_at <= ${clock.now().toString()}::timestamptz
				) ORDER BY id LIMIT ${atOnce} FOR UPDATE SKIP LOCKED`.execute(transaction);
			const due = rows.map(({ body }): Reservation => ({ ...body, state: 'expired' }));
			if (due.length > 0) await endReservations(transaction, due);
			return due.length;
		});
		ended += expired;
		if (expired < atOnce) return ended;
	}
}

const sweepMs = 15_000;

/** Ends expired reservations, and follows the supply that others wait for, now and every 15 seconds. @returns stops it, and waits */
export function watchReservations(parts: Parts, log: (line: string) => void): () => Promise<void> {
	let running: Promise<unknown> = Promise.resolve();
	const sweep = () => {
		running = running
			.then(() => expireReservations(parts))
			.then(() => followSupply(parts))
			.catch((error: unknown) => {
				// The next time is early enough; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) log(`Reservations could not be looked after: ${String(error)}`);
			});
	};
	sweep();
	const timer = setInterval(sweep, sweepMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
