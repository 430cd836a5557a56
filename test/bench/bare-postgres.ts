import pg from 'pg';
import { outsideBuckets, siteBuckets } from '../../shared/schema/stock-position.ts';
import type { RowsOfOperation } from './rows-of-operations.ts';

interface Statement {
	readonly name: string;
	readonly text: string;
	readonly values: (rows: RowsOfOperation) => readonly unknown[];
	readonly isNeeded?: (rows: RowsOfOperation) => boolean;
}

const isOutside = (bucket: string) => (outsideBuckets as readonly string[]).includes(bucket);
const additions = (buckets: readonly string[]) =>
	buckets
		.map((bucket) => {
			const units = (side: string) => `CASE WHEN m.${side} = '${bucket}' THEN m.quantity ELSE 0 END`;
			return `${bucket} = p.${bucket} + ${units('to_bucket')} - ${units('from_bucket')}`;
		})
		.join(', ');
const moved = `unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[])
	AS m (site_id, sku, quantity, from_bucket, to_bucket)`;
const movementColumns = ({ movements }: RowsOfOperation) => [
	movements.map(({ siteId }) => siteId),
	movements.map(({ sku }) => sku),
	movements.map(({ quantity }) => quantity),
	movements.map(({ from }) => from),
	movements.map(({ to }) => to),
];

/** The rows of one operation, table by table, as a careful person writes them by hand. Every statement is prepared once. */
const statements: readonly Statement[] = [
	{
		name: 'bare_operation',
		text: `INSERT INTO operation (op_id, lane_id, device_id, seq, type, v, body, hash, outcome, exceptions, position, verified, received_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'applied', '[]', 0, true, now())`,
		values: ({ operation }) => {
			const { opId, laneId, deviceId, seq, type, v, hash } = operation;
			return [opId, laneId, deviceId, seq, type, v, JSON.stringify(operation), hash];
		},
	},
	{
		name: 'bare_movement',
		text: `INSERT INTO movement (site_id, sku, quantity, from_bucket, to_bucket, reason, operation_id, order_id, actor_name, recorded_at)
			SELECT site_id, sku, quantity, from_bucket, to_bucket, 'bench', $6, $7, 'bench', now() FROM ${moved}`,
		values: (rows) => [...movementColumns(rows), rows.operation.opId, rows.order?.id ?? null],
		isNeeded: ({ movements }) => movements.length > 0,
	},
	{
		name: 'bare_position',
		text: `UPDATE stock_position p SET ${additions(siteBuckets)} FROM ${moved} WHERE p.site_id = m.site_id AND p.sku = m.sku`,
		values: movementColumns,
		isNeeded: ({ movements }) => movements.length > 0,
	},
	{
		name: 'bare_outside',
		text: `UPDATE outside_position p SET ${additions(outsideBuckets)} FROM ${moved} WHERE p.site_id = m.site_id AND p.sku = m.sku`,
		values: movementColumns,
		isNeeded: ({ movements }) => movements.some(({ from, to }) => isOutside(from) || isOutside(to)),
	},
	{
		name: 'bare_order',
		text: 'UPDATE customer_order SET body = $2 WHERE id = $1',
		values: ({ order }) => [order?.id, JSON.stringify(order)],
		isNeeded: ({ order }) => order !== null,
	},
	{
		name: 'bare_fulfillment_order',
		text: 'UPDATE fulfillment_order SET body = $2, state = $3 WHERE id = $1',
		values: ({ fulfillmentOrder }) => [fulfillmentOrder?.id, JSON.stringify(fulfillmentOrder), fulfillmentOrder?.state],
		isNeeded: ({ fulfillmentOrder }) => fulfillmentOrder !== null,
	},
	{
		name: 'bare_event',
		text: `INSERT INTO domain_event (op_id, order_id, fulfillment_order_id, kind, body, recorded_at)
			SELECT $1, $2, $3, body ->> 'kind', body, now() FROM jsonb_array_elements($4::jsonb) AS body`,
		values: ({ operation, events }) => {
			const { orderId, fulfillmentOrderId } = operation.payload as { orderId: string; fulfillmentOrderId: string };
			return [operation.opId, orderId, fulfillmentOrderId, JSON.stringify(events)];
		},
		isNeeded: ({ events }) => events.length > 0,
	},
	{
		name: 'bare_lane',
		text: 'UPDATE lane SET last_seq = $2, last_hash = $3 WHERE id = $1',
		values: ({ operation }) => [operation.laneId, operation.seq, operation.hash],
	},
	{
		name: 'bare_stream',
		text: `WITH head AS (UPDATE stream SET head = head + cardinality($2::text[]) WHERE id = $1 RETURNING head)
			INSERT INTO stream_document (stream_id, collection, document_id, position, deleted, body, changed_at)
			SELECT $1, d.collection, d.id, head.head - cardinality($2::text[]) + d.place, false, d.body::jsonb, now()
			FROM head, unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS d (collection, id, body, place)
			ON CONFLICT (stream_id, collection, document_id) DO UPDATE
			SET position = excluded.position, deleted = false, body = excluded.body, changed_at = excluded.changed_at`,
		values: ({ siteId, documents }) => [
			`site:${siteId}`,
			documents.map(({ collection }) => collection),
			documents.map(({ id }) => id),
			documents.map(({ body }) => body),
		],
		isNeeded: ({ documents }) => documents.length > 0,
	},
];

/** One connection that writes rows, one transaction for each operation. */
export interface BareWriter {
	write(rows: RowsOfOperation): Promise<void>;
	close(): Promise<void>;
}

/** @param pipelined all statements of a transaction are sent at once, so that it costs one round trip: the hardest peer */
export async function openBareWriter(databaseUrl: string, pipelined: boolean): Promise<BareWriter> {
	const client = new pg.Client({ connectionString: databaseUrl, pipeline: pipelined });
	await client.connect();
	const queriesOf = (rows: RowsOfOperation) =>
		statements
			.filter(({ isNeeded }) => isNeeded?.(rows) ?? true)
			.map(({ name, text, values }) => ({ name, text, values: [...values(rows)] }));
	return {
		write: async (rows) => {
			const queries = queriesOf(rows);
			if (pipelined) {
				await Promise.all([
					client.query('BEGIN'),
					...queries.map((query) => client.query(query)),
					client.query('COMMIT'),
				]);
				return;
			}
			await client.query('BEGIN');
			for (const query of queries) await client.query(query);
			await client.query('COMMIT');
		},
		close: () => client.end(),
	};
}
