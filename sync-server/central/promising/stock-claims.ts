import type { Kysely } from 'kysely';
import { promisableUnits, type RuleEffect } from '../../../shared/domain/promising-rules.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import { prepared } from '../../database/prepared.ts';
import type { StockClaimTable, Tables } from '../../database/tables.ts';

/** Units of a SKU at a site. */
export interface SiteUnits {
	readonly siteId: string;
	readonly sku: string;
	readonly units: number;
}

type SiteSku = Pick<SiteUnits, 'siteId' | 'sku'>;

/** Who holds a claim: a reservation, or a device with a selling right. */
export interface ClaimHolder {
	readonly kind: StockClaimTable['kind'];
	readonly holderId: string;
}

/**
 * SQL for the units of what is available at `position` (site_id, sku) that may not be promised once more.
 * @param at SQL for the instant of the question: an expired claim claims nothing
 */
const claimedUnits = (at: string) => `coalesce((
	SELECT sum(claim.units) FROM stock_claim AS claim
	WHERE claim.sku = position.sku AND claim.site_id = position.site_id AND (claim.expires_at IS NULL OR claim.expires_at > ${at})
), 0)::bigint`;

const lockAll = prepared<never>(
	'lock_positions',
	`SELECT FROM unnest($1::text[], $2::text[]) AS asked (site_id, sku) JOIN stock_position AS position USING (site_id, sku)
	ORDER BY site_id, sku FOR UPDATE OF position`,
);
const readAll = prepared<{ site_id: string; sku: string; available: number; claimed: number }>(
	'read_held_units',
	`SELECT site_id, sku, position.available, ${claimedUnits('$3::timestamptz')} AS claimed
	FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS line (site_id, sku)) AS asked
	JOIN stock_position AS position USING (site_id, sku)`,
);
/** The statement that adds claims, from parameters as `claimValues` gives them; the first of them has this number. */
export const addingClaims = (first: number) =>
	`INSERT INTO stock_claim (site_id, sku, kind, holder_id, units, expires_at)
	SELECT site_id, sku, $${first + 5}, holder_id, sum(units), max(expires_at)
	FROM unnest($${first}::text[], $${first + 1}::text[], $${first + 2}::bigint[], $${first + 3}::text[], $${first + 4}::timestamptz[])
		AS line (site_id, sku, units, holder_id, expires_at)
	GROUP BY site_id, sku, holder_id
	ON CONFLICT (sku, site_id, kind, holder_id)
	DO UPDATE SET units = stock_claim.units + excluded.units, expires_at = excluded.expires_at`;
const addAll = prepared<never>('add_claims', addingClaims(1));
const takeAll = prepared<never>(
	'take_claims',
	`WITH asked AS (
		SELECT site_id, sku, sum(units) AS units FROM unnest($1::text[], $2::text[], $3::bigint[]) AS line (site_id, sku, units)
		GROUP BY site_id, sku
	), used_up AS (
		DELETE FROM stock_claim AS claim USING asked
		WHERE claim.site_id = asked.site_id AND claim.sku = asked.sku AND claim.kind = $4 AND claim.holder_id = $5
			AND claim.units <= asked.units
	)
	UPDATE stock_claim AS claim SET units = claim.units - asked.units FROM asked
	WHERE claim.site_id = asked.site_id AND claim.sku = asked.sku AND claim.kind = $4 AND claim.holder_id = $5
		AND claim.units > asked.units`,
);

const columnsOf = (lines: readonly SiteSku[]) => [lines.map(({ siteId }) => siteId), lines.map(({ sku }) => sku)];
const unitsOf = (lines: readonly SiteUnits[]) => [...columnsOf(lines), lines.map(({ units }) => units)];

/**
 * Locks positions in the order in which everybody locks them. What they hold must be read by a later statement: one that waits for a
 * lock still sees the claims as they were before it waited.
 */
export async function lockPositions(transaction: Kysely<Tables>, positions: readonly SiteSku[]): Promise<void> {
	if (positions.length > 0) await lockAll(transaction, columnsOf(positions));
}

/** Units that are available, and those of them that somebody has a claim on. */
export interface HeldUnits {
	readonly onHand: number;
	readonly claimed: number;
}

/** What positions hold now, by `stockPositionId`. */
export async function readHeldUnits(
	db: Kysely<Tables>,
	positions: readonly SiteSku[],
	at: string,
): Promise<Map<string, HeldUnits>> {
	const rows = await readAll(db, [...columnsOf(positions), at]);
	return new Map(
		rows.map(({ site_id, sku, available, claimed }) => [stockPositionId(site_id, sku), { onHand: available, claimed }]),
	);
}

/** Units that may be promised: under the rules, or all that nobody has a claim on where none apply. Never below zero. */
export function freeUnder(effect: RuleEffect | null, { onHand, claimed }: HeldUnits): number {
	return effect === null ? Math.max(0, onHand - claimed) : promisableUnits(effect, onHand, claimed);
}

/** What is available and not claimed, by `stockPositionId`; below zero where more is claimed than there is. */
export async function readFreeUnits(
	db: Kysely<Tables>,
	positions: readonly SiteSku[],
	at: string,
): Promise<ReadonlyMap<string, number>> {
	const held = await readHeldUnits(db, positions, at);
	return new Map([...held].map(([id, { onHand, claimed }]) => [id, onHand - claimed]));
}

/** Gives a holder a claim on units, or more units to the claim that it has. The positions must be locked, and looked at. */
export async function addClaims(
	transaction: Kysely<Tables>,
	{ kind, holderId, expiresAt }: ClaimHolder & { readonly expiresAt: string | null },
	lines: readonly SiteUnits[],
): Promise<void> {
	if (lines.length === 0) return;
	const claims = lines.map((line) => ({ ...line, holderId, expiresAt }));
	await addAll(transaction, claimValues(kind, claims));
}

/** Units that a holder of its own claims until a time. */
export type HeldBy = SiteUnits & { readonly holderId: string; readonly expiresAt: string | null };

/** What `addingClaims` needs. */
export function claimValues(kind: ClaimHolder['kind'], claims: readonly HeldBy[]): readonly unknown[] {
	const holders = claims.map(({ holderId }) => holderId);
	return [...unitsOf(claims), holders, claims.map(({ expiresAt }) => expiresAt), kind];
}

/** Takes units off a holder's claims, as far as they reach. The positions must be locked. */
export async function takeClaims(
	transaction: Kysely<Tables>,
	{ kind, holderId }: ClaimHolder,
	lines: readonly SiteUnits[],
): Promise<void> {
	if (lines.length > 0) await takeAll(transaction, [...unitsOf(lines), kind, holderId]);
}
