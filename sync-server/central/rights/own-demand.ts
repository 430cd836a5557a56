import { type Kysely, sql } from 'kysely';
import type { UnitsBySku } from '../../../shared/domain/selling-rights.ts';
import type { Tables } from '../../database/tables.ts';

/** Notes that somebody wanted goods at a site itself: by UTC day, for the forecast of its own demand. */
export async function noteDemand(
	transaction: Kysely<Tables>,
	siteId: string,
	at: string,
	wanted: UnitsBySku,
): Promise<void> {
	const day = Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDate().toString();
	await sql`
		INSERT INTO own_demand (site_id, sku, day, units)
		SELECT ${siteId}, sku, ${day}::date, units
		FROM unnest(${[...wanted.keys()]}::text[], ${[...wanted.values()]}::bigint[]) AS wanted (sku, units) ORDER BY sku
		ON CONFLICT (site_id, sku, day) DO UPDATE SET units = own_demand.units + excluded.units`.execute(transaction);
}
