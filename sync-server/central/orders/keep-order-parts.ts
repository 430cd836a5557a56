import { type Kysely, sql, type Transaction } from 'kysely';
import { isInSight, type OrderParts, orderParts } from '../../../shared/domain/order-parts.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import { type DocumentWriter, siteStream, streamsOfOrder } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';

export interface LockedOrder extends OrderParts {
	/** Sites that see the order although they fulfill nothing of it: it was brought there, or goods of it came back there. */
	readonly alsoSeenAt: readonly string[];
}

/** Locks an order and then all its fulfillment orders, and reads them as they are now. */
export async function lockOrder(transaction: Transaction<Tables>, orderId: string): Promise<LockedOrder | undefined> {
	const { rows } = await sql<{ body: Order }>`
		SELECT body FROM customer_order WHERE id = ${orderId} FOR UPDATE`.execute(transaction);
	const [order] = rows;
	return order && loadParts(transaction, order.body);
}

/** All fulfillment orders of an order that this transaction holds. */
export async function loadParts(transaction: Transaction<Tables>, order: Order): Promise<LockedOrder> {
	const parts = await sql<{ body: FulfillmentOrder }>`
		SELECT body FROM fulfillment_order WHERE order_id = ${order.id} ORDER BY id FOR UPDATE`.execute(transaction);
	const seen = await sql<{ site_id: string }>`
		SELECT unnest(brought_to) AS site_id FROM customer_order WHERE id = ${order.id}
		UNION SELECT site_id FROM return_case WHERE order_id = ${order.id}`.execute(transaction);
	return {
		...orderParts(
			order,
			parts.rows.map(({ body }) => body),
		),
		alsoSeenAt: seen.rows.map(({ site_id }) => site_id),
	};
}

/** What is kept of a change of an order's parts besides the documents: who made it, and what somebody else keeps. */
export interface Keeping {
	readonly operationId: string | null;
	readonly recordedAt: string;
	/** The caller stores the order and this part of it. */
	readonly except?: { readonly fulfillmentOrderId: string };
}

/** Stores the parts that a change has made or touched, with their events, and the order unless the caller does. */
export async function keepParts(
	transaction: Kysely<Tables>,
	before: OrderParts,
	after: OrderParts,
	{ operationId, recordedAt, except }: Keeping,
): Promise<void> {
	const changed = changedParts(before, after).filter(({ id }) => id !== except?.fulfillmentOrderId);
	await sql`
		INSERT INTO fulfillment_order (id, order_id, site_id, state, promised_at, body)
		SELECT * FROM unnest(${changed.map(({ id }) => id)}::text[], ${changed.map(({ orderId }) => orderId)}::text[],
			${changed.map(({ siteId }) => siteId)}::text[], ${changed.map(({ state }) => state)}::text[],
			${changed.map(({ promisedAt }) => promisedAt)}::timestamptz[],
			${changed.map((each) => JSON.stringify(each))}::jsonb[])
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`.execute(transaction);
	const { events } = after;
	await sql`
		INSERT INTO domain_event (op_id, order_id, fulfillment_order_id, kind, body, recorded_at)
		SELECT ${operationId}::uuid, ${after.order.id}, told.fulfillment_order_id, told.body ->> 'kind', told.body, ${recordedAt}::timestamptz
		FROM unnest(${events.map(({ fulfillmentOrderId }) => fulfillmentOrderId)}::text[],
			${events.map(({ event }) => JSON.stringify(event))}::jsonb[]) AS told (fulfillment_order_id, body)`.execute(
		transaction,
	);
	if (except || after.order === before.order) return;
	await sql`UPDATE customer_order SET body = ${JSON.stringify(after.order)}::jsonb WHERE id = ${after.order.id}`.execute(
		transaction,
	);
}

/**
 * Puts every part that has changed or come into sight into its site's stream, or leaves a tombstone where nothing is to be done with it any more; and the order
 * into the streams of all sites that see it now, with a tombstone where one saw it before.
 */
export function publishParts(
	documents: DocumentWriter,
	before: LockedOrder,
	after: OrderParts,
	/** The site of the operation behind it: it has seen the order. */
	atSite?: string,
): void {
	for (const part of after.parts.values()) {
		const inSight = isInSight(part, after.order);
		// What another site gives up can bring a part into sight that is as it was.
		if (before.parts.get(part.id) === part && inSight === isInSight(part, before.order)) continue;
		const stream = siteStream(part.siteId);
		if (inSight) documents.put(stream, 'work', part.id, part);
		else documents.remove(stream, 'work', part.id);
	}
	const { order } = after;
	const now = new Set([...streamsOfOrder(order), ...before.alsoSeenAt.map(siteStream)]);
	const earlier = new Set([...streamsOfOrder(before.order), ...(atSite === undefined ? [] : [siteStream(atSite)])]);
	if (order !== before.order) for (const stream of now) documents.put(stream, 'orders', order.id, order);
	for (const stream of earlier) if (!now.has(stream)) documents.remove(stream, 'orders', order.id);
}

function changedParts(before: OrderParts, after: OrderParts): readonly FulfillmentOrder[] {
	return [...after.parts.values()].filter((part) => before.parts.get(part.id) !== part);
}

/** The number of the order's next fulfillment order: 1042-1, 1042-2 and so on. */
export function nextPartNumber({ order, parts }: OrderParts): string {
	return `${order.number}-${parts.size + 1}`;
}
