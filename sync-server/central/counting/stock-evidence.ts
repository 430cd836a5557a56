import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { confidenceRates } from '../../../shared/domain/stock-confidence.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';

/** Goods were looked for and not found: the record is doubtful from now on. */
export async function noteShort(
	transaction: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
	at: string,
): Promise<void> {
	await sql`
		INSERT INTO stock_evidence (sku, site_id, short_at, shorts)
		SELECT sku, ${siteId}, ${at}::timestamptz, 1 FROM unnest(${sortedOnce(skus)}::text[]) AS sku
		ON CONFLICT (sku, site_id) DO UPDATE
			SET shorts = stock_evidence.shorts + 1, picks_right = 0, short_at = excluded.short_at`.execute(transaction);
}

/** Somebody has counted: what was before tells nothing any more. */
export async function noteCounted(
	transaction: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
	at: string,
): Promise<void> {
	await sql`
		INSERT INTO stock_evidence (sku, site_id, counted_at)
		SELECT sku, ${siteId}, ${at}::timestamptz FROM unnest(${sortedOnce(skus)}::text[]) AS sku
		ON CONFLICT (sku, site_id) DO UPDATE SET counted_at = excluded.counted_at, short_at = NULL, shorts = 0,
			picks_right = 0, units_out = 0, units_in = 0, units_returned = 0`.execute(transaction);
}

const sortedOnce = (skus: readonly string[]) => [...new Set(skus)].sort();

const shelf = sql.raw(`('available', 'allocated')`);
/** One server at a time. */
const gatherLock = 7_420_091;
const marker = 'stock_evidence_gathered';

/**
 * Adds what moved to the evidence, in one statement over the movements since the last time: picking and selling pay nothing for it.
 * A movement has its number before it can be seen, so each turn goes only as far as the turn before had seen; turns are to be a minute apart.
 * @returns how many movements were looked at
 */
export function gatherEvidence(db: Kysely<Tables>): Promise<number> {
	return inTransaction(db, async (transaction) => {
		const lock = sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(${gatherLock}) AS mine`;
		if ((await lock.execute(transaction)).rows[0]?.mine !== true) return 0;
		const { done, next } = await readMarker(transaction);
		const { rows } = await sql<{ top: number; looked: number }>`
			SELECT (SELECT coalesce(max(id), 0) FROM movement)::bigint AS top,
				(SELECT count(*) FROM movement WHERE id > ${done} AND id <= ${next})::int AS looked`.execute(transaction);
		if (next > done) await addMovements(transaction, done, next);
		const value = JSON.stringify({ done: next, next: rows[0]?.top ?? next });
		await sql`INSERT INTO setting (key, value) VALUES (${marker}, ${value}::jsonb)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(transaction);
		return rows[0]?.looked ?? 0;
	});
}

async function readMarker(transaction: Transaction<Tables>): Promise<{ readonly done: number; readonly next: number }> {
	const { rows } = await sql<{ done: number; next: number }>`
		SELECT (value ->> 'done')::bigint AS done, (value ->> 'next')::bigint AS next
		FROM setting WHERE key = ${marker}`.execute(transaction);
	return rows[0] ?? { done: 0, next: 0 };
}

async function addMovements(transaction: Transaction<Tables>, done: number, next: number): Promise<void> {
	await sql`
		INSERT INTO stock_evidence (sku, site_id, picks_right, units_out, units_in, units_returned)
		SELECT sku, site_id,
			count(*) FILTER (WHERE reason IN ('units_picked', 'transfer_picked')
				AND (evidence.short_at IS NULL OR recorded_at > evidence.short_at)),
			coalesce(sum(quantity) FILTER (WHERE from_bucket IN ${shelf}), 0),
			coalesce(sum(quantity) FILTER (WHERE to_bucket = 'available' AND from_bucket <> 'customer'), 0),
			coalesce(sum(quantity) FILTER (WHERE to_bucket = 'available' AND from_bucket = 'customer'), 0)
		FROM movement LEFT JOIN stock_evidence AS evidence USING (sku, site_id)
		WHERE id > ${done} AND id <= ${next} AND (from_bucket IN ${shelf}) <> (to_bucket IN ${shelf})
			AND 'lost' NOT IN (from_bucket, to_bucket) AND reason <> 'opening_stock'
			AND (evidence.counted_at IS NULL OR recorded_at > evidence.counted_at)
		GROUP BY sku, site_id ORDER BY sku, site_id
		ON CONFLICT (sku, site_id) DO UPDATE SET
			picks_right = stock_evidence.picks_right + excluded.picks_right,
			units_out = stock_evidence.units_out + excluded.units_out,
			units_in = stock_evidence.units_in + excluded.units_in,
			units_returned = stock_evidence.units_returned + excluded.units_returned`.execute(transaction);
}

/**
 * `confidenceOf` as SQL, for sets: of rows with a `position` (stock_position) and `evidence` beside it (stock_evidence, or null).
 * A test holds the two together.
 */
export function confidenceInSql(clock: Clock): RawBuilder<number> {
	const rates = confidenceRates;
	const of = (column: string) => sql.raw(`coalesce(evidence.${column}, 0)::float8`);
	// LEAST and GREATEST pass over a null: without a count the days must be there first.
	const age = sql`least(${rates.daysIfNeverCounted}::float8, greatest(0, coalesce(extract(epoch FROM
		${clock.now().toString()}::timestamptz - evidence.counted_at)::float8 / 86400, ${rates.daysIfNeverCounted}::float8)))`;
	const recorded = sql`(position.available + position.allocated)`;
	const errors = sql`(${rates.perDay}::float8 * ${age}
		+ ${rates.perUnitOut}::float8 * ${of('units_out')} + ${rates.perUnitIn}::float8 * ${of('units_in')}
		+ ${rates.perUnitReturned}::float8 * ${of('units_returned')}) * (1 + 1 / greatest(1, ${recorded})::float8)`;
	const prior = sql`(${1 - rates.miscount}::float8 * exp(-least(${errors}, 20)))`;
	const perShort = Math.log(rates.shortIfRight) - Math.log(rates.shortIfWrong);
	const perFind = Math.log(1 - rates.shortIfRight) - Math.log(1 - rates.shortIfWrong);
	const odds = sql`(ln(${prior}) - ln(1 - ${prior}) + ${perShort}::float8 * ${of('shorts')}
		+ ${perFind}::float8 * least(${of('picks_right')}, 100))`;
	return sql<number>`(1 - 1 / (1 + exp(greatest(-25, least(25, ${odds})))))`;
}
