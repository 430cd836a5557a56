import { type Kysely, sql } from 'kysely';
import type { StockDetail } from '../../../shared/domain/stock-detail.ts';
import { type StockPosition, stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { toStockDetail } from './stock-details.ts';
import { toStockPosition } from './stock-ledger.ts';

/** A position with all that is known of its units. */
export interface DetailedPosition extends StockPosition {
	readonly details: readonly Omit<StockDetail, 'siteId'>[];
}

export interface PositionQuestion {
	readonly sku?: string;
	readonly siteId?: string;
	/** Those after this site and SKU. */
	readonly after?: { readonly siteId: string; readonly sku: string };
	readonly limit: number;
}

/** Positions in the order of site and SKU. */
export async function findPositions(
	db: Kysely<Tables>,
	{ sku, siteId, after, limit }: PositionQuestion,
): Promise<readonly DetailedPosition[]> {
	let query = db.selectFrom('stock_position').selectAll();
	if (sku !== undefined) query = query.where('sku', '=', sku);
	if (siteId !== undefined) query = query.where('site_id', '=', siteId);
	if (after !== undefined) query = query.where(sql<boolean>`(site_id, sku) > (${after.siteId}, ${after.sku})`);
	const positions = await query.orderBy('site_id').orderBy('sku').limit(limit).execute();
	const { rows } = await sql<Parameters<typeof toStockDetail>[0]>`
		SELECT stock_detail.* FROM stock_detail
		JOIN unnest(${positions.map(({ site_id }) => site_id)}::text[], ${positions.map((each) => each.sku)}::text[])
			AS asked (site_id, sku) USING (site_id, sku)
		WHERE units <> 0 ORDER BY place, bin, expires_on, lot, serial`.execute(db);
	const details = Map.groupBy(rows, (row) => stockPositionId(row.site_id, row.sku));
	return positions.map((row) => {
		const position = toStockPosition(row);
		const own = (details.get(position.id) ?? []).map(toStockDetail).map(({ siteId: _, ...detail }) => detail);
		return { ...position, details: own };
	});
}
