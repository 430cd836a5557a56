import type { Transaction } from 'kysely';
import type { DomainEvent } from '../../shared/domain/decision.ts';
import type { OperationOutcome } from '../../shared/protocol/messages.ts';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../shared/schema/order.ts';
import type { ReturnCase } from '../../shared/schema/return-case.ts';
import type { StockDocument } from '../../shared/schema/stock-document.ts';
import { keepingStockDocuments, stockDocumentRow } from '../central/inventory/stock-documents.ts';
import { type DocumentWriter, publishingTables, siteStream, wakeChannel } from '../database/documents.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';
import type { OperationFrame } from './read-frame.ts';

/** All that one operation leaves behind, besides its movements. */
export interface OperationRecord {
	readonly frame: OperationFrame;
	/** The operation as it came. */
	readonly text: string;
	readonly type: string;
	readonly version: number;
	readonly siteId: string;
	readonly outcome: OperationOutcome['outcome'];
	readonly reason: string | null;
	readonly verified: boolean;
	/** Whether its device's key signed it. */
	readonly signed: boolean;
	/** It is in its place in the lane already: only what became of it changes. */
	readonly isKept: boolean;
	readonly receivedAt: string;
	readonly events: readonly DomainEvent[];
	readonly opened: readonly ExceptionCase[];
	/** The documents that changed; null for those that did not. */
	readonly order: Order | null;
	readonly fulfillmentOrder: FulfillmentOrder | null;
	readonly returnCase: ReturnCase | null;
	readonly resolved: ExceptionCase | null;
	readonly stockDocuments: readonly StockDocument[];
	/** What the operation is about, for its events. */
	readonly orderId: string | null;
	readonly fulfillmentOrderId: string | null;
}

/** A site that nothing was published for yet: make its stream, and try the transaction again. */
export class MissingStream extends Error {
	readonly streamIds: readonly string[];
	constructor(streamIds: readonly string[]) {
		super(`One of the streams ${streamIds.join(', ')} does not exist`);
		this.streamIds = streamIds;
	}
}

/** Advances the lane and keeps the operation, as it came. */
const keepNew = `advanced AS (
		UPDATE lane SET last_seq = $10, last_hash = $11, signs = signs OR $34::boolean WHERE id = $9
	), kept AS (
		INSERT INTO operation
			(op_id, lane_id, device_id, seq, type, v, body, hash, outcome, reason, exceptions, position, verified, received_at,
			signed)
		SELECT $12::uuid, $9, $13, $10, $14, $15::int, $16::json, $11, $17, $18, $19::jsonb, here.position, $20::boolean,
			$21::timestamptz, $34::boolean FROM here
	)`;

/**
 * Changes what became of an operation that was kept before. Its place in the lane and its position stay: they never decrease
 * along a lane.
 */
const changeKept = `kept AS (
		UPDATE operation SET outcome = $17, reason = $18, exceptions = $19::jsonb, verified = $20::boolean,
			signed = $34::boolean
		WHERE op_id = $12::uuid
	), same AS (
		SELECT $9::text, $10::bigint, $11::text, $13::text, $14::text, $15::int, $16::json
	)`;

/** One round trip for everything, so that the streams' locks are held as shortly as can be: this statement and the commit. */
const storing = (name: string, keep: string) =>
	prepared<{ position: number; streams: number }>(
		name,
		`${publishingTables}, here AS (
		SELECT coalesce(
			(SELECT head FROM headed WHERE id = $8), (SELECT head FROM stream WHERE id = $8), 0
		)::bigint AS position
	), ${keep}, ordered AS (
		UPDATE customer_order SET body = $23::jsonb WHERE id = $22
	), fulfilled AS (
		UPDATE fulfillment_order SET body = $26::jsonb, state = $25 WHERE id = $24
	), returned AS (
		INSERT INTO return_case (id, order_id, site_id, body)
		SELECT body ->> 'id', body ->> 'orderId', body ->> 'siteId', body FROM (SELECT $27::jsonb AS body) AS one
		WHERE body IS NOT NULL
	), opened AS (
		INSERT INTO exception_case (id, site_id, state, opened_at, body)
		SELECT body ->> 'id', body ->> 'siteId', body ->> 'state', (body ->> 'openedAt')::timestamptz, body
		FROM jsonb_array_elements($28::jsonb) AS body
	), resolved AS (
		UPDATE exception_case SET state = $30::jsonb ->> 'state', body = $30::jsonb WHERE id = $29
	), kept_stock AS (
		${keepingStockDocuments('$35')}
	), told AS (
		INSERT INTO domain_event (op_id, order_id, fulfillment_order_id, kind, body, recorded_at)
		SELECT $12::uuid, $31, $32, body ->> 'kind', body, $21::timestamptz
		FROM jsonb_array_elements($33::jsonb) AS body
	)
	SELECT here.position, (SELECT count(pg_notify('${wakeChannel}', head || ' ' || id) IS NOT NULL) FROM headed) AS streams
	FROM here`,
	);
const storeNew = storing('store_operation', keepNew);
const storeChanged = storing('store_operation_again', changeKept);

/**
 * Stores an operation with its outcome and effects, publishes the documents and advances the lane: the last statement of its
 * transaction, or of one of two operations in it.
 * @returns the position of the site's stream at which its effects end
 * @throws MissingStream
 */
export async function storeOperation(
	transaction: Transaction<Tables>,
	record: OperationRecord,
	documents: DocumentWriter,
): Promise<number> {
	const { frame, order, fulfillmentOrder, returnCase, resolved } = record;
	const store = record.isKept ? storeChanged : storeNew;
	const [row] = await store(transaction, [
		...documents.values(),
		siteStream(record.siteId),
		frame.laneId,
		frame.seq,
		frame.hash,
		frame.opId,
		frame.deviceId,
		record.type,
		record.version,
		record.text,
		record.outcome,
		record.reason,
		JSON.stringify(record.opened.flatMap((each) => (each.siteId === record.siteId ? [each.exceptionKind] : []))),
		record.verified,
		record.receivedAt,
		order?.id ?? null,
		order && JSON.stringify(order),
		fulfillmentOrder?.id ?? null,
		fulfillmentOrder?.state ?? null,
		fulfillmentOrder && JSON.stringify(fulfillmentOrder),
		returnCase && JSON.stringify(returnCase),
		JSON.stringify(record.opened),
		resolved?.id ?? null,
		resolved && JSON.stringify(resolved),
		record.orderId,
		record.fulfillmentOrderId,
		JSON.stringify(record.events),
		record.signed,
		JSON.stringify(record.stockDocuments.map(stockDocumentRow)),
	]);
	if (row === undefined) throw new Error('Storing an operation answered nothing.');
	if (row.streams !== documents.streamIds.length) throw new MissingStream(documents.streamIds);
	return row.position;
}
