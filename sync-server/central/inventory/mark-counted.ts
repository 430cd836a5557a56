import { type Kysely, sql } from 'kysely';
import type { StockPosition } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { type PositionRow, toStockPosition } from './stock-ledger.ts';

/** Positions tell when they were last counted, whether or not that moved anything. Locks them in the order of their SKUs. */
export async function markCounted(
	transaction: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
	at: string,
): Promise<readonly StockPosition[]> {
	if (skus.length === 0) return [];
	const { rows } = await sql<PositionRow>`
		WITH locked AS (
			SELECT site_id, sku FROM stock_position WHERE site_id = ${siteId} AND sku = ANY (${[...new Set(skus)]}::text[])
			ORDER BY sku FOR UPDATE
		)
		UPDATE stock_position AS position SET counted_at = ${at}::timestamptz FROM locked
		WHERE position.site_id = locked.site_id AND position.sku = locked.sku RETURNING position.*`.execute(transaction);
	return rows.map(toStockPosition);
}
