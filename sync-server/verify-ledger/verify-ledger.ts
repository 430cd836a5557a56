import { type Kysely, sql } from 'kysely';
import { checkLedger } from '../central/inventory/stock-ledger.ts';
import type { Tables } from '../database/tables.ts';
import { type PositionKey, verifyDetails } from './verify-details.ts';

/** One thing that is wrong with the ledger, or that somebody should know: a sentence without its full stop. */
export interface LedgerNews {
	/** A note is no fault of the books: facts may leave less than what was promised. */
	readonly kind: 'fault' | 'note';
	readonly what: string;
}

export interface LedgerFigures {
	readonly positions: number;
	readonly movements: number;
	readonly details: number;
	readonly serials: number;
	readonly claims: number;
	readonly faults: number;
	readonly notes: number;
}

const mostOfAKind = 1000;

/**
 * Rebuilds every position and all that is known below it from the movements, and compares; in one snapshot of the database, so that
 * the server may go on.
 * @param now claims that have expired by then count no more
 * @param tell called with each fault and note as it is found
 */
export async function verifyLedger(
	db: Kysely<Tables>,
	now: Temporal.Instant,
	tell: (news: LedgerNews) => void,
): Promise<LedgerFigures> {
	const told = { fault: 0, note: 0 };
	const tellCounted = (kind: LedgerNews['kind'], what: string) => {
		told[kind] += 1;
		tell({ kind, what });
	};
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (snapshot) => {
			for (const { siteId, sku, fault } of await checkLedger(snapshot)) {
				const words = {
					differs_from_movements: `The stock of ${sku} at ${siteId} is not what its movements add up to`,
					does_not_sum_to_zero: `The buckets of ${sku} at ${siteId} don't add up to zero`,
				};
				tellCounted('fault', words[fault]);
			}
			for (const { sku, units } of await lostBetweenSites(snapshot)) {
				const what =
					units < 0
						? `${-units} units of ${sku} come in from other sites that no site has sent`
						: `${units} units of ${sku} were sent to other sites and come in at none`;
				tellCounted('fault', what);
			}
			for (const key of await publishedOtherwise(snapshot)) {
				tellCounted('fault', `Devices see another stock of ${key.sku} at ${key.siteId} than the ledger has`);
			}
			await verifyDetails(snapshot, (what) => tellCounted('fault', what));
			for (const { siteId, sku, claimed, available } of await claimedTooMuch(snapshot, now)) {
				tellCounted('note', `${claimed} units of ${sku} at ${siteId} are claimed, and ${available} are available`);
			}
			return { ...(await countRows(snapshot)), faults: told.fault, notes: told.note };
		});
}

/** What one site has sent to another is outside the one and in transit at the other: over all sites it sums to zero. */
async function lostBetweenSites(
	db: Kysely<Tables>,
): Promise<readonly { readonly sku: string; readonly units: number }[]> {
	const { rows } = await sql<{ sku: string; units: number }>`
		SELECT sku, sum(other_site)::bigint AS units FROM outside_position GROUP BY sku HAVING sum(other_site) <> 0
		ORDER BY sku LIMIT ${mostOfAKind}`.execute(db);
	return rows;
}

/** Positions whose document in their site's stream says something else. */
async function publishedOtherwise(db: Kysely<Tables>): Promise<readonly PositionKey[]> {
	const { rows } = await sql<{ site_id: string; sku: string }>`
		SELECT position.site_id, position.sku FROM stock_position AS position
		JOIN stream_document AS document ON document.stream_id = 'site:' || position.site_id AND document.collection = 'stock'
			AND document.document_id = position.site_id || ':' || position.sku
		WHERE document.deleted OR document.body -> 'units' <> jsonb_build_object('available', available, 'allocated', allocated,
				'picked', picked, 'staged', staged, 'in_transit', in_transit, 'quarantine', quarantine, 'damaged', damaged)
			OR coalesce(document.body -> 'bins', '[]') <> coalesce(bins, '[]')
		ORDER BY position.site_id, position.sku LIMIT ${mostOfAKind}`.execute(db);
	return rows.map(({ site_id: siteId, sku }) => ({ siteId, sku }));
}

interface Overclaimed extends PositionKey {
	readonly claimed: number;
	readonly available: number;
}

async function claimedTooMuch(db: Kysely<Tables>, now: Temporal.Instant): Promise<readonly Overclaimed[]> {
	const { rows } = await sql<{ site_id: string; sku: string; claimed: number; available: number }>`
		SELECT site_id, sku, sum(units)::bigint AS claimed, coalesce(min(position.available), 0)::bigint AS available
		FROM stock_claim LEFT JOIN stock_position AS position USING (site_id, sku)
		WHERE expires_at IS NULL OR expires_at > ${now.toString()}::timestamptz
		GROUP BY site_id, sku HAVING sum(units) > coalesce(min(position.available), 0)
		ORDER BY site_id, sku LIMIT ${mostOfAKind}`.execute(db);
	return rows.map(({ site_id: siteId, ...row }) => ({ siteId, ...row }));
}

async function countRows(db: Kysely<Tables>): Promise<Omit<LedgerFigures, 'faults' | 'notes'>> {
	const { rows } = await sql<Omit<LedgerFigures, 'faults' | 'notes'>>`
		SELECT (SELECT count(*) FROM stock_position) AS positions, (SELECT count(*) FROM movement) AS movements,
			(SELECT count(*) FROM stock_detail) AS details, (SELECT count(*) FROM stock_detail WHERE serial <> '') AS serials,
			(SELECT count(*) FROM stock_claim) AS claims`.execute(db);
	const [row] = rows;
	if (row === undefined) throw new Error('Counting answered nothing.');
	return row;
}
