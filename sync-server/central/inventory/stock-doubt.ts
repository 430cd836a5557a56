import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';

/** A SKU that one site is not asked for until somebody has counted it there. */
export interface StockDoubt {
	readonly siteId: string;
	readonly sku: string;
	readonly since: string;
	/** The operation that said that units were missing. */
	readonly operationId: string;
}

/** From now on nothing of the SKU is promised from this site. A doubt that is there already stays as it is. */
export async function openStockDoubt(transaction: Kysely<Tables>, doubt: StockDoubt): Promise<void> {
	await transaction
		.insertInto('stock_doubt')
		.values({ site_id: doubt.siteId, sku: doubt.sku, since: doubt.since, operation_id: doubt.operationId })
		.onConflict((conflict) => conflict.columns(['site_id', 'sku']).doNothing())
		.execute();
}

/** Somebody has counted: the site may be asked for the SKU again. */
export async function clearStockDoubt(transaction: Kysely<Tables>, siteId: string, sku: string): Promise<void> {
	await sql`DELETE FROM stock_doubt WHERE site_id = ${siteId} AND sku = ${sku}`.execute(transaction);
}

/** Of these SKUs, those in doubt at a site. */
export async function readDoubts(
	db: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
): Promise<ReadonlySet<string>> {
	const { rows } = await sql<{ sku: string }>`
		SELECT sku FROM stock_doubt WHERE site_id = ${siteId} AND sku = ANY (${[...skus]}::text[])`.execute(db);
	return new Set(rows.map(({ sku }) => sku));
}
