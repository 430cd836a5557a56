import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction, isDatabaseAway } from '../../database/transaction.ts';

interface Parts {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
}

const historyDays = 28;
const asOfKey = 'daily_demand_as_of';

/**
 * Reckons anew what customers want a day of each SKU at each site: units that orders and sales took off the shelf in the last 28 days.
 * Once a day, whichever of several servers comes first.
 * @returns whether it was time
 */
export async function reckonDailyDemand({ db, clock }: Parts): Promise<boolean> {
	const now = clock.now();
	return inTransaction(db, async (transaction) => {
		const { rows } = await sql<{ value: string }>`
			INSERT INTO setting (key, value) VALUES (${asOfKey}, to_jsonb(''::text))
			ON CONFLICT (key) DO UPDATE SET value = setting.value RETURNING value`.execute(transaction);
		const [before] = rows;
		if (before?.value && isYounger(before.value, now)) return false;
		const since = now.subtract({ hours: historyDays * 24 }).toString();
		await sql`DELETE FROM stock_demand`.execute(transaction);
		await sql`
			INSERT INTO stock_demand (site_id, sku, units_per_day)
			SELECT site_id, sku, round(sum(quantity) / ${historyDays}::numeric, 3) FROM movement
			WHERE recorded_at > ${since}::timestamptz AND from_bucket = 'available' AND to_bucket IN ('allocated', 'customer')
			GROUP BY site_id, sku`.execute(transaction);
		await sql`UPDATE setting SET value = to_jsonb(${now.toString()}::text) WHERE key = ${asOfKey}`.execute(transaction);
		return true;
	});
}

function isYounger(asOf: string, now: Temporal.Instant): boolean {
	const age = now.since(Temporal.Instant.from(asOf)).total('hours');
	// A clock that was set back must not stop it for good.
	return age >= 0 && age < 24;
}

const lookMs = 30 * 60_000;

/** Looks now and every half hour whether the demand is to be reckoned. @returns stops it, and waits */
export function watchDailyDemand(parts: Parts, log: (line: string) => void): () => Promise<void> {
	let running: Promise<unknown> = Promise.resolve();
	const look = () => {
		running = running
			.then(() => reckonDailyDemand(parts))
			.catch((error: unknown) => {
				if (!isDatabaseAway(error)) log(`The daily demand could not be reckoned: ${String(error)}`);
			});
	};
	look();
	const timer = setInterval(look, lookMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
