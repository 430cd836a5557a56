import { type Kysely, sql } from 'kysely';
import { placeOf, type StockPlace } from '../../../shared/domain/stock-detail.ts';
import {
	type Movement,
	outsideBuckets,
	type ShelfUnits,
	type SiteBucket,
	type StockPosition,
	siteBuckets,
	stockPositionId,
} from '../../../shared/schema/stock-position.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { keepingDetails, nameStock, shelvesFrom } from './stock-details.ts';

/** Who moved the units, when, and for what: goes with every movement of one posting. */
export interface Posting {
	readonly operationId: string | null;
	readonly orderId: string | null;
	/** The device behind it; absent for what central does by itself. */
	readonly deviceId?: string;
	readonly actorName: string;
	readonly recordedAt: string;
}

/** A bucket that a posting has drawn below zero. */
export interface BelowZero {
	readonly siteId: string;
	readonly sku: string;
	readonly bucket: SiteBucket;
	/** What it holds now: less than zero. */
	readonly units: number;
}

/** A serial number that came in although it was there already. */
export interface DuplicateSerial {
	readonly siteId: string;
	readonly sku: string;
	readonly serial: string;
	/** Where it was until then. */
	readonly before: { readonly siteId: string; readonly place: StockPlace };
}

/** A serial number that was taken off a shelf although it was not there. */
export interface AbsentSerial {
	readonly siteId: string;
	readonly sku: string;
	readonly serial: string;
	/** Where it was; absent where nothing is known of it, or it had left. */
	readonly before?: { readonly siteId: string; readonly place: StockPlace };
}

export interface Posted {
	/** The touched positions, as they are now. */
	readonly positions: readonly StockPosition[];
	readonly belowZero: readonly BelowZero[];
	readonly duplicateSerials: readonly DuplicateSerial[];
	readonly absentSerials: readonly AbsentSerial[];
}

/** A row of `stock_position`. */
export type PositionRow = Record<SiteBucket, number> & {
	readonly site_id: string;
	readonly sku: string;
	readonly bin: string;
	readonly bins: readonly ShelfUnits[] | null;
	readonly counted_at: string | null;
};

const allBuckets = [...siteBuckets, ...outsideBuckets];
const sums = (names: readonly string[]) =>
	names.map((name) => `sum(units) FILTER (WHERE bucket = '${name}') AS ${name}`).join(', ');
const columns = (names: readonly string[]) => names.join(', ');
const values = (names: readonly string[]) => names.map((name) => `coalesce(${name}, 0)`).join(', ');
const additions = (table: string, names: readonly string[]) =>
	names.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');

/** Of tracked products, and of goods that lie in several bins, the units must be named before they are posted. */
const needsNames = `SELECT FROM product WHERE sku = ANY ($2::text[]) AND body ->> 'tracking' <> 'none'
	UNION ALL SELECT FROM unnest($1::text[], $2::text[]) AS asked (site_id, sku) JOIN stock_position USING (site_id, sku)
	WHERE bins <> '[]'`;

/**
 * Movements and both sides of their positions in one round trip; positions are locked in the order of site and SKU.
 * `guarded` posts nothing when units among them must be named first. `detailed` brings the details along.
 */
const postingStatement = (
	name: string,
	{ guarded, detailed }: { readonly guarded: boolean; readonly detailed: boolean },
) =>
	prepared<PositionRow>(
		name,
		`WITH moved AS (
		SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $8::text[], $11::jsonb[])
			AS line (site_id, sku, quantity, from_bucket, to_bucket, reason, order_id, identity)
		${guarded ? `WHERE NOT EXISTS (${needsNames})` : ''}
	), ${detailed ? `${keepingDetails('$13')}, shelf AS (${shelvesFrom('$14')}), ` : ''}written AS (
		INSERT INTO movement (site_id, sku, quantity, from_bucket, to_bucket, reason, operation_id, order_id, actor_name, recorded_at,
			device_id, identity)
		SELECT site_id, sku, quantity, from_bucket, to_bucket, reason, $7::text, order_id, $9::text, $10::timestamptz,
			$12::text, identity FROM moved
	), change AS (
		SELECT site_id, sku, ${sums(allBuckets)} FROM (
			SELECT site_id, sku, from_bucket AS bucket, -quantity AS units FROM moved
			UNION ALL SELECT site_id, sku, to_bucket, quantity FROM moved
		) AS side GROUP BY site_id, sku
	), inside AS (
		INSERT INTO stock_position (site_id, sku, ${columns(siteBuckets)}${detailed ? ', bin, bins' : ''})
		SELECT site_id, sku, ${values(siteBuckets)}${detailed ? ', shelf.bin, shelf.bins' : ''}
		FROM change ${detailed ? 'JOIN shelf USING (site_id, sku)' : ''} ORDER BY site_id, sku
		ON CONFLICT (site_id, sku) DO UPDATE SET ${additions('stock_position', siteBuckets)}
			${detailed ? ', bin = excluded.bin, bins = excluded.bins' : ''}
		RETURNING *
	), outside AS (
		INSERT INTO outside_position (site_id, sku, ${columns(outsideBuckets)})
		SELECT site_id, sku, ${values(outsideBuckets)} FROM change
		WHERE coalesce(${columns(outsideBuckets)}) IS NOT NULL ORDER BY site_id, sku
		ON CONFLICT (site_id, sku) DO UPDATE SET ${additions('outside_position', outsideBuckets)}
	)
	SELECT * FROM inside`,
	);
const postPlain = postingStatement('post_movements', { guarded: true, detailed: false });
const postClaims = postingStatement('post_claims', { guarded: false, detailed: false });
const postDetailed = postingStatement('post_detailed_movements', { guarded: false, detailed: true });

/**
 * Posts movements: the only way in which stock changes. Each takes its units from one bucket and gives them to another, so
 * that the buckets of a SKU at a site always sum to zero, counting those outside. Of tracked products and of named bins the details
 * follow; a lot that was not named is chosen, and stands in the movement that is kept.
 */
export async function postMovements(
	transaction: Kysely<Tables>,
	movements: readonly Movement[],
	posting: Posting,
): Promise<Posted> {
	if (movements.length === 0) return { positions: [], belowZero: [], duplicateSerials: [], absentSerials: [] };
	// Only these few need to be looked at before they are posted.
	const namesBins = movements.some(({ fromBin, toBin }) => fromBin !== undefined || toBin !== undefined);
	// What is only claimed or set free stays where it is: there is nothing to name.
	const post = movements.every(isClaim) ? postClaims : postPlain;
	const rows = namesBins ? [] : await post(transaction, valuesOf(movements, posting));
	if (rows.length > 0) return postedOf(rows, movements, [], []);
	const { named, details, shelves, duplicateSerials, absentSerials } = await nameStock(transaction, movements, posting);
	const detailedRows = await postDetailed(transaction, [
		...valuesOf(named, posting),
		JSON.stringify(details),
		JSON.stringify(shelves),
	]);
	return postedOf(detailedRows, named, duplicateSerials, absentSerials);
}

/** Units that one order sets aside: they stay where they are. */
export interface OrderClaim {
	readonly orderId: string;
	readonly movements: readonly Movement[];
}

/** Posts what several orders set aside, all of it in one round trip. */
export async function postClaimsOfOrders(
	transaction: Kysely<Tables>,
	claims: readonly OrderClaim[],
	posting: Posting,
): Promise<readonly StockPosition[]> {
	const movements = claims.flatMap((claim) => claim.movements);
	if (!movements.every(isClaim)) throw new Error('What an order sets aside stays on its shelf.');
	if (movements.length === 0) return [];
	const orderIds = claims.flatMap((claim) => claim.movements.map(() => claim.orderId));
	const rows = await postClaims(transaction, valuesOf(movements, posting, orderIds));
	return rows.map(toStockPosition);
}

const isClaim = ({ from, to, serials }: Movement) =>
	from !== to && placeOf(from) === 'shelf' && placeOf(to) === 'shelf' && serials === undefined;

/** @param orderIds each movement's order; without it, that of the posting */
function valuesOf(
	movements: readonly Movement[],
	posting: Posting,
	orderIds: readonly (string | null)[] = movements.map(() => posting.orderId),
): readonly unknown[] {
	return [
		movements.map(({ siteId }) => siteId),
		movements.map(({ sku }) => sku),
		movements.map(({ quantity }) => quantity),
		movements.map(({ from }) => from),
		movements.map(({ to }) => to),
		movements.map(({ reason }) => reason),
		posting.operationId,
		orderIds,
		posting.actorName,
		posting.recordedAt,
		movements.map(identityOf),
		posting.deviceId ?? null,
	];
}

function postedOf(
	rows: readonly PositionRow[],
	movements: readonly Movement[],
	duplicateSerials: readonly DuplicateSerial[],
	absentSerials: readonly AbsentSerial[],
): Posted {
	const belowZero = rows.flatMap((row) =>
		siteBuckets
			.filter((bucket) => row[bucket] < 0 && netChange(movements, row, bucket) < 0)
			.map((bucket) => ({ siteId: row.site_id, sku: row.sku, bucket, units: row[bucket] })),
	);
	return { positions: rows.map(toStockPosition), belowZero, duplicateSerials, absentSerials };
}

/** Bins, lot and serials of a movement as JSON; null where nothing is said of them. */
function identityOf({ fromBin, toBin, lot, expiresOn, serials }: Movement): string | null {
	const identity = JSON.stringify({ fromBin, toBin, lot: lot === '' ? undefined : lot, expiresOn, serials });
	return identity === '{}' ? null : identity;
}

function netChange(movements: readonly Movement[], row: PositionRow, bucket: SiteBucket): number {
	return movements
		.filter(({ siteId, sku }) => siteId === row.site_id && sku === row.sku)
		.reduce(
			(sum, { from, to, quantity }) => sum + (to === bucket ? quantity : 0) - (from === bucket ? quantity : 0),
			0,
		);
}

/** The document of a row of `stock_position`. */
export function toStockPosition(row: PositionRow): StockPosition {
	const units = Object.fromEntries(siteBuckets.map((bucket) => [bucket, row[bucket]])) as StockPosition['units'];
	const position = {
		id: stockPositionId(row.site_id, row.sku),
		siteId: row.site_id,
		sku: row.sku,
		bin: row.bin,
		units,
		...(row.bins === null || row.bins.length === 0 ? {} : { bins: [...row.bins] }),
		...(row.counted_at === null ? {} : { countedAt: row.counted_at }),
	};
	return position;
}

/** One position that does not agree with its movements. */
export interface LedgerFault {
	readonly siteId: string;
	readonly sku: string;
	readonly fault: 'differs_from_movements' | 'does_not_sum_to_zero';
}

/** Compares every position with the sum of its movements. An empty answer means that the ledger balances. */
export async function checkLedger(db: Kysely<Tables>): Promise<readonly LedgerFault[]> {
	const { rows } = await sql
		.raw<{ site_id: string; sku: string; differs: boolean }>(`
		WITH derived AS (
			SELECT site_id, sku, ${sums(allBuckets)} FROM (
				SELECT site_id, sku, from_bucket AS bucket, -quantity AS units FROM movement
				UNION ALL SELECT site_id, sku, to_bucket, quantity FROM movement
			) AS side GROUP BY site_id, sku
		), compared AS (
			SELECT site_id, sku,
				${allBuckets.map((name) => `coalesce(derived.${name}, 0) <> coalesce(kept.${name}, 0)`).join(' OR ')} AS differs,
				${allBuckets.map((name) => `coalesce(kept.${name}, 0)`).join(' + ')} <> 0 AS unbalanced
			FROM derived FULL JOIN (
				SELECT * FROM stock_position FULL JOIN outside_position USING (site_id, sku)
			) AS kept USING (site_id, sku)
		)
		SELECT site_id, sku, differs FROM compared WHERE differs OR unbalanced ORDER BY site_id, sku`)
		.execute(db);
	return rows.map((row) => ({
		siteId: row.site_id,
		sku: row.sku,
		fault: row.differs ? 'differs_from_movements' : 'does_not_sum_to_zero',
	}));
}
