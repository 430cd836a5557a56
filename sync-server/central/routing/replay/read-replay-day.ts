import { type Kysely, sql } from 'kysely';
import type { Order } from '../../../../shared/schema/order.ts';
import type { Tables } from '../../../database/tables.ts';
import { readStockHealth } from '../../inventory/read-stock-health.ts';
import { readStockShelf } from '../../inventory/stock-shelf.ts';
import { readProducts } from '../../promising/rule-effects.ts';
import { promisingSubject } from '../../rules/promising-subject.ts';
import { readVersions } from '../../rules/rule-versions.ts';
import type { FindPlace } from '../place-of-address.ts';
import { listSites } from '../sites.ts';
import type { ReplayDay, ReplayOrder, ReplayPosition, StockChange } from './replay-day.ts';

export interface ReplayableDays {
	readonly firstDay?: string;
	readonly lastDay?: string;
	/** The last one that is over. */
	readonly lastWholeDay?: string;
}

/** The days, in UTC, on which the first and the last order to be shipped were placed. */
export async function readReplayableDays(db: Kysely<Tables>, now: Temporal.Instant): Promise<ReplayableDays> {
	const today = `${now.toZonedDateTimeISO('UTC').toPlainDate()}T00:00:00Z`;
	const at = (direction: 'ASC' | 'DESC', before: string | null = null) => sql`(
		SELECT to_char(placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM customer_order
		WHERE body ->> 'method' = 'ship' AND (${before}::timestamptz IS NULL OR placed_at < ${before}::timestamptz)
		ORDER BY placed_at ${sql.raw(direction)} LIMIT 1)`;
	const { rows } = await sql<{ first: string | null; last: string | null; whole: string | null }>`
		SELECT ${at('ASC')} AS first, ${at('DESC')} AS last, ${at('DESC', today)} AS whole`.execute(db);
	const [{ first, last, whole } = { first: null, last: null, whole: null }] = rows;
	return {
		...(first !== null && { firstDay: first }),
		...(last !== null && { lastDay: last }),
		...(whole !== null && { lastWholeDay: whole }),
	};
}

export interface DayToRead {
	/** As 2026-11-22, in UTC. */
	readonly day: string;
	readonly now: Temporal.Instant;
	readonly findPlace: FindPlace;
	readonly mostOrders: number;
}

/**
 * Reads the orders that were placed on a day to be shipped, and what there was to ship them from when it began.
 * @returns undefined where there are more orders than `mostOrders`
 */
export async function readReplayDay(db: Kysely<Tables>, asked: DayToRead): Promise<ReplayDay | undefined> {
	// All of it as at one moment.
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.execute((transaction) => readDay(transaction, asked));
}

/** Half-open, as PostgreSQL compares instants. */
interface Bounds {
	readonly from: string;
	readonly until: string;
}

async function readDay(
	db: Kysely<Tables>,
	{ day, now, findPlace, mostOrders }: DayToRead,
): Promise<ReplayDay | undefined> {
	const date = Temporal.PlainDate.from(day);
	const bounds = { from: `${date}T00:00:00Z`, until: `${date.add({ days: 1 })}T00:00:00Z` };
	const orders = await readOrders(db, bounds, findPlace, mostOrders);
	if (orders.length > mostOrders) return undefined;
	const skus = [...new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
	const { published } = await readVersions(promisingSubject, db);
	return {
		day,
		orders,
		sites: await listSites(db),
		products: [...(await readProducts(db, skus)).values()],
		stock: await readStock(db, bounds, skus, now),
		changes: await readChanges(db, bounds, skus),
		backlog: await readBacklog(db, bounds),
		promising: { rules: published.rules, groups: published.groups },
	};
}

type OrderRow = { readonly body: Omit<Order, 'timeline' | 'returns' | 'customer' | 'fulfillments'> };

async function readOrders(
	db: Kysely<Tables>,
	{ from, until }: Bounds,
	findPlace: FindPlace,
	most: number,
): Promise<readonly ReplayOrder[]> {
	const { rows } = await sql<OrderRow>`
		SELECT body - '{timeline,returns,customer,fulfillments}'::text[] AS body FROM customer_order
		WHERE placed_at >= ${from}::timestamptz AND placed_at < ${until}::timestamptz AND body ->> 'method' = 'ship'
		ORDER BY placed_at, id LIMIT ${most + 1}`.execute(db);
	return rows.map(({ body: { number, channel, currency, shipTo, lines, promisedAt, placedAt } }) => ({
		number,
		channel,
		country: shipTo.country,
		currency,
		valueMinor: lines.reduce((sum, { unitPrice, ordered }) => sum + unitPrice.minor * ordered, 0),
		place: findPlace(shipTo),
		lines: lines.map(({ sku, ordered }) => ({ sku, quantity: ordered })),
		dueAt: promisedAt,
		placedAt,
	}));
}

/**
 * What the ledger moved since a day began. What was set aside for an order that came later than it was placed (from a file, or the demo's) counts from
 * when it was placed.
 */
const movedSince = (from: string) => sql`
	SELECT movement.site_id, movement.sku, movement.quantity, movement.from_bucket, movement.to_bucket,
		CASE WHEN movement.reason = 'order_assigned' AND placed.placed_at < movement.recorded_at THEN placed.placed_at
			ELSE movement.recorded_at END AS at,
		placed.placed_at, placed.body ->> 'method' AS method
	FROM movement LEFT JOIN customer_order AS placed ON placed.id = movement.order_id
	WHERE movement.recorded_at >= ${from}::timestamptz AND movement.from_bucket <> movement.to_bucket`;

const into = (bucket: 'available' | 'allocated') => sql`
	(CASE WHEN to_bucket = ${bucket} THEN quantity ELSE 0 END - CASE WHEN from_bucket = ${bucket} THEN quantity ELSE 0 END)`;

async function readStock(
	db: Kysely<Tables>,
	{ from }: Bounds,
	skus: readonly string[],
	now: Temporal.Instant,
): Promise<readonly ReplayPosition[]> {
	const { rows } = await sql<{ site_id: string; sku: string; units: number; daily: number }>`
		WITH moved AS (${movedSince(from)} AND movement.sku = ANY (${skus}::text[])), since AS (
			SELECT site_id, sku, sum(${into('available')}) AS units FROM moved WHERE at >= ${from}::timestamptz GROUP BY site_id, sku
		)
		SELECT position.site_id, position.sku, coalesce(demand.units_per_day, 0)::float8 AS daily,
			CASE WHEN doubt.since < ${from}::timestamptz THEN 0 ELSE position.available - coalesce(since.units, 0) END::bigint AS units
		FROM stock_position AS position
		LEFT JOIN since USING (site_id, sku)
		LEFT JOIN stock_demand AS demand USING (site_id, sku)
		LEFT JOIN stock_doubt AS doubt USING (site_id, sku)
		WHERE position.sku = ANY (${skus}::text[])`.execute(db);
	const shelf = await readStockShelf(db, skus, { at: now.toString(), lock: false });
	const health = await readStockHealth(db, shelf, skus, now.epochMilliseconds);
	return rows.map(({ site_id: siteId, sku, units, daily }) => ({
		siteId,
		sku,
		units,
		unitsPerDay: daily,
		confidence: health(siteId, sku).confidence,
	}));
}

/** What came and went on the day but for the orders that are replayed. */
async function readChanges(
	db: Kysely<Tables>,
	{ from, until }: Bounds,
	skus: readonly string[],
): Promise<readonly StockChange[]> {
	const { rows } = await sql<{ at: string; site_id: string; sku: string; units: number }>`
		WITH moved AS (${movedSince(from)} AND movement.sku = ANY (${skus}::text[]))
		SELECT at, site_id, sku, sum(${into('available')})::bigint AS units FROM moved
		WHERE at >= ${from}::timestamptz AND at < ${until}::timestamptz AND NOT coalesce(
			method = 'ship' AND placed_at >= ${from}::timestamptz AND placed_at < ${until}::timestamptz, false)
		GROUP BY at, site_id, sku HAVING sum(${into('available')}) <> 0 ORDER BY at, site_id, sku`.execute(db);
	return rows.map(({ at, site_id: siteId, sku, units }) => ({ at, siteId, sku, units }));
}

/** What is set aside and not picked is what a site has to pick. */
async function readBacklog(db: Kysely<Tables>, { from }: Bounds): Promise<ReplayDay['backlog']> {
	const { rows } = await sql<{ site_id: string; units: number }>`
		WITH moved AS (${movedSince(from)} AND 'allocated' IN (movement.from_bucket, movement.to_bucket)), since AS (
			SELECT site_id, sum(${into('allocated')}) AS units FROM moved WHERE at >= ${from}::timestamptz GROUP BY site_id
		), held AS (SELECT site_id, sum(allocated) AS units FROM stock_position GROUP BY site_id)
		SELECT held.site_id, (held.units - coalesce(since.units, 0))::bigint AS units FROM held LEFT JOIN since USING (site_id)
		WHERE held.units - coalesce(since.units, 0) > 0`.execute(db);
	return rows.map(({ site_id: siteId, units }) => ({ siteId, units }));
}
