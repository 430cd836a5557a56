import { v7 } from 'uuid';
import { sealOperation } from '../domain/operation-hash.ts';
import type { Checkpoint } from '../protocol/messages.ts';
import type { Actor, OperationEnvelope } from '../schema/operation.ts';
import type { LaneEnd } from './journal.ts';
import type { DeviceClock, DeviceRandom } from './ports.ts';

export interface Authorship {
	readonly deviceId: string;
	readonly laneId: string;
	readonly actor: Actor;
	readonly grant: string | null;
	readonly basis: Checkpoint | null;
	readonly bootId: string;
	/** The device's monotonic clock when its core started. */
	readonly startedMs: number;
	readonly serverOffsetMs: number | null;
}

/** A new id: UUID version 7 (RFC 9562). */
export function newOperationId(clock: DeviceClock, random: DeviceRandom): string {
	return v7({ msecs: clock.wallMs(), random: random.bytes(16) });
}

/** Fixes what happened and when; the result places it at the lane's end and seals it. */
export function authorOperation(
	authorship: Authorship,
	statement: { readonly opId: string; readonly type: string; readonly v: number; readonly payload: unknown },
	clock: DeviceClock,
): (end: LaneEnd) => OperationEnvelope {
	const { deviceId, laneId, actor, grant, bootId, serverOffsetMs } = authorship;
	const occurredAt = {
		wall: Temporal.Instant.fromEpochMilliseconds(Math.trunc(clock.wallMs())).toString(),
		monotonicMs: Math.max(0, Math.round(clock.monotonicMs() - authorship.startedMs)),
		bootId,
		serverOffsetMs,
	};
	const basis = authorship.basis ?? { epoch: '', position: 0 };
	return (end) =>
		sealOperation({
			...statement,
			deviceId,
			laneId,
			seq: end.seq + 1,
			basis,
			actor,
			grant,
			occurredAt,
			previousHash: end.hash,
		});
}
