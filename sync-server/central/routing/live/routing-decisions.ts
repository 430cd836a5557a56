import { type Kysely, sql } from 'kysely';
import type { RoutingDecision } from '../../../../shared/schema/routing-decision.ts';
import type { Tables } from '../../../database/tables.ts';

export async function keepDecisions(db: Kysely<Tables>, decisions: readonly RoutingDecision[]): Promise<void> {
	if (decisions.length === 0) return;
	await sql`
		INSERT INTO routing_decision (id, order_id, at, cause, body)
		SELECT body ->> 'id', body ->> 'orderId', (body ->> 'at')::timestamptz, body ->> 'cause', body
		FROM unnest(${decisions.map((each) => JSON.stringify(each))}::jsonb[]) AS decided (body)`.execute(db);
}

/** Every decision about an order, the latest first. */
export async function readDecisions(db: Kysely<Tables>, orderId: string): Promise<readonly RoutingDecision[]> {
	const rows = await db
		.selectFrom('routing_decision')
		.select('body')
		.where('order_id', '=', orderId)
		.orderBy('at', 'desc')
		.orderBy('id', 'desc')
		.execute();
	return rows.map(({ body }) => body);
}

/** The same for a device: only of orders that its site sees. */
export async function decisionsSeenAt(
	db: Kysely<Tables>,
	siteId: string,
	orderId: string,
): Promise<readonly RoutingDecision[]> {
	const { rows } = await sql`
		SELECT FROM customer_order AS placed WHERE placed.id = ${orderId} AND (
			${siteId} = ANY (placed.brought_to)
			OR EXISTS (SELECT FROM fulfillment_order AS part WHERE part.order_id = placed.id AND part.site_id = ${siteId}))`.execute(
		db,
	);
	return rows.length === 0 ? [] : readDecisions(db, orderId);
}
