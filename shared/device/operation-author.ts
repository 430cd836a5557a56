import { v7 } from 'uuid';
import { signedBytes } from '../domain/device-key.ts';
import { sealOperation } from '../domain/operation-hash.ts';
import type { Checkpoint } from '../protocol/messages.ts';
import type { Actor, OccurredAt, OperationEnvelope } from '../schema/operation.ts';
import type { LaneEnd, OperationAuthor } from './journal.ts';
import type { DeviceClock, DeviceKey, DeviceRandom } from './ports.ts';

/** Whose lane an operation goes to, and the key that signs it. */
export interface LaneAuthorship {
	readonly deviceId: string;
	readonly laneId: string;
	readonly key: DeviceKey;
}

export interface Authorship extends LaneAuthorship {
	readonly actor: Actor;
	readonly grant: string | null;
	readonly basis: Checkpoint | null;
	readonly bootId: string;
	/** The device's monotonic clock when its core started. */
	readonly startedMs: number;
	readonly serverOffsetMs: number | null;
}

/** What an operation says, whatever lane it is in. */
export type Statement = Pick<OperationEnvelope, 'opId' | 'type' | 'v' | 'payload'>;

/** A new id: UUID version 7 (RFC 9562). */
export function newOperationId(clock: DeviceClock, random: DeviceRandom): string {
	return v7({ msecs: clock.wallMs(), random: random.bytes(16) });
}

/** Fixes what happened and when; the result places it at the lane's end, seals and signs it. */
export function authorOperation(authorship: Authorship, statement: Statement, clock: DeviceClock): OperationAuthor {
	const { actor, grant, bootId, serverOffsetMs } = authorship;
	const occurredAt: OccurredAt = {
		wall: Temporal.Instant.fromEpochMilliseconds(Math.trunc(clock.wallMs())).toString(),
		monotonicMs: Math.max(0, Math.round(clock.monotonicMs() - authorship.startedMs)),
		bootId,
		serverOffsetMs,
	};
	const basis = { epoch: authorship.basis?.epoch ?? '', position: authorship.basis?.position ?? 0 };
	return (end) => signedAt(end, authorship, { ...statement, basis, actor, grant, occurredAt });
}

/** The same operation at the end of another lane: what it says, who did it and when stay as they were. */
export function authorAgain(lane: LaneAuthorship, operation: OperationEnvelope): OperationAuthor {
	const { opId, type, v, payload, basis, actor, grant, occurredAt } = operation;
	return (end) => signedAt(end, lane, { opId, type, v, payload, basis, actor, grant, occurredAt });
}

async function signedAt(
	end: LaneEnd,
	{ deviceId, laneId, key }: LaneAuthorship,
	content: Statement & Pick<OperationEnvelope, 'basis' | 'actor' | 'grant' | 'occurredAt'>,
): Promise<OperationEnvelope> {
	const place = { deviceId, laneId, seq: end.seq + 1, previousHash: end.hash, keyId: key.keyId };
	const sealed = sealOperation({ ...content, ...place });
	const signature = await key.sign(signedBytes(sealed.hash));
	return { ...sealed, signature: signature.toBase64({ alphabet: 'base64url', omitPadding: true }) };
}
