import { setImmediate as letOthers } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { RuledProduct } from '../../../../shared/domain/promising-rules.ts';
import type { Address } from '../../../../shared/schema/order.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { stockPositionId } from '../../../../shared/schema/stock-position.ts';
import type { Tables } from '../../../database/tables.ts';
import { readStockHealth } from '../../inventory/read-stock-health.ts';
import { readStockShelf } from '../../inventory/stock-shelf.ts';
import { readProducts, readRuleEffects } from '../../promising/rule-effects.ts';
import type { FindPlace } from '../place-of-address.ts';
import { contactMinutes, quietMinutes, readSilentSites } from '../silent-sites.ts';
import { listSites } from '../sites.ts';
import { readWorkload } from '../workload.ts';
import type { BatchQuestion, BatchStock, HeldUnits, MovableOrder } from './batch-question.ts';

/** Those with the earliest promise come first; the rest stays where it is until the next run. */
const mostOrders = 5000;
/** So many SKUs are looked at before others have their turn. */
const skusAtOnce = 25;

export interface BatchMoment {
	readonly routing: RoutingSet;
	readonly at: string;
	readonly findPlace: FindPlace | undefined;
}

/**
 * Reads what a batch looks at, all of it as it was at one moment: the orders that routing has brought to a site that has not started them, the stock
 * that may be given out, and the work that sites have in any case. What a person or a customer brought to a site stays there, what lies at a
 * site that was not heard of lately, and what is in doubt.
 */
export async function readBatch(db: Kysely<Tables>, { routing, at, findPlace }: BatchMoment): Promise<BatchQuestion> {
	const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
	return snapshot.execute(async (transaction) => {
		const sites = await listSites(transaction);
		const quiet = await readSilentSites(transaction, sites, at, quietMinutes);
		const shipping = sites.filter(({ capabilities }) => capabilities.includes('ship'));
		const silent = await readSilentSites(transaction, sites, at, contactMinutes);
		const heard = shipping.filter(({ id }) => !silent.has(id));
		const rows = await readMovable(transaction, heard);
		const products = await readProducts(
			transaction,
			rows.flatMap(({ held }) => held.map(({ sku }) => sku)),
		);
		// One object for each SKU: what goes to the thread holds each once.
		const ruled = new Map([...products].map(([sku, product]) => [sku, ruledProduct(product)]));
		const orders = rows.map(
			(row): MovableOrder => ({
				orderId: row.id,
				orderNumber: row.number,
				ruled: {
					channel: row.channel,
					currency: row.currency,
					valueMinor: row.value_minor,
					country: row.ship_to.country,
					products: row.held.flatMap(({ sku }) => ruled.get(sku) ?? []),
					on: at.slice(0, 10),
				},
				place: findPlace?.(row.ship_to),
				dueAt: row.due_at,
				barredSites: new Set([
					...quiet,
					...row.left_sites.filter((id) => row.held.every(({ siteId }) => siteId !== id)),
				]),
				held: row.held,
			}),
		);
		return {
			routing,
			at,
			sites: shipping,
			stock: await readStock(transaction, { orders, products, sites: shipping, at }),
			unitGrams: new Map([...products].map(([sku, { weightGrams }]) => [sku, weightGrams])),
			fixedWork: fixedWork(await readWorkload(transaction), orders),
			orders,
			expectedOrders: await ordersOfLastDay(transaction, at),
		};
	});
}

/** As many are to be expected until stock comes in again: mostly that is overnight. */
async function ordersOfLastDay(db: Kysely<Tables>, at: string): Promise<number> {
	const since = Temporal.Instant.from(at).subtract({ hours: 24 }).toString();
	const { rows } = await sql<{ orders: number }>`
		SELECT count(*) AS orders FROM customer_order
		WHERE placed_at > ${since}::timestamptz AND placed_at <= ${at}::timestamptz AND body ->> 'method' = 'ship'`.execute(
		db,
	);
	return Math.min(mostOrders, rows[0]?.orders ?? 0);
}

interface MovableRow {
	readonly id: string;
	readonly number: string;
	readonly channel: string;
	readonly currency: string;
	readonly value_minor: number;
	readonly ship_to: Address;
	readonly due_at: string;
	/** Sites that declined a part of it or had to give one away. */
	readonly left_sites: readonly string[];
	readonly held: readonly HeldUnits[];
}

async function readMovable(db: Kysely<Tables>, heard: readonly Site[]): Promise<readonly MovableRow[]> {
	const { rows } = await sql<MovableRow>`
		WITH movable AS (
			SELECT part.id, part.order_id, part.site_id, part.promised_at, part.body -> 'lines' AS lines FROM fulfillment_order AS part
			WHERE part.state = 'assigned' AND part.to_pick > 0 AND part.body ->> 'method' = 'ship' AND part.body ? 'routing'
				AND part.site_id = ANY (${heard.map(({ id }) => id)}::text[])
				AND NOT EXISTS (
					SELECT FROM jsonb_array_elements(part.body -> 'lines') AS line
					JOIN stock_doubt AS doubt ON doubt.site_id = part.site_id AND doubt.sku = line ->> 'sku')
		), asked AS (
			SELECT order_id, min(promised_at) AS due_at FROM movable GROUP BY order_id
			ORDER BY min(promised_at), order_id LIMIT ${mostOrders}
		)
		SELECT placed.id, placed.number, placed.channel, placed.body ->> 'currency' AS currency, placed.body -> 'shipTo' AS ship_to, asked.due_at,
			(SELECT coalesce(sum((line ->> 'ordered')::bigint * (line -> 'unitPrice' ->> 'minor')::bigint), 0)::bigint
				FROM jsonb_array_elements(placed.body -> 'lines') AS line) AS value_minor,
			ARRAY(SELECT DISTINCT part.site_id FROM fulfillment_order AS part
				WHERE part.order_id = placed.id AND part.state IN ('declined', 'moved')) AS left_sites,
			(SELECT jsonb_agg(jsonb_build_object('fulfillmentOrderId', movable.id, 'siteId', movable.site_id, 'sku', line ->> 'sku',
					'units', (line -> 'quantities' ->> 'toPick')::int) ORDER BY movable.id, line ->> 'lineId')
				FROM movable, jsonb_array_elements(movable.lines) AS line
				WHERE movable.order_id = placed.id AND (line -> 'quantities' ->> 'toPick')::int > 0) AS held
		FROM asked JOIN customer_order AS placed ON placed.id = asked.order_id
		ORDER BY asked.due_at, placed.id`.execute(db);
	return rows;
}

function ruledProduct({ id, department, brand, tracking, price }: RuledProduct): RuledProduct {
	return { id, department, brand, tracking, price };
}

function fixedWork(
	workload: ReadonlyMap<string, number>,
	orders: readonly MovableOrder[],
): ReadonlyMap<string, number> {
	const fixed = new Map(workload);
	for (const { siteId, units } of orders.flatMap(({ held }) => held))
		fixed.set(siteId, (fixed.get(siteId) ?? 0) - units);
	return fixed;
}

interface StockToRead {
	readonly orders: readonly MovableOrder[];
	readonly products: ReadonlyMap<string, RuledProduct>;
	readonly sites: readonly Site[];
	readonly at: string;
}

/**
 * What may be given out at each site with what the orders hold there, which they may keep in any case. Where channels may have different
 * units of a SKU, only what all of them may have.
 */
async function readStock(
	db: Kysely<Tables>,
	{ orders, products, sites, at }: StockToRead,
): Promise<readonly BatchStock[]> {
	const channels = new Map<string, Set<string>>();
	const held = new Map<string, number>();
	for (const { held: own, ruled } of orders) {
		for (const { siteId, sku, units } of own) {
			channels.set(sku, (channels.get(sku) ?? new Set()).add(ruled.channel));
			const id = stockPositionId(siteId, sku);
			held.set(id, units + (held.get(id) ?? 0));
		}
	}
	const skus = [...channels.keys()];
	const shelf = await readStockShelf(db, skus, { at, lock: false });
	const heldAt = (siteId: string, sku: string) => held.get(stockPositionId(siteId, sku)) ?? 0;
	const healthAt = await readStockHealth(db, shelf, skus, Date.parse(at), heldAt);
	const effectsOf = await readRuleEffects(db, { products, sites, at });
	const ships = new Set(sites.map(({ id }) => id));
	const stock: BatchStock[] = [];
	for (const [index, sku] of skus.entries()) {
		if (index % skusAtOnce === 0) await letOthers();
		for (const siteId of shelf.sitesOf(sku)) {
			if (!ships.has(siteId)) continue;
			const own = heldAt(siteId, sku);
			if (own > 0) shelf.put({ siteId, sku, units: own });
			const free = [...(channels.get(sku) ?? [])].map((channel) => shelf.free(siteId, sku, effectsOf(channel, 'ship')));
			const units = Math.max(own, Math.min(...free));
			if (units > 0) stock.push({ siteId, sku, units, health: healthAt(siteId, sku) });
		}
	}
	return stock;
}
