import type { FeedDocument, FeedPage, OperationOutcome } from '../../protocol/messages.ts';
import type { StreamName } from '../../schema/documents.ts';
import type { OperationEnvelope } from '../../schema/operation.ts';
import type { AbortSignalLike, Central, CentralAnswer, CentralFailure } from '../ports.ts';

export interface MemoryCentral extends Central {
	/** Operations as they were taken in, each once. */
	readonly taken: readonly OperationEnvelope[];
	/** Operations as they arrived, with those that came again. */
	readonly arrived: readonly OperationEnvelope[];
	/** What the next calls meet instead of an answer; `answer_lost` does the work and loses its answer. */
	fail(...faults: readonly (CentralFailure | 'answer_lost')[]): void;
	/** A failure for all calls until it is taken back with null. */
	failAlways(failure: CentralFailure | null): void;
	publish(stream: StreamName, ...documents: readonly Omit<FeedDocument, 'position'>[]): void;
	/** Begins a new epoch in which only the first operations are known, as after a restore from a backup. */
	restore(operations: number, epoch: string): void;
	/** From now on a stream's pages claim to end here. */
	pretendPosition(position: number | null): void;
	judge(outcome: (operation: OperationEnvelope) => Partial<OperationOutcome>): void;
	/** An order of another site that may be asked for. */
	hold(number: string, order: { readonly id: string }): void;
	readonly credential: string | null;
}

/** Central in memory, for tests of the device: as strict about a lane's order as the real one. */
export function memoryCentral(
	options: { readonly pins?: Readonly<Record<string, string>>; readonly pageSize?: number } = {},
): MemoryCentral {
	let taken: OperationEnvelope[] = [];
	const arrived: OperationEnvelope[] = [];
	const outcomes = new Map<string, OperationOutcome>();
	const faults: (CentralFailure | 'answer_lost')[] = [];
	let always: CentralFailure | null = null;
	let epoch = 'e1';
	let pretended: number | null = null;
	let credential: string | null = null;
	let judged: (operation: OperationEnvelope) => Partial<OperationOutcome> = () => ({});
	let streams: Record<StreamName, FeedDocument[]> = { site: [], shared: [] };
	const elsewhere = new Map<string, { readonly id: string }>();
	const wakers = new Set<() => void>();
	const serverTime = '2026-11-22T18:00:00Z';

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

	function take(operation: OperationEnvelope): void {
		arrived.push(operation);
		if (operation.seq <= taken.length) return;
		taken.push(operation);
		const body = { id: `fo-${operation.seq}`, from: operation.opId };
		publish('site', { collection: 'work', id: body.id, deleted: false, body });
		const outcome = { opId: operation.opId, seq: operation.seq, outcome: 'applied' as const, exceptions: [] };
		outcomes.set(operation.opId, { ...outcome, position: headOf('site'), ...judged(operation) });
	}

	return {
		get taken() {
			return taken;
		},
		arrived,
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
			streams = { site: streams.site.slice(0, operations), shared: streams.shared };
			epoch = newEpoch;
		},
		pretendPosition: (position) => {
			pretended = position;
		},
		judge: (outcome) => {
			judged = outcome;
		},
		hold: (number, order) => void elsewhere.set(number, order),
		setCredential: (value) => {
			credential = value;
		},
		enroll: ({ code, deviceId }) =>
			answer(() => {
				if (code !== 'GOOD-CODE') {
					return { ok: false, failure: { kind: 'refused', error: 'wrong_code', message: 'no such code' } };
				}
				return {
					ok: true,
					value: {
						deviceId: deviceId ?? 'device-1',
						laneId: 'lane-1',
						siteId: 'site-1',
						siteName: 'Leeds',
						credential: 'a credential of more than twenty characters',
						credentialExpiresAt: '2027-11-22T18:00:00Z',
						lastSeq: taken.length,
						lastHash: taken.at(-1)?.hash ?? '',
						associates: [],
						serverTime,
					},
				};
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
						serverTime,
					},
				};
			}),
		push: (operations) =>
			answer(() => {
				for (const operation of operations) {
					if (operation.seq > taken.length + 1) {
						const failure = { kind: 'gap' as const, expectedSeq: taken.length + 1, message: 'gap' };
						return { ok: false, failure };
					}
					if ((taken[operation.seq - 1]?.hash ?? operation.hash) !== operation.hash) {
						return { ok: false, failure: { kind: 'lane_frozen', message: 'another hash' } };
					}
					take(operation);
				}
				return {
					ok: true,
					value: { outcomes: operations.flatMap(({ opId }) => outcomes.get(opId) ?? []), serverTime },
				};
			}),
		pull: (stream, checkpoint, limit) =>
			answer(() => {
				const resync = checkpoint !== null && checkpoint.epoch !== epoch;
				const after = checkpoint === null || resync ? 0 : checkpoint.position;
				const size = Math.min(limit, options.pageSize ?? limit);
				const documents = resync ? [] : streams[stream].filter(({ position }) => position > after).slice(0, size);
				const position = pretended ?? documents.at(-1)?.position ?? after;
				const page: FeedPage = { stream, epoch, documents, position, head: headOf(stream), resync, serverTime };
				return { ok: true, value: page };
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
