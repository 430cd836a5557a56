import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';

/** How often each supplier, and each site that sends goods to others, has delivered everything by the day on which it was expected. */
export type Reliability = ReadonlyMap<string, { readonly inTime: number; readonly deliveries: number }>;

/** Reads what became of every purchase order and transfer that is done; in time means that nothing was missing or came later. */
export async function readReliability(db: Kysely<Tables>): Promise<Reliability> {
	const { rows } = await sql<{ source_id: string; in_time: number; deliveries: number }>`
		WITH done AS (
			SELECT id, state, coalesce(body ->> 'supplierId', body ->> 'fromSiteId') AS source_id,
				(body ->> 'expectedOn')::date AS expected_on
			FROM stock_document WHERE kind IN ('purchase_order', 'transfer') AND state IN ('received', 'discrepancy')
		), arrived AS (
			SELECT body -> 'against' ->> 'id' AS id, max((body ->> 'openedAt')::timestamptz) AS at
			FROM stock_document WHERE kind = 'receipt' AND body -> 'against' ->> 'id' IS NOT NULL GROUP BY 1
		)
		SELECT source_id, count(*) AS deliveries,
			count(*) FILTER (WHERE state = 'received' AND coalesce(arrived.at::date <= expected_on, true)) AS in_time
		FROM done LEFT JOIN arrived USING (id) GROUP BY source_id`.execute(db);
	return new Map(rows.map(({ source_id, in_time, deliveries }) => [source_id, { inTime: in_time, deliveries }]));
}
