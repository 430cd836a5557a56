import { type Kysely, sql, type Transaction } from 'kysely';
import { Value } from 'typebox/value';
import { takeFromReservation } from '../../../shared/domain/reservation-units.ts';
import { type Order, OrderCapture } from '../../../shared/schema/order.ts';
import { DocumentWriter, siteStream, streamsOfOrder } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { type Allocation, allocateStock, readStockShelf } from '../inventory/stock-shelf.ts';
import { keepReservations, lockReservations } from '../promising/reservation-documents.ts';
import { readProducts, readRuleEffects } from '../promising/rule-effects.ts';
import { askRightsBack, type Lacking } from '../rights/asked-back.ts';
import { noteDemand, type Wanted } from '../rights/own-demand.ts';
import { keepDecisions } from '../routing/live/routing-decisions.ts';
import { openShipmentRouter } from '../routing/live/shipment-router.ts';
import { listSites } from '../routing/sites.ts';
import {
	type CaptureFault,
	type Catalog,
	captureFault,
	catalogFault,
	isSameCapture,
	reservationFault,
} from './check-capture.ts';
import {
	type CaptureContext,
	type CapturePlan,
	planCapture,
	type ReservedPlan,
	reservedShares,
	unitsOf,
} from './plan-capture.ts';
import { tellOfMissingStock } from './tell-of-missing-stock.ts';

export type CaptureResult =
	| { readonly captured: true; readonly created: boolean; readonly order: Order }
	| { readonly captured: false; readonly fault: CaptureFault };

/** Another transaction took the stock or the order's id in the meantime: the whole transaction is done again. */
class Overtaken extends Error {}
const attempts = 20;
/** So many are made without locking more than the chosen site's stock. */
const lightAttempts = 3;

/**
 * Captures an order: checks it, gives it to a site, sets stock aside and publishes it to that site, in one transaction.
 * The same capture again (by channel and external id) gives the order that is there, as it is now.
 */
export async function captureOrder(
	db: Kysely<Tables>,
	capture: OrderCapture,
	context: CaptureContext,
): Promise<CaptureResult> {
	const [result] = await captureTogether(db, [capture], context);
	if (result === undefined) throw new Error('A capture had no result.');
	return result;
}

/** Captures several orders in one transaction, as `captureOrder` does each; a refused one doesn't hinder the others. */
export async function captureTogether(
	db: Kysely<Tables>,
	captures: readonly OrderCapture[],
	context: CaptureContext,
): Promise<CaptureResult[]> {
	for (let attempt = 1; ; attempt++) {
		const lockStock = attempt > lightAttempts;
		try {
			return await inTransaction(db, async (transaction) => {
				const documents = new DocumentWriter();
				const results = await captureOrders(transaction, captures, { ...context, lockStock }, documents);
				await documents.publish(transaction);
				return results;
			});
		} catch (error) {
			if (!(error instanceof Overtaken) || attempt === attempts) throw error;
		}
	}
}

/**
 * Captures several orders inside a transaction of the caller's, who publishes the documents as its last step. Each has its own
 * result, in the order of the captures. Throws when another transaction took the stock meanwhile: nothing may be kept then.
 */
export async function captureOrders(
	transaction: Transaction<Tables>,
	given: readonly OrderCapture[],
	context: CaptureContext,
	documents: DocumentWriter,
): Promise<CaptureResult[]> {
	const captures = given.map(withKnownFields);
	const readable = captures.filter((capture) => captureFault(capture) === undefined);
	const known = await readKnown(transaction, readable);
	const catalog = await readCatalog(transaction, readable);
	const reserved = await lockReservations(
		transaction,
		readable.flatMap(({ reservationId }) => reservationId ?? []),
	);
	const reservations = new Map(reserved);
	const at = context.now.toString();
	const stock = await readStockShelf(transaction, [...catalog.products.keys()], {
		at,
		lock: context.lockStock ?? false,
	});
	const effectsOf = await readRuleEffects(transaction, { ...catalog, at });
	/** What a reservation holds was promised under the rules before. */
	const effectFor = ({ channel, method, reservationId }: OrderCapture) =>
		reservationId === undefined ? effectsOf(channel, method) : null;
	const router = await openShipmentRouter(transaction, { ...catalog, findPlace: context.findPlace, at, shelf: stock });
	const plans: ReservedPlan[] = [];
	const kept: OrderCapture[] = [];
	const results: CaptureResult[] = [];
	for (const capture of captures) {
		const earlier = known.get(keyOf(capture));
		const fault =
			captureFault(capture) ??
			(earlier ? undefined : (catalogFault(capture, catalog) ?? reservationFault(capture, reservations, context.now)));
		if (fault !== undefined) {
			results.push({ captured: false, fault });
		} else if (earlier !== undefined) {
			results.push(
				isSameCapture(earlier.capture, capture)
					? { captured: true, created: false, order: earlier.order }
					: { captured: false, fault: conflict(capture, earlier.order) },
			);
		} else {
			const shares = reservedShares(capture, reservations, context.now);
			const plan = await planCapture(
				transaction,
				{ capture, shares, effectAt: effectFor(capture) },
				{ catalog, stock, router, context },
			);
			if ('error' in plan) {
				results.push({ captured: false, fault: plan });
				continue;
			}
			const parts = reservations.get(capture.reservationId ?? '');
			if (capture.reservationId !== undefined && parts !== undefined)
				reservations.set(
					capture.reservationId,
					parts.map((part) => takeFromReservation(part, unitsOf(shares, part))),
				);
			known.set(keyOf(capture), { order: plan.order, capture });
			plans.push(plan);
			kept.push(capture);
			results.push({ captured: true, created: true, order: plan.order });
		}
	}
	await keepOrders(transaction, plans, kept, context);
	const decisions = plans.flatMap(({ decision }) => decision ?? []);
	await keepDecisions(transaction, decisions);
	const allocations = plans.map(({ order, movements, shares }, index): Allocation => {
		const capture = kept[index];
		const taken = shares.map(({ part, units }) => ({ reservationId: part.id, units }));
		return { orderId: order.id, movements, taken, effectAt: capture ? effectFor(capture) : null };
	});
	const positions = await allocateStock(transaction, allocations, at);
	if (positions === undefined) throw new Overtaken('Another order took the stock.');
	for (const position of positions) documents.put(siteStream(position.siteId), 'stock', position.id, position);
	await noteDemand(transaction, pickupDemand(plans));
	const before = new Set([...reserved.values()].flat());
	const taken = [...reservations.values()].flat().filter((part) => !before.has(part));
	await keepReservations(transaction, taken, documents);
	if (!context.backdated) {
		await tellOfMissingStock(transaction, plans, at, documents);
		await askRightsBack(transaction, lackingUnits(plans, kept), at);
	}
	for (const { order, fulfillmentOrders, seenAt } of plans) {
		for (const stream of new Set([siteStream(seenAt), ...streamsOfOrder(order)]))
			documents.put(stream, 'orders', order.id, order);
		for (const each of fulfillmentOrders) documents.put(siteStream(each.siteId), 'work', each.id, each);
	}
	return results;
}

/** What is collected is the demand of the site itself. */
function pickupDemand(plans: readonly CapturePlan[]): readonly Wanted[] {
	return plans
		.filter(({ order }) => order.method === 'pickup')
		.flatMap(({ order, seenAt }) =>
			order.lines.map(({ sku, ordered }) => ({ siteId: seenAt, sku, at: order.placedAt, units: ordered })),
		);
}

/** What devices may have rights to: at the site that a customer chose, or anywhere. */
function lackingUnits(plans: readonly CapturePlan[], captures: readonly OrderCapture[]): readonly Lacking[] {
	return plans.flatMap(({ order }, index) => {
		const siteId = captures[index]?.siteId;
		const siteIds = siteId === undefined ? undefined : [siteId];
		return order.lines.flatMap(({ sku, unassigned }) => (unassigned > 0 ? [{ sku, units: unassigned, siteIds }] : []));
	});
}

/** An order by its id or its number. */
export async function findOrder(db: Kysely<Tables>, idOrNumber: string): Promise<Order | undefined> {
	const rows = await db
		.selectFrom('customer_order')
		.select('body')
		.where((column) => column.or([column('id', '=', idOrNumber), column('number', '=', idOrNumber)]))
		.execute();
	return rows[0]?.body;
}

/** A copy without the fields that no schema knows, however deep they go. */
function withKnownFields(capture: OrderCapture): OrderCapture {
	const { customer, shipTo, lines } = capture;
	const copy = {
		...capture,
		customer: { ...customer },
		shipTo: { ...shipTo },
		lines: lines.map((line) => ({ ...line })),
	};
	return Value.Clean(OrderCapture, copy) as OrderCapture;
}

const keyOf = ({ channel, externalId }: OrderCapture) => JSON.stringify([channel, externalId]);

function conflict(capture: OrderCapture, order: Order): CaptureFault {
	return {
		error: 'conflict',
		message:
			`The channel "${capture.channel}" has sent the order "${capture.externalId}" before, with other content. ` +
			`It is order ${order.number}, and it stays as it was.`,
		where: '/externalId',
		whatToDo:
			'Give a new order a new external id. A captured order is changed by cancelling it, not by capturing it again.',
	};
}

interface Known {
	readonly order: Order;
	readonly capture: OrderCapture;
}

async function readKnown(
	transaction: Transaction<Tables>,
	captures: readonly OrderCapture[],
): Promise<Map<string, Known>> {
	const { rows } = await sql<Known>`
		SELECT o.body AS "order", e.body AS capture
		FROM unnest(${captures.map(({ channel }) => channel)}::text[],
			${captures.map(({ externalId }) => externalId)}::text[]) AS asked (channel, external_id)
		JOIN customer_order o USING (channel, external_id)
		JOIN domain_event e ON e.order_id = o.id AND e.kind = 'order_captured'`.execute(transaction);
	return new Map(rows.map((row) => [keyOf(row.capture), row]));
}

async function readCatalog(transaction: Transaction<Tables>, captures: readonly OrderCapture[]): Promise<Catalog> {
	const products = await readProducts(
		transaction,
		captures.flatMap(({ lines }) => lines.map(({ sku }) => sku)),
	);
	return { products, sites: await listSites(transaction) };
}

/** Stores new orders with their parts, and that they were captured. Throws where one is there already: the transaction must be done again. */
export async function keepOrders(
	transaction: Transaction<Tables>,
	plans: readonly CapturePlan[],
	captures: readonly OrderCapture[],
	context: CaptureContext,
): Promise<void> {
	if (plans.length === 0) return;
	const orders = plans.map(({ order }) => order);
	// Without a part of it, a site would hear of the order only once.
	const seenAt = plans.map((plan) => (plan.fulfillmentOrders.length === 0 ? plan.seenAt : null));
	const stored = await sql`
		INSERT INTO customer_order (id, number, channel, external_id, placed_at, body, brought_to)
		SELECT id, number, channel, external_id, placed_at, body, array_remove(ARRAY[seen_at], NULL) FROM unnest(${orders.map(({ id }) => id)}::text[], ${orders.map(({ number }) => number)}::text[],
			${orders.map(({ channel }) => channel)}::text[], ${orders.map(({ externalId }) => externalId)}::text[],
			${orders.map(({ placedAt }) => placedAt)}::timestamptz[], ${orders.map((order) => JSON.stringify(order))}::jsonb[],
			${seenAt}::text[]) AS made (id, number, channel, external_id, placed_at, body, seen_at)
		ON CONFLICT (channel, external_id) DO NOTHING RETURNING id`.execute(transaction);
	if (stored.rows.length < orders.length) throw new Overtaken('The same order was captured at the same time.');
	const work = plans.flatMap(({ fulfillmentOrders }) => fulfillmentOrders);
	await sql`
		INSERT INTO fulfillment_order (id, order_id, site_id, state, promised_at, body)
		SELECT * FROM unnest(${work.map(({ id }) => id)}::text[], ${work.map(({ orderId }) => orderId)}::text[],
			${work.map(({ siteId }) => siteId)}::text[], ${work.map(({ state }) => state)}::text[],
			${work.map(({ promisedAt }) => promisedAt)}::timestamptz[],
			${work.map((each) => JSON.stringify(each))}::jsonb[])`.execute(transaction);
	await sql`
		INSERT INTO domain_event (order_id, kind, body, recorded_at)
		SELECT made.id, 'order_captured', made.body, ${context.now.toString()}::timestamptz
		FROM unnest(${orders.map(({ id }) => id)}::text[],
			${captures.map((capture) => JSON.stringify(capture))}::jsonb[]) AS made (id, body)`.execute(transaction);
}
