import type { Transaction } from 'kysely';
import type { RefusalReason } from '../../shared/domain/decision.ts';
import { statementOf } from '../../shared/domain/read-operation.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import { judgeSignature, type PublicKeys } from '../central/devices/device-key.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';
import { centralRefusal } from './central-refusal.ts';
import { applyOperation, type Finished } from './finish-operation.ts';
import { type Incoming, type Reading, readAt } from './incoming.ts';
import { judgeOperation } from './judge-operation.ts';
import { lockLane } from './lock-lane.ts';
import type { OperationFrame } from './read-frame.ts';

interface KeptOperation {
	readonly body: OperationFrame;
	readonly outcome: string;
	readonly reason: string | null;
	readonly lane_id: string;
	readonly device_id: string;
	readonly received_at: string;
	readonly site_id: string;
	readonly formerly: readonly string[];
	readonly keys: PublicKeys | null;
}

const lockKept = prepared<KeptOperation>(
	'operation_to_retry',
	`SELECT body, outcome, reason, lane_id, device_id, received_at, site_id, formerly,
		(SELECT json_object_agg(id, public_key) FROM device_key WHERE device_id = operation.device_id) AS keys
	FROM operation JOIN (SELECT id AS device_id, site_id, formerly FROM device) AS author USING (device_id)
	WHERE op_id = $1 FOR UPDATE OF operation`,
);

export type Retried =
	| { readonly ok: true; readonly finished: Finished | null }
	| { readonly ok: false; readonly reason: RefusalReason };

/**
 * Judges a quarantined operation once more, by what central can read and knows today. When it applies, it does so under its own id,
 * with its author and at its time, and what became of it is changed where it is kept. Nothing else of it changes. `finished` is
 * null when it had been applied already.
 */
export async function retryOperation(
	transaction: Transaction<Tables>,
	reading: Reading & Pick<Incoming, 'findPlace'>,
	asking: Device,
	operationId: string,
): Promise<Retried> {
	const stillNot = { ok: false, reason: 'still_not_possible' } as const;
	const [kept] = await lockKept(transaction, [operationId]);
	if (kept === undefined || kept.site_id !== asking.siteId) return { ok: false, reason: 'not_found' };
	if (kept.outcome === 'applied') return { ok: true, finished: null };
	if (kept.outcome !== 'quarantined') return stillNot;
	const { body, keys } = kept;
	const { lane_id: laneId, device_id: deviceId, site_id: siteId, formerly } = kept;
	const author: Device = { deviceId, laneId, siteId, formerly };
	const incoming = readAt(reading, author, body, kept.received_at);
	// An old release's unsigned work stays what it is, though its lane signs by now.
	const signature = judgeSignature(body, { keys, signs: kept.reason === 'signature_mismatch' });
	if (!incoming.isSound || signature === 'mismatch' || !incoming.read.ok) return stillNot;
	const { operation, touched, grant, at } = incoming.read;
	if (operation.type === 'retry_operation') return stillNot;
	const loaded = await lockLane(transaction, asking.laneId, touched);
	const statement = { ...statementOf(operation), at };
	const applied = judgeOperation(statement, author, loaded, grant);
	if (applied.outcome !== 'applied') return stillNot;
	if ((await centralRefusal(transaction, operation, applied, kept.received_at)) !== null) return stillNot;
	const verified = { ...incoming, findPlace: reading.findPlace, signed: signature === 'signed', isKept: true };
	const finished = await applyOperation(transaction, author, verified, { operation, statement, lane: loaded, applied });
	return { ok: true, finished };
}
