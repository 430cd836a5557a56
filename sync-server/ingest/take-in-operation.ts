import type { Kysely, Transaction } from 'kysely';
import { statementOf } from '../../shared/domain/read-operation.ts';
import { operationKinds } from '../../shared/schema/operation.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import { judgeSignature } from '../central/devices/device-key.ts';
import type { RightsWatch } from '../central/rights/watch-rights.ts';
import type { FindPlace } from '../central/routing/place-of-address.ts';
import { rerouteShortages } from '../central/routing/reroute-shortage.ts';
import type { Clock } from '../clock.ts';
import { ensureStreams } from '../database/documents.ts';
import type { Tables } from '../database/tables.ts';
import { inTransaction, isDatabaseAway, sqlState } from '../database/transaction.ts';
import { centralRefusal } from './central-refusal.ts';
import { applyOperation, type Finished, quarantineOperation, refuseOperation } from './finish-operation.ts';
import { followsLostRecord } from './follows-lost-record.ts';
import { freezeLane, keepConflicting } from './freeze-lane.ts';
import { type Incoming, type Reading, readIncoming } from './incoming.ts';
import { type Judgment, judgeOperation } from './judge-operation.ts';
import { isKnownOperation, type LockedLane, lockLane, operationAt, storedOutcome } from './lock-lane.ts';
import { noticeGap } from './notice-gap.ts';
import { type OperationFrame, storableText } from './read-frame.ts';
import { repeatOperation } from './repeat-operation.ts';
import { retryOperation } from './retry-operation.ts';
import { MissingStream } from './store-operation.ts';
import type { TakenIn } from './taken-in.ts';

export interface Ingest extends Reading {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	/** Where customers are, for what must go out from another site. */
	readonly findPlace?: FindPlace;
	/** Is told where what may be promised has changed. */
	readonly rights?: Pick<RightsWatch, 'touched' | 'enrolled'>;
	readonly log?: (line: string) => void;
}

type AppliedJudgment = Extract<Judgment, { outcome: 'applied' }>;

const uniqueViolation = '23505';
const attempts = 4;

/**
 * Takes one operation of a device in, exactly once: in one transaction that holds the lane. A retry gets the stored result.
 * @throws when the database is away; then nothing of the operation is stored
 */
export async function takeInOperation(ingest: Ingest, device: Device, frame: OperationFrame): Promise<TakenIn> {
	const incoming = { ...readIncoming(ingest, device, frame), findPlace: ingest.findPlace };
	let take: TakeInLane = (...taken) => finishInLane(ingest, ...taken);
	for (let attempt = 1; ; attempt += 1) {
		try {
			const taken = await inTransaction(ingest.db, (transaction) => takeIn(transaction, device, incoming, take));
			// After the commit: it locks other orders, and what a crash leaves undone the watch over shortages does.
			if (taken.kind === 'outcome') {
				await rerouteShortages(ingest, taken.shortages ?? []);
				ingest.rights?.touched(taken.promisable ?? []);
			}
			return taken;
		} catch (error) {
			if (attempt === attempts || isDatabaseAway(error)) throw error;
			if (error instanceof MissingStream) await ensureStreams(ingest.db, error.streamIds);
			// Somebody stored the same operation or return at the same time, or another lane had before: now it can be seen.
			else if (sqlState(error) !== uniqueViolation) take = (...taken) => keepUnjudged(ingest, error, ...taken);
			else if (await isForeignId(ingest, device, frame)) take = repeatOperation;
		}
	}
}

type TakeInLane = typeof repeatOperation;

/** A fault of ours must not stand in the way of what the device did after it: a person is told, and it can be judged again. */
async function keepUnjudged(
	{ log }: Ingest,
	fault: unknown,
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	lane: LockedLane,
): Promise<TakenIn> {
	const { frame, isSound } = incoming;
	const signed = isSound && judgeSignature(frame, lane) === 'signed';
	const outcome = await quarantineOperation(
		transaction,
		device,
		{ ...incoming, signed, isKept: false },
		'central_fault',
	);
	log?.(
		`Operation ${frame.opId} could not be judged and was set aside: ${fault instanceof Error ? fault.stack : fault}`,
	);
	return {
		kind: 'outcome',
		outcome,
		isNew: true,
		type: storableText((frame as { readonly type?: unknown }).type, 200),
	};
}

async function isForeignId(ingest: Ingest, device: Device, frame: OperationFrame): Promise<boolean> {
	return inTransaction(ingest.db, async (transaction) => {
		const inPlace = await operationAt(transaction, device.laneId, frame.seq);
		return inPlace === undefined && (await isKnownOperation(transaction, frame.opId));
	});
}

async function takeIn(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	take: TakeInLane,
): Promise<TakenIn> {
	const { read } = incoming;
	const lane = await lockLane(transaction, device.laneId, read.ok ? read.touched : {});
	const placed = await placeInLane(transaction, device, incoming, lane);
	return placed === 'next' ? take(transaction, device, incoming, lane) : placed;
}

async function placeInLane(
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	lane: LockedLane,
): Promise<TakenIn | 'next'> {
	const { frame } = incoming;
	if (frame.seq <= lane.last_seq) {
		const stored = await operationAt(transaction, device.laneId, frame.seq);
		if (stored?.hash === frame.hash && stored.op_id === frame.opId) {
			return { kind: 'outcome', outcome: storedOutcome(stored), isNew: false, type: '' };
		}
	}
	if (lane.frozen_reason !== null) {
		await keepConflicting(transaction, device, incoming);
		return { kind: 'lane_frozen', reason: lane.frozen_reason };
	}
	if (frame.seq <= lane.last_seq) {
		const reason = `its operation ${frame.seq} is not the one that came before`;
		return freezeLane(transaction, device, incoming, reason);
	}
	if (frame.seq > lane.last_seq + 1) return noticeGap(transaction, device, incoming, lane);
	if (frame.previousHash !== lane.last_hash && !(await followsLostRecord(transaction, frame))) {
		const reason = `its operation ${frame.seq} follows another history than the one that came before`;
		return freezeLane(transaction, device, incoming, reason);
	}
	return 'next';
}

async function finishInLane(
	ingest: Ingest,
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	lane: LockedLane,
): Promise<TakenIn> {
	const { frame, read } = incoming;
	const { shortages = [], promisable = [], ...outcome } = await finish(ingest, transaction, device, incoming, lane);
	const { type } = frame as { readonly type?: unknown };
	return {
		kind: 'outcome',
		outcome,
		isNew: true,
		type: read.ok ? read.operation.type : storableText(type, 200),
		shortages,
		promisable,
	};
}

async function finish(
	ingest: Ingest,
	transaction: Transaction<Tables>,
	device: Device,
	incoming: Incoming,
	lane: LockedLane,
): Promise<Finished> {
	const { frame, read, isSound } = incoming;
	const signature = isSound ? judgeSignature(frame, lane) : 'unsigned';
	const verified = { ...incoming, signed: signature === 'signed', isKept: false };
	// Who may have written it comes before what it says.
	if (signature === 'mismatch') return quarantineOperation(transaction, device, verified, 'signature_mismatch');
	if (!read.ok) return quarantineOperation(transaction, device, verified, read.reason);
	const statement = { ...statementOf(read.operation), at: read.at };
	const judgment = judgeOperation(statement, device, lane, read.grant);
	if (judgment.outcome === 'quarantined') {
		return quarantineOperation(transaction, device, verified, judgment.reason);
	}
	if (judgment.outcome === 'refused') return refuseOperation(transaction, device, verified, judgment.reason);
	const { operation } = read;
	const declined = await centralRefusal(transaction, operation, judgment, incoming.receivedAt);
	if (declined !== null && operationKinds[operation.type].nature === 'fact')
		return quarantineOperation(transaction, device, verified, declined);
	if (declined !== null) return refuseOperation(transaction, device, verified, declined);
	if (operation.type !== 'retry_operation') {
		return applyOperation(transaction, device, verified, { operation, statement, lane, applied: judgment });
	}
	const retried = await retryOperation(transaction, ingest, device, operation.payload.operationId);
	if (!retried.ok) return refuseOperation(transaction, device, verified, retried.reason);
	const applied = withExceptionClosed(judgment, operation.actor.name);
	const finished = await applyOperation(transaction, device, verified, { operation, statement, lane, applied });
	const both = <K extends 'shortages' | 'promisable'>(name: K) => [
		...(retried.finished?.[name] ?? []),
		...(finished[name] ?? []),
	];
	return { ...finished, shortages: both('shortages'), promisable: both('promisable') };
}

/** The operation that needed a person is applied by now. */
function withExceptionClosed(judgment: AppliedJudgment, resolvedBy: string): AppliedJudgment {
	const { exceptionCase } = judgment.subject;
	if (exceptionCase === undefined) return judgment;
	const closed = { ...exceptionCase, state: 'resolved', resolvedBy, appliedLater: true } as const;
	return { ...judgment, subject: { ...judgment.subject, exceptionCase: closed } };
}
