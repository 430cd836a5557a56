import { type Kysely, sql } from 'kysely';
import type { Order } from '../../../shared/schema/order.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Device } from '../devices/authenticate-device.ts';

export interface BroughtOrder {
	readonly orderId: string;
	/** Where the order stands in the stream of the device's site. */
	readonly position: number;
}

/**
 * Gives the device's site an order that another site fulfilled, and from then on every change of it. Only the whole number finds
 * one, in any case. An order that the site has already is left as it is. Each order that is given away is told in its events.
 * @returns null when there is no such order
 */
export function bringOrder(
	{ db, clock }: { readonly db: Kysely<Tables>; readonly clock: Clock },
	device: Device,
	number: string,
): Promise<BroughtOrder | null> {
	const wanted = number.trim();
	const stream = siteStream(device.siteId);
	return inTransaction(db, async (transaction) => {
		// Locked before the stream is looked at: a change that is under way is then either in the body or comes after this.
		const found = await sql<{ id: string; body: Order }>`
			SELECT id, body FROM customer_order WHERE number IN (${wanted}, ${wanted.toUpperCase()}) LIMIT 1 FOR UPDATE`.execute(
			transaction,
		);
		const [order] = found.rows;
		if (order === undefined) return null;
		const here = await transaction
			.selectFrom('stream_document')
			.select('position')
			.where('stream_id', '=', stream)
			.where('collection', '=', 'orders')
			.where('document_id', '=', order.id)
			.where('deleted', '=', false)
			.executeTakeFirst();
		if (here !== undefined) return { orderId: order.id, position: here.position };
		await sql`
			WITH given AS (
				UPDATE customer_order SET brought_to = array_append(array_remove(brought_to, ${device.siteId}), ${device.siteId})
				WHERE id = ${order.id} RETURNING id
			)
			INSERT INTO domain_event (order_id, kind, body, recorded_at)
			SELECT id, 'order_brought', ${JSON.stringify({ siteId: device.siteId, deviceId: device.deviceId })}::jsonb,
				${clock.now().toString()}::timestamptz FROM given`.execute(transaction);
		const documents = new DocumentWriter();
		documents.put(stream, 'orders', order.id, order.body);
		const position = (await documents.publish(transaction)).get(stream);
		if (position === undefined) throw new Error(`Publishing into ${stream} gave no position.`);
		return { orderId: order.id, position };
	});
}
