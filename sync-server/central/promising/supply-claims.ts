import type { Kysely } from 'kysely';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import type { SiteUnits } from './stock-claims.ts';

/** Units of goods to come that a reservation holds, for the day on which they were promised. */
export type SupplyClaim = SiteUnits & {
	readonly holderId: string;
	readonly dueOn: string;
	readonly expiresAt: string;
};

const addAll = prepared<never>(
	'add_supply_claims',
	`INSERT INTO supply_claim (site_id, sku, holder_id, due_on, units, expires_at)
	SELECT site_id, sku, holder_id, due_on, sum(units), max(expires_at)
	FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::timestamptz[])
		AS line (site_id, sku, holder_id, due_on, units, expires_at)
	GROUP BY site_id, sku, holder_id, due_on`,
);
const makePositions = prepared<never>(
	'make_positions',
	`INSERT INTO stock_position (site_id, sku) SELECT DISTINCT site_id, sku FROM unnest($1::text[], $2::text[]) AS asked (site_id, sku)
	ORDER BY site_id, sku ON CONFLICT DO NOTHING`,
);
const dropAll = prepared<never>('drop_supply_claims', 'DELETE FROM supply_claim WHERE holder_id = ANY ($1::text[])');

/** What is to come can be promised where a SKU never was: its position is what everybody locks. */
export async function ensurePositions(
	transaction: Kysely<Tables>,
	positions: readonly Pick<SiteUnits, 'siteId' | 'sku'>[],
): Promise<void> {
	if (positions.length === 0) return;
	await makePositions(transaction, [positions.map(({ siteId }) => siteId), positions.map(({ sku }) => sku)]);
}

/** Sets units aside of what is to come. The positions must be locked, and looked at. */
export async function addSupplyClaims(transaction: Kysely<Tables>, claims: readonly SupplyClaim[]): Promise<void> {
	if (claims.length === 0) return;
	await addAll(transaction, [
		claims.map(({ siteId }) => siteId),
		claims.map(({ sku }) => sku),
		claims.map(({ holderId }) => holderId),
		claims.map(({ dueOn }) => dueOn),
		claims.map(({ units }) => units),
		claims.map(({ expiresAt }) => expiresAt),
	]);
}

/** Frees what reservations hold of what is to come: they have ended. */
export async function dropSupplyClaims(transaction: Kysely<Tables>, holderIds: readonly string[]): Promise<void> {
	if (holderIds.length > 0) await dropAll(transaction, [holderIds]);
}

const shrink = prepared<never>(
	'shrink_supply_claims',
	`WITH kept AS (
		SELECT claim.*, line.units - coalesce(there.units, 0) - (sum(claim.units) OVER (PARTITION BY claim.sku ORDER BY claim.due_on) - claim.units) AS room
		FROM supply_claim AS claim JOIN unnest($2::text[], $3::bigint[]) AS line (sku, units) USING (sku)
		LEFT JOIN stock_claim AS there ON there.sku = claim.sku AND there.site_id = claim.site_id AND there.kind = 'reservation'
			AND there.holder_id = claim.holder_id
		WHERE claim.holder_id = $1
	), less AS (
		UPDATE supply_claim AS claim SET units = kept.room FROM kept
		WHERE claim.holder_id = $1 AND claim.sku = kept.sku AND claim.due_on = kept.due_on AND kept.room > 0 AND kept.room < claim.units
	)
	DELETE FROM supply_claim AS claim USING kept
	WHERE claim.holder_id = $1 AND claim.sku = kept.sku AND claim.due_on = kept.due_on AND kept.room <= 0`,
);

/** Leaves a holder no more of what is to come than it still has to get. @param held units of each SKU that it holds, there or to come */
export async function shrinkSupplyClaims(
	transaction: Kysely<Tables>,
	holderId: string,
	held: ReadonlyMap<string, number>,
): Promise<void> {
	await shrink(transaction, [holderId, [...held.keys()], [...held.values()]]);
}

export interface ClaimedArrival extends SiteUnits {
	readonly holderId: string;
}

/**
 * What has come is given to those who wait for it: the earliest day first, then who reserved first; never more than has come, nor than is
 * available and not claimed. Both claims change in one statement; the positions are locked by the posting before.
 */
const claimAll = prepared<{ site_id: string; sku: string; holder_id: string; units: number }>(
	'claim_arrivals',
	`WITH come AS (
		SELECT line.site_id, line.sku, least(sum(line.units), greatest(0, max(position.available) - coalesce(max(claimed.units), 0))) AS units
		FROM unnest($1::text[], $2::text[], $3::bigint[]) AS line (site_id, sku, units)
		JOIN stock_position AS position USING (site_id, sku)
		LEFT JOIN LATERAL (
			SELECT sum(claim.units) AS units FROM stock_claim AS claim WHERE claim.site_id = line.site_id AND claim.sku = line.sku
				AND (claim.expires_at IS NULL OR claim.expires_at > $4::timestamptz)
		) AS claimed ON true
		GROUP BY line.site_id, line.sku
	), waiting AS (
		SELECT claim.*, come.units AS come, sum(claim.units) OVER (
			PARTITION BY claim.site_id, claim.sku ORDER BY claim.due_on, claim.holder_id
		) - claim.units AS before
		FROM supply_claim AS claim JOIN come USING (site_id, sku) WHERE claim.expires_at > $4::timestamptz
	), given AS (
		SELECT site_id, sku, holder_id, due_on, expires_at, units AS wanted, least(units, greatest(0, come - before)) AS units FROM waiting
		WHERE come > before
	), shrunk AS (
		UPDATE supply_claim AS claim SET units = claim.units - given.units FROM given
		WHERE (claim.site_id, claim.sku, claim.holder_id, claim.due_on) = (given.site_id, given.sku, given.holder_id, given.due_on)
			AND given.units < given.wanted
	), done AS (
		DELETE FROM supply_claim AS claim USING given
		WHERE (claim.site_id, claim.sku, claim.holder_id, claim.due_on) = (given.site_id, given.sku, given.holder_id, given.due_on)
			AND given.units = given.wanted
	), held AS (
		INSERT INTO stock_claim (site_id, sku, kind, holder_id, units, expires_at)
		SELECT site_id, sku, 'reservation', holder_id, sum(units), max(expires_at) FROM given GROUP BY site_id, sku, holder_id
		ON CONFLICT (sku, site_id, kind, holder_id) DO UPDATE SET units = stock_claim.units + excluded.units
	)
	SELECT site_id, sku, holder_id, sum(units)::bigint AS units FROM given GROUP BY site_id, sku, holder_id`,
);

/** Gives goods that have just come to the reservations that wait for them. @returns what each of them has got */
export async function claimArrivals(
	transaction: Kysely<Tables>,
	come: readonly SiteUnits[],
	at: string,
): Promise<readonly ClaimedArrival[]> {
	if (come.length === 0) return [];
	const columns = [come.map(({ siteId }) => siteId), come.map(({ sku }) => sku), come.map(({ units }) => units)];
	const rows = await claimAll(transaction, [...columns, at]);
	return rows.map(({ site_id, sku, holder_id, units }) => ({ siteId: site_id, sku, holderId: holder_id, units }));
}
