import type { DeviceStatus, JournaledOperation } from '../../../../shared/device/device-client.ts';
import { refusalReasons } from '../../../../shared/domain/decision.ts';
import { release } from '../../../../shared/protocol/release.ts';
import { exceptionKinds } from '../../../../shared/schema/exception-case.ts';
import { operationTypes } from '../../../../shared/schema/operation.ts';
import type { ConnectionChange } from '../../device/index.ts';
import { lostRecord, quarantineReasons } from '../../device/operation-fate.ts';

/** What only the browser or the shell can say about the machine. */
export interface MachineFacts {
	/** ISO 8601. */
	readonly writtenAt: string;
	readonly userAgent: string;
	readonly language: string;
	readonly timeZone: string;
	readonly isInShell: boolean;
	/** The app itself is on this device, so that it opens without the server. */
	readonly isAppKeptHere: boolean;
	readonly storedBytes: number | null;
	readonly storableBytes: number | null;
	readonly isStoragePersistent: boolean | null;
}

export interface SupportParts {
	readonly status: DeviceStatus;
	readonly operations: readonly JournaledOperation[];
	readonly connectionHistory: readonly ConnectionChange[];
	readonly machine: MachineFacts;
}

const types: readonly string[] = [...operationTypes, lostRecord];
const reasons: readonly string[] = [...refusalReasons, ...quarantineReasons];
const kinds: readonly string[] = exceptionKinds;
const storageProblems = ['storage_full', 'storage_unavailable', 'storage_failed'];

/** A word of ours, or only the news that there was another one: it could say anything. */
function ourWord(word: string, words: readonly string[]): string {
	return words.includes(word) ? word : 'another word';
}

/** A path would name the person whose folder it is in. */
function fileName(path: string): string {
	return path.split(/[\\/]/).at(-1) ?? '';
}

const instantOf = (atMs: number) => Temporal.Instant.fromEpochMilliseconds(Math.round(atMs)).toString();

/**
 * What somebody who helps needs to know of this device, with nothing about people in it: every field is named here, none is copied
 * as a whole. No payload, no actor, no name that a person gave.
 */
export function supportBundle({ status, operations, connectionHistory, machine }: SupportParts) {
	const { enrolled, connection, signedIn, streams, recovery, replay, clockWarning } = status;
	return {
		format: 'backstock-support-1',
		writtenAt: machine.writtenAt,
		release,
		device: { deviceId: enrolled?.deviceId ?? null, siteId: enrolled?.siteId ?? null },
		machine: {
			userAgent: machine.userAgent,
			language: machine.language,
			timeZone: machine.timeZone,
			isInShell: machine.isInShell,
			isAppKeptHere: machine.isAppKeptHere,
			storedBytes: machine.storedBytes,
			storableBytes: machine.storableBytes,
			isStoragePersistent: machine.isStoragePersistent,
		},
		status: {
			connection: connection.kind,
			cutOffSince: connection.kind === 'cut_off' ? instantOf(connection.sinceMs) : null,
			waiting: status.waiting,
			isSignedIn: signedIn !== null,
			isCheckedByCentral: signedIn?.checkedByCentral ?? null,
			serverOffsetMs: status.serverOffsetMs,
			server: status.server,
			replay: replay === null ? null : { done: replay.done, total: replay.total },
			clockWarning: clockWarning === null ? null : { kind: clockWarning.kind, offMs: clockWarning.offMs },
			replicaGeneration: status.replicaGeneration,
			replicaProblem: status.replicaProblem,
			isRebuilding: status.rebuilding,
			storageProblem: status.storageProblem === null ? null : ourWord(status.storageProblem, storageProblems),
		},
		streams: { site: progressOf(streams.site), shared: progressOf(streams.shared) },
		recovery: recovery.map(({ file, what, bytes, copiedTo }) => ({
			file: fileName(file),
			what,
			bytes,
			copiedTo: fileName(copiedTo),
		})),
		connectionHistory: connectionHistory.map(({ atMs, kind, waiting }) => ({ at: instantOf(atMs), kind, waiting })),
		operations: operations.map(operationLine),
	};
}

function progressOf(progress: DeviceStatus['streams']['site']) {
	if (progress === null) return null;
	return { epoch: progress.epoch, position: progress.position, head: progress.head };
}

function operationLine({ operation, state, outcome }: JournaledOperation) {
	const { opId, laneId, seq, type, v, basis, occurredAt, previousHash, keyId, hash, signature } = operation;
	return {
		opId,
		laneId,
		seq,
		type: ourWord(type, types),
		v,
		state,
		outcome: outcome?.outcome ?? null,
		reason: outcome?.reason === undefined ? null : ourWord(outcome.reason, reasons),
		exceptions: outcome?.exceptions.map((kind) => ourWord(kind, kinds)) ?? [],
		position: outcome?.position ?? null,
		basis: { epoch: basis.epoch, position: basis.position },
		occurredAt: {
			wall: occurredAt.wall,
			monotonicMs: occurredAt.monotonicMs,
			bootId: occurredAt.bootId,
			serverOffsetMs: occurredAt.serverOffsetMs,
		},
		previousHash,
		hash,
		keyId: keyId ?? null,
		isSigned: signature !== undefined,
	};
}
