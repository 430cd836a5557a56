import { type Kysely, sql } from 'kysely';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

/** Units of a SKU that somebody could not be promised; at one of some sites, or wherever they are. */
export interface Lacking {
	readonly sku: string;
	readonly units: number;
	readonly siteIds: readonly string[] | undefined;
}

/** Heard by every server: the site, a tab, and the SKU of rights that are asked back. */
export const askedBackChannel = 'backstock_rights';

const keptMinutes = 15;

const note = prepared<never>(
	'ask_rights_back',
	`WITH lacking AS (
		SELECT sku, max(units) AS units, site_ids FROM jsonb_to_recordset($1::jsonb) AS line (sku text, units bigint, site_ids text[])
		GROUP BY sku, site_ids
	), chosen AS (
		SELECT best.site_id, lacking.sku, max(lacking.units) AS units FROM lacking CROSS JOIN LATERAL (
			SELECT claim.site_id FROM stock_claim AS claim
			WHERE claim.sku = lacking.sku AND claim.kind = 'right' AND (lacking.site_ids IS NULL OR claim.site_id = ANY (lacking.site_ids))
			GROUP BY claim.site_id HAVING sum(claim.units) >= lacking.units ORDER BY sum(claim.units) DESC, claim.site_id LIMIT 1
		) AS best GROUP BY best.site_id, lacking.sku
	), noted AS (
		INSERT INTO rights_asked_back (site_id, sku, units, until)
		SELECT site_id, sku, units, $2::timestamptz FROM chosen ORDER BY site_id, sku
		ON CONFLICT (site_id, sku) DO UPDATE SET units = excluded.units, until = excluded.until RETURNING site_id, sku
	)
	SELECT pg_notify('${askedBackChannel}', site_id || chr(9) || sku) FROM noted`,
);

/**
 * Asks devices for rights that would have paid for what somebody lacked: for each SKU those of the site with most of them, and none where they would
 * not suffice. For a quarter of an hour central keeps them for the next try. Whoever refuses or falls short for want of stock calls this; the
 * servers hear of it when the transaction is committed.
 */
export async function askRightsBack(db: Kysely<Tables>, lacking: readonly Lacking[], at: string): Promise<void> {
	if (lacking.length === 0) return;
	const until = Temporal.Instant.from(at).add({ minutes: keptMinutes }).toString();
	const rows = lacking.map(({ sku, units, siteIds }) => ({ sku, units, site_ids: siteIds ?? null }));
	await note(db, [JSON.stringify(rows), until]);
}

/** Units that are not to be given out meanwhile, by `stockPositionId`. */
export async function readAskedBack(
	db: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
	at: string,
): Promise<ReadonlyMap<string, number>> {
	const rows = await db
		.selectFrom('rights_asked_back')
		.select(['sku', 'units'])
		.where('site_id', '=', siteId)
		.where('sku', '=', sql<string>`ANY (${[...skus]}::text[])`)
		.where('until', '>', at)
		.execute();
	return new Map(rows.map(({ sku, units }) => [stockPositionId(siteId, sku), units]));
}

/** What is asked for now; what was asked for long ago is forgotten. */
export async function listAskedBack(
	db: Kysely<Tables>,
	at: string,
): Promise<readonly { readonly siteId: string; readonly sku: string }[]> {
	await db.deleteFrom('rights_asked_back').where('until', '<=', at).execute();
	return db
		.selectFrom('rights_asked_back')
		.select(['site_id as siteId', 'sku'])
		.orderBy('site_id')
		.orderBy('sku')
		.execute();
}
