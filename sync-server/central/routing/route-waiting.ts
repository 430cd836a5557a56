import { type Kysely, sql } from 'kysely';
import type { LineUnits } from '../../../shared/domain/decision.ts';
import { assignWaiting, type OrderParts, type PartTemplate, waitingUnits } from '../../../shared/domain/order-parts.ts';
import { goodsOf } from '../../../shared/domain/plan-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import type { RoutingDecision } from '../../../shared/schema/routing-decision.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { settleExceptions } from '../exceptions/keep-exceptions.ts';
import { lockOrder } from '../orders/keep-order-parts.ts';
import { newPassCode } from '../orders/pass-code.ts';
import { lockMissingStock } from '../orders/tell-of-missing-stock.ts';
import { keepRerouted } from './keep-rerouted.ts';
import type { SiteShare } from './live/route-shipment.ts';
import { keepDecisions } from './live/routing-decisions.ts';
import type { FindPlace } from './place-of-address.ts';
import { nextPartAt, openRerouting, type Rerouting, unitsAllocated } from './rerouting.ts';
import { shipmentOfOrder } from './shipment-of-order.ts';

export interface WaitingContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace?: FindPlace | undefined;
}

const mostOrders = 1000;

/**
 * Gives units that no site had to sites that have them now, those with the earliest promise first: of these SKUs, or of all. One transaction
 * for each order; doing it again changes nothing.
 * @returns how many orders got units
 */
export async function routeWaiting(context: WaitingContext, skus?: readonly string[]): Promise<number> {
	let served = 0;
	for (const orderId of await ordersWaiting(context.db, skus)) {
		if (await routeOne(context, orderId)) served += 1;
	}
	return served;
}

/** Only of SKUs that some site has at all: most of what waits waits long. */
async function ordersWaiting(db: Kysely<Tables>, skus: readonly string[] | undefined): Promise<readonly string[]> {
	const asked = skus === undefined ? null : [...skus];
	const { rows } = await sql<{ id: string }>`
		SELECT id FROM customer_order WHERE waiting_units > 0 AND EXISTS (
			SELECT FROM jsonb_array_elements(body -> 'lines') AS line
			WHERE (line ->> 'unassigned')::int > 0 AND (${asked}::text[] IS NULL OR line ->> 'sku' = ANY (${asked}::text[]))
				AND EXISTS (SELECT FROM stock_position WHERE sku = line ->> 'sku' AND available > 0)
		) ORDER BY body ->> 'promisedAt', id LIMIT ${mostOrders}`.execute(db);
	return rows.map(({ id }) => id);
}

async function routeOne({ db, clock, findPlace }: WaitingContext, orderId: string): Promise<boolean> {
	return inTransaction(db, async (transaction) => {
		const before = await lockOrder(transaction, orderId);
		const units = before ? waitingUnits(before.order) : [];
		if (before === undefined || units.length === 0) return false;
		const told = await lockMissingStock(transaction, before.order);
		const at = clock.now().toString();
		const rerouting = await openRerouting(transaction, before, units, { findPlace, at });
		const { shares, decision } =
			before.order.method === 'ship'
				? shipWaiting(before, units, rerouting, at)
				: { shares: collectWaiting(before.order, units, rerouting), decision: undefined };
		const given = shares.map(({ site, allocated }) => ({ site, units: unitsAllocated(units, allocated) }));
		if (given.every((share) => share.units.length === 0)) return false;
		if (decision) await keepDecisions(transaction, [decision]);
		const author = { actorName: 'central', at };
		const template = templateOf(before, rerouting);
		const after = given.reduce<OrderParts>(
			(current, { site, units: taken }) =>
				assignWaiting(current, template, taken, nextPartAt(current, site, rerouting, decision), author),
			before,
		);
		const documents = new DocumentWriter();
		if (waitingUnits(after.order).length === 0) await settleExceptions(transaction, told, documents);
		await keepRerouted(transaction, before, after, at, documents);
		return true;
	});
}

function shipWaiting(
	all: OrderParts,
	units: readonly LineUnits[],
	{ router, shelf, effectAt }: Rerouting,
	at: string,
): { readonly shares: readonly SiteShare[]; readonly decision: RoutingDecision } {
	return router.route({
		...shipmentOfOrder(all, units, all.order.promisedAt),
		decidedAt: at,
		cause: 'stock_came',
		freeUnits: (siteId, sku) => shelf.free(siteId, sku, effectAt),
	});
}

/** What is collected comes from where its customer was told to come. */
function collectWaiting(order: Order, units: readonly LineUnits[], { sites, shelf, effectAt }: Rerouting): SiteShare[] {
	const asked = order.timeline.find(({ what }) => what === 'not_enough_stock' || what === 'assigned')?.siteId;
	const site = sites.find(({ id }) => id === asked);
	if (site === undefined) return [];
	const left = new Map<string, number>();
	const allocated = units.map(({ sku, quantity }) => {
		const free = left.get(sku) ?? shelf.free(site.id, sku, effectAt);
		const taken = Math.min(quantity, free);
		left.set(sku, free - taken);
		return taken;
	});
	return [{ site, allocated }];
}

function templateOf({ order, parts }: OrderParts, { products }: Rerouting): PartTemplate {
	const [known] = parts.values();
	return {
		method: order.method,
		promisedAt: order.promisedAt,
		passCode: known?.passCode ?? newPassCode(),
		lines: order.lines.flatMap(({ id: lineId, sku, name, unitPrice }) => {
			const product = products.get(sku);
			if (product === undefined) return [];
			const { gtins, unitWeightGrams } = goodsOf(product);
			return [{ lineId, sku, name, unitPrice, gtins, unitWeightGrams }];
		}),
	};
}
