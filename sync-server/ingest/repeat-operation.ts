import type { Transaction } from 'kysely';
import type { Device } from '../central/devices/authenticate-device.ts';
import { judgeSignature } from '../central/devices/device-key.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';
import { freezeLane } from './freeze-lane.ts';
import type { Incoming } from './incoming.ts';
import { type LockedLane, type StoredOperation, storedColumns, storedOutcome } from './lock-lane.ts';
import { statedContent } from './read-frame.ts';
import type { TakenIn } from './taken-in.ts';

type KeptOperation = StoredOperation & {
	readonly body: unknown;
	readonly site_id: string;
	/** Whether the lane that asks now has brought it before, at another place. */
	readonly is_twice: boolean;
};

const keptById = prepared<KeptOperation>(
	'operation_to_repeat',
	`SELECT ${storedColumns}, body, site_id, lane_id = $2 OR EXISTS (
		SELECT FROM repeated_operation AS again WHERE again.lane_id = $2 AND again.op_id = $1
	) AS is_twice
	FROM operation JOIN (SELECT id AS device_id, site_id FROM device) AS author USING (device_id) WHERE op_id = $1`,
);
const keepPlace = prepared<never>(
	'keep_repeated',
	`WITH advanced AS (
		UPDATE lane SET last_seq = $2, last_hash = $4, signs = signs OR $7::boolean WHERE id = $1
	)
	INSERT INTO repeated_operation (lane_id, seq, op_id, hash, body, received_at)
	VALUES ($1, $2, $3::uuid, $4, $5::json, $6::timestamptz)`,
);

/**
 * An operation that another lane has brought before: a device that got a new lane carries over what it had no answer to. It is not
 * applied again; it has its place in the new lane, and the answer is what became of it. One that says something else under
 * the same id contradicts history.
 */
export async function repeatOperation(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	lane: LockedLane,
): Promise<TakenIn> {
	const { frame, text, receivedAt } = incoming;
	const [kept] = await keptById(transaction, [frame.opId, device.laneId]);
	const signature = judgeSignature(frame, lane);
	const isSame =
		kept !== undefined &&
		!kept.is_twice &&
		kept.site_id === device.siteId &&
		incoming.isSound &&
		signature !== 'mismatch' &&
		statedContent(kept.body) === statedContent(frame);
	if (!isSame) {
		return freezeLane(transaction, device, incoming, `operation ${frame.opId} came from another lane before`);
	}
	const isSigned = signature === 'signed';
	await keepPlace(transaction, [device.laneId, frame.seq, frame.opId, frame.hash, text, receivedAt, isSigned]);
	const outcome = { ...storedOutcome(kept), seq: frame.seq };
	return { kind: 'outcome', outcome, isNew: false, type: '' };
}
