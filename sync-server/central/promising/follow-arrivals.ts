import { type Kysely, sql } from 'kysely';
import { withArrivals } from '../../../shared/domain/reservation-units.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { claimArrivals } from './supply-claims.ts';

/** Goods that have come from a supplier or another site. */
const comes = ({ from, to }: Movement) => to === 'available' && (from === 'supplier' || from === 'in_transit');

/**
 * Gives goods that movements have just brought to the reservations that wait for them, before anybody else may promise them.
 * @returns those reservations as they are now; one that somebody is changing at this moment is told later, by `followSupply`
 */
export async function followArrivals(
	transaction: Kysely<Tables>,
	movements: readonly Movement[],
	at: string,
): Promise<readonly Reservation[]> {
	if (!movements.some(comes)) return [];
	const come = movements.filter(comes).map(({ siteId, sku, quantity }) => ({ siteId, sku, units: quantity }));
	const claimed = await claimArrivals(transaction, come, at);
	if (claimed.length === 0) return [];
	// Reservations are locked before positions by everybody else: whoever would wait here would wait for each other.
	const { rows } = await sql<{ body: Reservation }>`
		SELECT body FROM stock_document WHERE kind = 'reservation' AND id = ANY (${claimed.map(({ holderId }) => holderId)}::text[])
		ORDER BY id FOR UPDATE SKIP LOCKED`.execute(transaction);
	return rows.map(({ body }) => {
		const own = claimed.filter(({ holderId }) => holderId === body.id);
		return withArrivals(body, new Map(own.map(({ sku, units }) => [sku, units])));
	});
}
