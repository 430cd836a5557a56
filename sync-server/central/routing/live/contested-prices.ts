import type { Kysely } from 'kysely';
import { prepared } from '../../../database/prepared.ts';
import type { Tables } from '../../../database/tables.ts';

/** What a unit is worth to other orders, in minor units: of a SKU at a site, and of what a site can do. 0 where nobody contests it. */
export interface ContestedPrices {
	stockAt(siteId: string, sku: string): number;
	capacityOf(siteId: string): number;
}

export const nothingContested: ContestedPrices = { stockAt: () => 0, capacityOf: () => 0 };

/** Three runs: older prices tell of another day. */
const freshMinutes = 15;
const capacity = '';

const lastPrices = prepared<{ sku: string; site_id: string; minor: number }>(
	'last_routing_prices',
	`SELECT price.sku, price.site_id, price.minor FROM routing_price AS price
	WHERE price.sku = ANY ($1::text[]) AND EXISTS (
		SELECT FROM (SELECT planned_at, findings FROM routing_run WHERE planned_at IS NOT NULL ORDER BY started_at DESC LIMIT 1) AS run
		WHERE run.planned_at BETWEEN $2::timestamptz AND $3::timestamptz AND (run.findings ->> 'rulesVersion')::int = $4)`,
);

/** The prices that the last batch kept, while they are fresh and the rules the same. */
export async function readContestedPrices(
	db: Kysely<Tables>,
	skus: readonly string[],
	{ at, rulesVersion }: { readonly at: string; readonly rulesVersion: number },
): Promise<ContestedPrices> {
	const earliest = Temporal.Instant.from(at).subtract({ minutes: freshMinutes }).toString();
	const rows = await lastPrices(db, [[...skus, capacity], earliest, at, rulesVersion]);
	if (rows.length === 0) return nothingContested;
	const prices = new Map(rows.map(({ sku, site_id, minor }) => [`${site_id}\n${sku}`, minor]));
	const priceAt = (siteId: string, sku: string) => prices.get(`${siteId}\n${sku}`) ?? 0;
	return { stockAt: priceAt, capacityOf: (siteId) => priceAt(siteId, capacity) };
}
