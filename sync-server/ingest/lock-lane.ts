import type { Transaction } from 'kysely';
import type { TouchedDocuments } from '../../shared/domain/touched-documents.ts';
import type { OperationOutcome } from '../../shared/protocol/messages.ts';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../shared/schema/order.ts';
import type { ReturnCase } from '../../shared/schema/return-case.ts';
import type { StockDocument } from '../../shared/schema/stock-document.ts';
import type { PublicKeys } from '../central/devices/device-key.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';

/** A lane that this transaction holds, and the documents that the operation names, as they are now. */
export interface LockedLane {
	readonly last_seq: number;
	readonly last_hash: string;
	readonly frozen_reason: string | null;
	/** The number for which it has waited, and since when. */
	readonly gap_seq: number | null;
	readonly gap_since: string | null;
	/** Whether everything that it sends must be signed, and the keys that its device has had; null when it never had one. */
	readonly signs: boolean;
	readonly keys: PublicKeys | null;
	readonly order: Order | null;
	/** Sites that see the order although they fulfill nothing of it; null without an order. */
	readonly brought_to: readonly string[] | null;
	readonly fulfillment_order: FulfillmentOrder | null;
	readonly return_case: ReturnCase | null;
	readonly exception_case: ExceptionCase | null;
	readonly stock_documents: readonly StockDocument[] | null;
}

/** Locks come in one order everywhere: lane, order, FO, exception, stock documents, stock positions, streams. Each lock reads the newest row. */
const lockAndLoad = prepared<LockedLane>(
	'lock_lane',
	`WITH ordered AS MATERIALIZED (SELECT body, brought_to FROM customer_order WHERE id = $2 FOR UPDATE),
	fulfilled AS MATERIALIZED (SELECT body FROM fulfillment_order WHERE id = $3 FOR UPDATE),
	exceptional AS MATERIALIZED (SELECT body FROM exception_case WHERE id = $5 FOR UPDATE),
	stocked AS MATERIALIZED (SELECT body FROM stock_document WHERE id = ANY ($6::text[]) ORDER BY id FOR UPDATE)
	SELECT held.last_seq, held.last_hash, held.frozen_reason, held.gap_seq, held.gap_since, held.signs,
		(SELECT json_object_agg(id, public_key) FROM device_key WHERE device_id = held.device_id) AS keys,
		(SELECT body FROM ordered) AS "order",
		(SELECT brought_to FROM ordered) AS brought_to,
		(SELECT body FROM fulfilled) AS fulfillment_order,
		(SELECT body FROM return_case WHERE id = $4) AS return_case,
		(SELECT body FROM exceptional) AS exception_case,
		(SELECT json_agg(body) FROM stocked) AS stock_documents
	FROM (SELECT * FROM lane WHERE id = $1 FOR UPDATE) AS held`,
);

export async function lockLane(
	transaction: Transaction<Tables>,
	laneId: string,
	touched: TouchedDocuments,
): Promise<LockedLane> {
	const { orderId, fulfillmentOrderId, returnId, exceptionId, stockDocumentIds = [] } = touched;
	const named = [orderId, fulfillmentOrderId, returnId, exceptionId].map((id) => id ?? null);
	const values = [laneId, ...named, [...stockDocumentIds]];
	const [lane] = await lockAndLoad(transaction, values);
	if (lane === undefined) throw new Error(`Lane ${laneId} of an enrolled device does not exist.`);
	return lane;
}

export interface StoredOperation {
	readonly op_id: string;
	readonly seq: number;
	readonly hash: string;
	readonly lane_id: string;
	readonly outcome: OperationOutcome['outcome'];
	readonly reason: string | null;
	readonly exceptions: string[];
	readonly position: number;
}

export const storedColumns = 'op_id, seq, hash, lane_id, outcome, reason, exceptions, position';
const storedBySeq = prepared<StoredOperation>(
	'operation_by_seq',
	`SELECT ${storedColumns} FROM operation WHERE lane_id = $1 AND seq = $2
	UNION ALL
	SELECT again.op_id, again.seq, again.hash, again.lane_id, outcome, reason, exceptions, position
	FROM repeated_operation AS again JOIN operation USING (op_id) WHERE again.lane_id = $1 AND again.seq = $2`,
);
const knownById = prepared<{ readonly op_id: string }>(
	'operation_by_id',
	'SELECT op_id FROM operation WHERE op_id = $1',
);

/** The operation that holds this place of the lane, with what became of it. */
export async function operationAt(
	transaction: Transaction<Tables>,
	laneId: string,
	seq: number,
): Promise<StoredOperation | undefined> {
	const [stored] = await storedBySeq(transaction, [laneId, seq]);
	return stored;
}

/** Whether an operation with this id was ever taken in, by any lane. */
export async function isKnownOperation(transaction: Transaction<Tables>, opId: string): Promise<boolean> {
	return (await knownById(transaction, [opId])).length > 0;
}

export function storedOutcome(stored: StoredOperation): OperationOutcome {
	return {
		opId: stored.op_id,
		seq: stored.seq,
		outcome: stored.outcome,
		...(stored.reason === null ? {} : { reason: stored.reason }),
		exceptions: stored.exceptions,
		position: stored.position,
	};
}
