import { type Kysely, sql } from 'kysely';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { toMovement } from './stock-details.ts';

/** One line of the ledger with all that is known of it. */
export interface KeptMovement extends Movement {
	readonly id: number;
	readonly operationId: string | null;
	readonly orderId: string | null;
	readonly deviceId: string | null;
	readonly actorName: string;
	readonly recordedAt: string;
}

/** Which movements are asked for: those that fit all that is said. */
export interface MovementQuestion {
	readonly sku?: string;
	readonly siteId?: string;
	readonly lot?: string;
	readonly serial?: string;
	/** An order's id or its number. */
	readonly orderId?: string;
	/** Those after this one. */
	readonly after?: number;
	readonly limit: number;
}

/** Movements in the order in which they were posted. */
export async function findMovements(
	db: Kysely<Tables>,
	{ sku, siteId, lot, serial, orderId, after, limit }: MovementQuestion,
): Promise<readonly KeptMovement[]> {
	let query = db.selectFrom('movement').selectAll();
	if (sku !== undefined) query = query.where('sku', '=', sku);
	if (siteId !== undefined) query = query.where('site_id', '=', siteId);
	// Movements are found by site and SKU; where the site is not said, the positions know which ones there are.
	if (sku !== undefined && siteId === undefined) {
		query = query.where(sql<boolean>`site_id IN (SELECT site_id FROM stock_position WHERE sku = ${sku})`);
	}
	if (lot !== undefined) query = query.where(sql<boolean>`identity IS NOT NULL AND identity ->> 'lot' = ${lot}`);
	if (serial !== undefined) {
		query = query.where(sql<boolean>`identity IS NOT NULL AND identity -> 'serials' ? ${serial}`);
	}
	if (orderId !== undefined) {
		query = query
			.where(sql<boolean>`order_id IN (SELECT id FROM customer_order WHERE id = ${orderId} OR number = ${orderId})`)
			.where(
				sql<boolean>`(site_id, sku) IN (SELECT position.site_id, position.sku
					FROM customer_order, jsonb_array_elements(customer_order.body -> 'lines') AS line
					JOIN stock_position AS position ON position.sku = line ->> 'sku'
					WHERE customer_order.id = ${orderId} OR customer_order.number = ${orderId})`,
			);
	}
	if (after !== undefined) query = query.where('id', '>', after);
	const rows = await query.orderBy('id').limit(limit).execute();
	return rows.map((row) => ({
		id: row.id,
		...toMovement(row),
		operationId: row.operation_id,
		orderId: row.order_id,
		deviceId: row.device_id,
		actorName: row.actor_name,
		recordedAt: row.recorded_at,
	}));
}
