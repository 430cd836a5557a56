import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';

/** Units of a SKU that somebody wanted at a site itself. */
export interface Wanted {
	readonly siteId: string;
	readonly sku: string;
	/** The instant at which they were wanted. */
	readonly at: string;
	readonly units: number;
	/** The device at which they were; absent where it was none. */
	readonly deviceId?: string | undefined;
}

/** Notes what was wanted at sites themselves: by UTC day, for the forecast of their own demand. */
export async function noteDemand(transaction: Kysely<Tables>, wanted: readonly Wanted[]): Promise<void> {
	if (wanted.length === 0) return;
	const days = wanted.map(({ at }) => Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDate().toString());
	await sql`
		INSERT INTO own_demand (site_id, sku, day, device_id, units)
		SELECT site_id, sku, day, device_id, sum(units) FROM unnest(${wanted.map(({ siteId }) => siteId)}::text[],
			${wanted.map(({ sku }) => sku)}::text[], ${days}::date[],
			${wanted.map(({ deviceId = '' }) => deviceId)}::text[], ${wanted.map(({ units }) => units)}::bigint[]
		) AS wanted (site_id, sku, day, device_id, units)
		GROUP BY site_id, sku, day, device_id ORDER BY site_id, sku, day, device_id
		ON CONFLICT (site_id, sku, day, device_id) DO UPDATE SET units = own_demand.units + excluded.units`.execute(
		transaction,
	);
}
