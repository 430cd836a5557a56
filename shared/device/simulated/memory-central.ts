import { keyIdOf } from '../../domain/device-key.ts';
import { lostHashOf } from '../../domain/lost-record.ts';
import type { FeedDocument, FeedPage, OperationOutcome } from '../../protocol/messages.ts';
import type { AnswerOf, QuestionKind, QuestionOf } from '../../protocol/questions.ts';
import { release } from '../../protocol/release.ts';
import type { StreamName } from '../../schema/documents.ts';
import type { OperationEnvelope } from '../../schema/operation.ts';
import type { AbortSignalLike, Central, CentralAnswer, CentralFailure } from '../ports.ts';
import { DigestSum } from '../stream-digest.ts';

export interface MemoryCentral extends Central {
	/** Operations as they were taken in, each once; a place that repeats one of another lane is not here. */
	readonly taken: readonly OperationEnvelope[];
	/** Operations as they arrived, with those that came again. */
	readonly arrived: readonly OperationEnvelope[];
	/** What the next calls meet instead of an answer; `answer_lost` does the work and loses its answer. */
	fail(...faults: readonly (CentralFailure | 'answer_lost')[]): void;
	/** A failure for all calls until it is taken back with null. */
	failAlways(failure: CentralFailure | null): void;
	publish(stream: StreamName, ...documents: readonly Omit<FeedDocument, 'position'>[]): void;
	/** Begins a new epoch in which only the first operations are known, and no key, as after a restore from a backup. */
	restore(operations: number, epoch: string): void;
	/** From now on a stream's pages claim to end here. */
	pretendPosition(position: number | null): void;
	judge(outcome: (operation: OperationEnvelope) => Partial<OperationOutcome>): void;
	/** Freezes the lane that was given out last: who enrolls again gets another device id and another lane. */
	freezeLane(): void;
	/** The keys that were made known, in order. */
	readonly keyIds: readonly string[];
	/** An order of another site that may be asked for. */
	hold(number: string, order: { readonly id: string }): void;
	/** Questions as they were asked. */
	readonly asked: readonly { readonly kind: string; readonly question: unknown; readonly grant: string | null }[];
	readonly credential: string | null;
}

export interface MemoryCentralOptions {
	readonly pins?: Readonly<Record<string, string>>;
	readonly pageSize?: number;
	/** What time it says it is; without it, always the same. */
	readonly serverTime?: () => string;
	/** How far its clock runs behind the real time, by its own word. */
	readonly clockShiftMs?: number;
}

interface MemoryLane {
	readonly laneId: string;
	/** Null until a device enrolls with it. */
	deviceId: string | null;
	operations: OperationEnvelope[];
	isFrozen: boolean;
}

/** Central in memory, for tests of the device: as strict about a lane's order as the real one. */
export function memoryCentral(options: MemoryCentralOptions = {}): MemoryCentral {
	let taken: OperationEnvelope[] = [];
	const arrived: OperationEnvelope[] = [];
	const outcomes = new Map<string, OperationOutcome>();
	const lanes: MemoryLane[] = [{ laneId: 'lane-1', deviceId: null, operations: [], isFrozen: false }];
	const keyIds: string[] = [];
	const asked: { kind: string; question: unknown; grant: string | null }[] = [];
	const faults: (CentralFailure | 'answer_lost')[] = [];
	let always: CentralFailure | null = null;
	let epoch = 'e1';
	let pretended: number | null = null;
	let credential: string | null = null;
	let judged: (operation: OperationEnvelope) => Partial<OperationOutcome> = () => ({});
	let streams: Record<StreamName, FeedDocument[]> = { site: [], shared: [] };
	const elsewhere = new Map<string, { readonly id: string }>();
	const wakers = new Set<() => void>();
	const now = options.serverTime ?? (() => '2026-11-22T18:00:00Z');

	const headOf = (stream: StreamName): number => streams[stream].at(-1)?.position ?? 0;
	const publish: MemoryCentral['publish'] = (stream, ...documents) => {
		for (const document of documents) streams[stream].push({ ...document, position: headOf(stream) + 1 });
		for (const wake of wakers) wake();
	};

	async function answer<T>(work: () => CentralAnswer<T>): Promise<CentralAnswer<T>> {
		await Promise.resolve();
		const fault = faults.shift() ?? always;
		if (fault === null) return work();
		if (fault !== 'answer_lost') return { ok: false, failure: fault };
		work();
		return { ok: false, failure: { kind: 'unreachable', message: 'the answer was lost' } };
	}

	function laneOf(wanted: (lane: MemoryLane) => boolean): MemoryLane {
		const known = lanes.findLast(wanted);
		if (known !== undefined) return known;
		const lane = { laneId: `lane-${lanes.length + 1}`, deviceId: null, operations: [], isFrozen: false };
		lanes.push(lane);
		return lane;
	}

	function enrolledLane(deviceId: string): MemoryLane {
		const lane = laneOf((each) => !each.isFrozen && (each.deviceId ?? deviceId) === deviceId);
		const isOfFrozen = lanes.some((each) => each.isFrozen && each.deviceId === deviceId);
		lane.deviceId ??= isOfFrozen ? `device-of-${lane.laneId}` : deviceId;
		return lane;
	}

	function outcomeAt({ opId, seq }: OperationEnvelope): readonly OperationOutcome[] {
		const outcome = outcomes.get(opId);
		return outcome === undefined ? [] : [{ ...outcome, seq }];
	}

	function take(operation: OperationEnvelope, lane: MemoryLane): void {
		arrived.push(operation);
		if (operation.seq <= lane.operations.length) return;
		lane.operations.push(operation);
		if (outcomes.has(operation.opId)) return;
		taken.push(operation);
		const body = { id: `fo-${operation.seq}`, from: operation.opId };
		publish('site', { collection: 'work', id: body.id, deleted: false, body });
		const isSigned = operation.signature !== undefined && keyIds.includes(operation.keyId ?? '');
		const outcome = {
			opId: operation.opId,
			seq: operation.seq,
			outcome: 'applied' as const,
			exceptions: [],
			position: headOf('site'),
			...judged(operation),
		};
		const unsigned = { ...outcome, outcome: 'quarantined' as const, reason: 'signature_mismatch' };
		outcomes.set(operation.opId, keyIds.length === 0 || isSigned ? outcome : unsigned);
	}

	/** It names the operation before it, or the lost one whose place that fills. */
	function followsLane({ seq, previousHash }: OperationEnvelope, lane: MemoryLane): boolean {
		const before = lane.operations[seq - 2];
		return previousHash === (before?.hash ?? '') || previousHash === lostHashOf(before);
	}

	function ownSeqAt(position: number): number {
		const isPast = ({ opId }: OperationEnvelope) => (outcomes.get(opId)?.position ?? 0) > position;
		const lane = lanes.at(-1)?.operations ?? [];
		return (lane.find(isPast)?.seq ?? lane.length + 1) - 1;
	}

	return {
		get taken() {
			return taken;
		},
		arrived,
		asked,
		get credential() {
			return credential;
		},
		fail: (...next) => void faults.push(...next),
		failAlways: (failure) => {
			always = failure;
			for (const wake of wakers) wake();
		},
		publish,
		restore: (operations, newEpoch) => {
			taken = taken.slice(0, operations);
			const known = new Set(taken.map(({ opId }) => opId));
			for (const opId of outcomes.keys()) if (!known.has(opId)) outcomes.delete(opId);
			for (const lane of lanes) lane.operations = lane.operations.filter(({ opId }) => known.has(opId));
			streams = { site: streams.site.slice(0, operations), shared: streams.shared };
			keyIds.length = 0;
			epoch = newEpoch;
		},
		pretendPosition: (position) => {
			pretended = position;
		},
		judge: (outcome) => {
			judged = outcome;
		},
		freezeLane: () => {
			const lane = lanes.at(-1);
			if (lane !== undefined) lane.isFrozen = true;
		},
		keyIds,
		hold: (number, order) => void elsewhere.set(number, order),
		setCredential: (value) => {
			credential = value;
		},
		enroll: ({ code, deviceId, publicKey }) =>
			answer(() => {
				if (code !== 'GOOD-CODE') {
					return { ok: false, failure: { kind: 'refused', error: 'wrong_code', message: 'no such code' } };
				}
				if (publicKey !== undefined) keyIds.push(keyIdOf(publicKey));
				const lane = enrolledLane(deviceId ?? 'device-1');
				return {
					ok: true,
					value: {
						deviceId: lane.deviceId ?? 'device-1',
						laneId: lane.laneId,
						siteId: 'site-1',
						siteName: 'Leeds',
						credential: 'a credential of more than twenty characters',
						credentialExpiresAt: '2027-11-22T18:00:00Z',
						lastSeq: lane.operations.length,
						lastHash: lane.operations.at(-1)?.hash ?? '',
						associates: [],
						serverTime: now(),
					},
				};
			}),
		registerKey: ({ publicKey }) =>
			answer(() => {
				const keyId = keyIdOf(publicKey);
				keyIds.push(keyId);
				return { ok: true, value: { keyId, serverTime: now() } };
			}),
		signIn: ({ associateId, pin }) =>
			answer(() => {
				if (options.pins?.[associateId] !== pin) {
					return {
						ok: false,
						failure: { kind: 'refused', error: 'wrong_pin', message: 'wrong', attemptsLeft: 4 },
					};
				}
				return {
					ok: true,
					value: {
						associate: { id: associateId, name: 'Ada', roles: ['associate'], siteId: 'site-1' },
						grant: `grant of ${associateId}`,
						grantExpiresAt: '2026-11-29T18:00:00Z',
						serverTime: now(),
					},
				};
			}),
		push: (operations) =>
			answer(() => {
				for (const operation of operations) {
					const lane = laneOf(({ laneId }) => laneId === operation.laneId);
					const next = lane.operations.length + 1;
					if (operation.seq > next) {
						return { ok: false, failure: { kind: 'gap', expectedSeq: next, message: 'gap' } };
					}
					const held = lane.operations[operation.seq - 1]?.hash ?? operation.hash;
					if (lane.isFrozen || held !== operation.hash || !followsLane(operation, lane)) {
						lane.isFrozen = true;
						return { ok: false, failure: { kind: 'lane_frozen', message: 'another hash' } };
					}
					take(operation, lane);
				}
				return { ok: true, value: { outcomes: operations.flatMap(outcomeAt), serverTime: now(), release } };
			}),
		pull: (stream, checkpoint, limit) =>
			answer(() => {
				const resync = checkpoint !== null && checkpoint.epoch !== epoch;
				const after = checkpoint === null || resync ? 0 : checkpoint.position;
				const size = Math.min(limit, options.pageSize ?? limit);
				const documents = resync ? [] : streams[stream].filter(({ position }) => position > after).slice(0, size);
				const position = pretended ?? documents.at(-1)?.position ?? after;
				const page: FeedPage = {
					stream,
					epoch,
					documents,
					position,
					head: headOf(stream),
					resync,
					serverTime: now(),
					release,
					...(options.clockShiftMs === undefined ? {} : { clockShiftMs: options.clockShiftMs }),
				};
				return { ok: true, value: stream === 'site' ? { ...page, ownSeq: ownSeqAt(position) } : page };
			}),
		digest: (stream) =>
			answer(() => {
				const sum = new DigestSum();
				const latest = new Map(streams[stream].map((each) => [`${each.collection}/${each.id}`, each]));
				for (const { collection, id, position, deleted } of latest.values())
					if (!deleted) sum.add(collection, id, position);
				return { ok: true, value: { stream, epoch, position: headOf(stream), collections: sum.collections() } };
			}),
		bringOrder: (number) =>
			answer(() => {
				const order = elsewhere.get(number);
				if (order === undefined) {
					return { ok: false, failure: { kind: 'refused', error: 'unknown_order', message: 'no such order' } };
				}
				const isHere = ({ id }: FeedDocument) => id === order.id;
				if (!streams.site.some(isHere)) {
					publish('site', { collection: 'orders', id: order.id, deleted: false, body: order });
				}
				const position = streams.site.find(isHere)?.position ?? 0;
				return { ok: true, value: { orderId: order.id, position } };
			}),
		ask: <K extends QuestionKind>(kind: K, question: QuestionOf<K>, grant: string | null) =>
			answer<AnswerOf<K>>(() => {
				asked.push({ kind, question, grant });
				const nothing: unknown = { asOf: now(), availability: [], unknownSkus: [] };
				return { ok: true, value: nothing as AnswerOf<K> };
			}),
		listen: (onWake, signal: AbortSignalLike) =>
			new Promise((resolve) => {
				if (always !== null) return resolve(always);
				const end = () => {
					wakers.delete(wake);
					resolve(always ?? { kind: 'unreachable', message: 'ended' });
				};
				const wake = () => {
					if (always !== null) end();
					else onWake({ site: headOf('site'), shared: headOf('shared') });
				};
				wakers.add(wake);
				signal.addEventListener('abort', end);
			}),
	};
}
