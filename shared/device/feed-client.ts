import { type Checkpoint, type FeedPage, maxDocumentsPerPage } from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import type { StreamProgress } from './device-client.ts';
import { backoffMs, Pause } from './pause.ts';
import type {
	AbortSignalLike,
	Central,
	CentralAnswer,
	CentralFailure,
	DeviceClock,
	DeviceRandom,
	Replica,
	StoredCheckpoint,
	StoredPage,
} from './ports.ts';
import type { FedGeneration, ReplicaGenerations } from './replica-generations.ts';
import { isSameDigest } from './stream-digest.ts';

export interface FeedParts {
	readonly generations: ReplicaGenerations;
	readonly replica: Replica;
	readonly central: Central;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	readonly stop: AbortSignalLike;
	readonly laneId: string;
	/** Central gave a page, or why there was none. */
	readonly heard: (stream: StreamName, failure: CentralFailure | null, page: FeedPage | null) => void;
	/** For a page that doesn't say which of the lane's operations it holds, as older servers don't. */
	readonly ownSeqOf: (page: FeedPage, before: number) => number;
	readonly stored: (generation: FedGeneration, page: StoredPage) => void;
	/** How far the stream is stored; called in the same turn as `stored`, after it. */
	readonly progressed: (generation: FedGeneration, stream: StreamName, progress: StreamProgress | null) => void;
}

/** Events may be lost, so central is asked this often in any case. */
const pollMs = 30_000;
/** The app's start has better things to do than to add up its replica. */
const firstComparisonMs = 60_000;
const dailyMs = 24 * 60 * 60_000;

/**
 * Follows the two streams of a device: pages in order, each stored before the next. While one is being stored the next is
 * on its way, never more: a first load is as quick as its slower half, and nothing piles up.
 */
export class FeedClient {
	readonly #parts: FeedParts;
	readonly #streams: readonly StreamFollower[];
	readonly #listenPause: Pause;

	constructor(parts: FeedParts) {
		this.#parts = parts;
		this.#streams = [new StreamFollower('site', parts), new StreamFollower('shared', parts)];
		this.#listenPause = new Pause(parts.clock, parts.stop);
		parts.generations.follow(() => this.wakeStreams());
	}

	wake(): void {
		this.wakeStreams();
		this.#listenPause.wake();
	}

	wakeStreams(): void {
		for (const stream of this.#streams) stream.wake();
	}

	/** Runs until it is stopped. */
	async run(): Promise<void> {
		await Promise.all([...this.#streams.map((stream) => stream.run()), this.#listen()]);
	}

	async #listen(): Promise<void> {
		const { central, stop, random } = this.#parts;
		let failures = 0;
		while (!stop.aborted) {
			const failure = await central.listen((event) => {
				failures = 0;
				for (const stream of this.#streams) stream.reaches(event[stream.name]);
			}, stop);
			failures += 1;
			// The connection is gone: the next page tells whether central is.
			if (failures === 1) this.wakeStreams();
			await this.#listenPause.wait(failure.kind === 'credential' ? pollMs : backoffMs(failures, random));
		}
	}
}

class StreamFollower {
	readonly name: StreamName;
	readonly #parts: FeedParts;
	readonly #pause: Pause;
	#generation: FedGeneration | null = null;
	#failures = 0;
	#compareAtMs: number;
	/** The page after the one that is being stored, already asked for. */
	#ahead: { readonly after: Checkpoint; readonly answer: Promise<CentralAnswer<FeedPage>> } | null = null;

	constructor(name: StreamName, parts: FeedParts) {
		this.name = name;
		this.#parts = parts;
		this.#pause = new Pause(parts.clock, parts.stop);
		this.#compareAtMs = parts.clock.monotonicMs() + firstComparisonMs;
	}

	wake(): void {
		this.#pause.wake();
	}

	/** Central says that the stream reaches to here. */
	reaches(head: number): void {
		const checkpoint = this.#generation?.checkpoints[this.name] ?? null;
		if (checkpoint === null || head !== checkpoint.position) this.wake();
	}

	async run(): Promise<void> {
		while (!this.#parts.stop.aborted) {
			const wait = await this.#step().catch((error: unknown) => {
				// The replica could not be read or written: what is in it is asked anew.
				this.#parts.generations.forget();
				return this.#failed({ kind: 'unavailable', message: `replica: ${String(error)}` });
			});
			await this.#pause.wait(wait);
		}
	}

	/** Fetches and stores one page; gives the milliseconds to wait before the next. */
	async #step(): Promise<number> {
		const { generations, heard, progressed } = this.#parts;
		const generation = await this.#fedGeneration();
		const before = generation.checkpoints[this.name];
		const answer = await this.#pull(before);
		if (!answer.ok) return this.#failed(answer.failure);
		// Meanwhile the other stream may have begun to fill another generation.
		if (!generations.isFed(generation)) return 0;
		const page = answer.value;
		if (page.stream !== this.name) return this.#failed(unsound('a page of another stream'));
		if (page.resync || (before !== null && page.epoch !== before.epoch)) {
			// Without a checkpoint nothing can be out of step: asking again at once would never end.
			if (before === null) return this.#failed(unsound('a resync without a checkpoint'));
			await generations.beginAnew(generation, null);
			return 0;
		}
		const reached = this.#checkpointAfter(page, before);
		if (before !== null && page.position < before.position) {
			return this.#failed(unsound(`the stream went back from ${before.position} to ${page.position}`));
		}
		if (before?.laneId === reached.laneId && reached.ownSeq < before.ownSeq) {
			return this.#failed(unsound(`the lane went back from ${before.ownSeq} to ${reached.ownSeq}`));
		}
		if (page.documents.length > 0 || !isSamePlace(before, reached)) await this.#store(generation, page, reached);
		const progress = { epoch: page.epoch, position: page.position, head: Math.max(page.head, page.position) };
		generation.progress[this.name] = progress;
		const isBehind = page.position < page.head && page.position > (before?.position ?? 0);
		// First: who hears that all is here must find it shown.
		if (!isBehind && !generation.isShown) await generations.reachedHead(generation);
		progressed(generation, this.name, progress);
		this.#failures = 0;
		heard(this.name, null, page);
		if (isBehind) return 0;
		return this.#compare(generation);
	}

	async #fedGeneration(): Promise<FedGeneration> {
		const generation = await this.#parts.generations.fed();
		if (generation === this.#generation) return generation;
		this.#generation = generation;
		this.#ahead = null;
		const checkpoint = generation.checkpoints[this.name];
		const { epoch = '', position = 0 } = checkpoint ?? {};
		this.#parts.progressed(generation, this.name, checkpoint && { epoch, position, head: position });
		return generation;
	}

	async #store(generation: FedGeneration, page: FeedPage, reached: StoredCheckpoint): Promise<void> {
		const { replica, stored } = this.#parts;
		if (page.position < page.head) this.#ahead = { after: reached, answer: this.#ask(reached) };
		const { laneId, ownSeq, horizon } = reached;
		const whole = { ...page, laneId, ownSeq, ...(horizon === undefined ? {} : { horizon }) };
		await replica.store(generation.number, whole);
		generation.checkpoints[this.name] = reached;
		stored(generation, whole);
	}

	#checkpointAfter(page: FeedPage, before: StoredCheckpoint | null): StoredCheckpoint {
		const { laneId, ownSeqOf } = this.#parts;
		const { epoch, position } = page;
		const known = before?.laneId === laneId ? before.ownSeq : 0;
		const ownSeq = page.ownSeq ?? (this.name === 'site' ? ownSeqOf(page, known) : 0);
		// The horizon of the page with which the load began goes with the checkpoint to its end.
		const horizon = before === null ? page.horizon : before.horizon;
		return { epoch, position, laneId, ownSeq, ...(horizon === undefined ? {} : { horizon }) };
	}

	/** Once after a start and once a day: whether the stored documents add up to what central has. */
	async #compare(generation: FedGeneration): Promise<number> {
		const { central, clock, replica, generations } = this.#parts;
		const wait = this.#compareAtMs - clock.monotonicMs();
		if (!generation.isShown || wait > 0) return Math.min(pollMs, wait > 0 ? wait : pollMs);
		const answer = await central.digest(this.name);
		const at = generation.checkpoints[this.name];
		if (answer.ok && at?.epoch === answer.value.epoch && at.position === answer.value.position) {
			this.#compareAtMs = clock.monotonicMs() + dailyMs;
			const own = await replica.digest(generation.number, this.name);
			if (!isSameDigest(own, answer.value.collections)) await generations.beginAnew(generation, 'differs');
			return 0;
		}
		// An older server knows no digests; one that moved on meanwhile is asked again with the next page.
		if (!answer.ok && answer.failure.kind === 'refused') this.#compareAtMs = clock.monotonicMs() + dailyMs;
		return pollMs;
	}

	#ask(after: Checkpoint | null): Promise<CentralAnswer<FeedPage>> {
		return this.#parts.central.pull(this.name, after, maxDocumentsPerPage);
	}

	#pull(after: Checkpoint | null): Promise<CentralAnswer<FeedPage>> {
		const ahead = this.#ahead;
		this.#ahead = null;
		return ahead !== null && ahead.after === after ? ahead.answer : this.#ask(after);
	}

	#failed(failure: CentralFailure): number {
		this.#failures += 1;
		this.#parts.heard(this.name, failure, null);
		const needsAPerson = failure.kind === 'credential' || failure.kind === 'outdated';
		return needsAPerson ? pollMs * 20 : backoffMs(this.#failures, this.#parts.random);
	}
}

function isSamePlace(before: StoredCheckpoint | null, after: StoredCheckpoint): boolean {
	if (before === null) return false;
	return before.position === after.position && before.laneId === after.laneId && before.ownSeq === after.ownSeq;
}

function unsound(message: string): CentralFailure {
	return { kind: 'unavailable', message };
}
