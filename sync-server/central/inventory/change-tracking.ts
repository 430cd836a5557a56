import { type Kysely, sql } from 'kysely';
import { forgetIdentities, type StockDetail, shelfUnits, type Tracking } from '../../../shared/domain/stock-detail.ts';
import type { Product } from '../../../shared/schema/product.ts';
import { DocumentWriter, sharedStream, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { type DetailRow, toStockDetail } from './stock-details.ts';
import { type PositionRow, toStockPosition } from './stock-ledger.ts';

export type TrackingChanged =
	| { readonly changed: true; readonly product: Product }
	| { readonly changed: false; readonly product: Product | null };

/**
 * From now on a product is tracked in another way. Its units lie where they lay, and are of no known lot or serial number until somebody
 * names them. Nothing is posted meanwhile: whoever would, waits and then sees the new way.
 * @returns the product as it is now; null where there is none
 */
export function changeTracking(
	db: Kysely<Tables>,
	sku: string,
	tracking: Tracking,
	now: Temporal.Instant,
): Promise<TrackingChanged> {
	return inTransaction(db, async (transaction): Promise<TrackingChanged> => {
		await sql`LOCK TABLE stock_position IN EXCLUSIVE MODE`.execute(transaction);
		const found = await transaction.selectFrom('product').select('body').where('sku', '=', sku).executeTakeFirst();
		if (found === undefined) return { changed: false, product: null };
		const before = found.body;
		if (before.tracking === tracking) return { changed: false, product: before };
		const product: Product = { ...before, tracking };
		await transaction
			.updateTable('product')
			.set({ body: JSON.stringify(product) })
			.where('sku', '=', sku)
			.execute();
		await sql`INSERT INTO tracking_change (sku, before, after, last_movement, changed_at)
			SELECT ${sku}, ${before.tracking}, ${tracking}, coalesce(max(id), 0), ${now.toString()}::timestamptz FROM movement`.execute(
			transaction,
		);
		const { rows } = await sql<DetailRow>`DELETE FROM stock_detail WHERE sku = ${sku} RETURNING *`.execute(transaction);
		const kept = forgetIdentities(rows.map(toStockDetail));
		await keepDetails(transaction, sku, kept);
		const documents = new DocumentWriter();
		documents.put(sharedStream, 'catalog', product.id, product);
		for (const row of await tellShelves(transaction, sku, kept)) {
			documents.put(siteStream(row.site_id), 'stock', `${row.site_id}:${row.sku}`, toStockPosition(row));
		}
		await documents.publish(transaction);
		return { changed: true, product };
	});
}

async function keepDetails(transaction: Kysely<Tables>, sku: string, kept: readonly StockDetail[]): Promise<void> {
	await sql`
		INSERT INTO stock_detail (site_id, sku, place, bin, lot, serial, units, expires_on)
		SELECT site_id, ${sku}, place, bin, '', '', units, NULL
		FROM unnest(${kept.map(({ siteId }) => siteId)}::text[], ${kept.map(({ place }) => place)}::text[],
			${kept.map(({ bin }) => bin)}::text[], ${kept.map(({ units }) => units)}::bigint[]) AS each (site_id, place, bin, units)`.execute(
		transaction,
	);
}

/** Of every position of the SKU what it tells of its shelf; those whose shelf changed. */
async function tellShelves(
	transaction: Kysely<Tables>,
	sku: string,
	kept: readonly StockDetail[],
): Promise<readonly PositionRow[]> {
	const positions = await transaction.selectFrom('stock_position').selectAll().where('sku', '=', sku).execute();
	const changed = positions.flatMap((row) => {
		const bins = shelfUnits(
			kept.filter(({ siteId }) => siteId === row.site_id),
			row.bin,
		);
		return JSON.stringify(bins) === JSON.stringify(row.bins ?? []) ? [] : [{ ...row, bins }];
	});
	await sql`
		UPDATE stock_position SET bins = told.bins
		FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS told (site_id text, sku text, bins jsonb)
		WHERE stock_position.site_id = told.site_id AND stock_position.sku = told.sku`.execute(transaction);
	return changed;
}
