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
} from './ports.ts';

export interface FeedParts {
	readonly replica: Replica;
	readonly central: Central;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	readonly stop: AbortSignalLike;
	/** Central answered: null, or why there was no page. */
	readonly heard: (stream: StreamName, failure: CentralFailure | null, serverTime: string | null) => void;
	/** Resolves when no operation is under way whose effects a page that is here may carry. */
	readonly settled: () => Promise<void>;
	/** A page is stored; `cleared` tells that the stream was emptied before it. */
	readonly stored: (page: FeedPage, cleared: boolean) => void;
	/** How far the stream is stored; called in the same turn as `stored`, after it. */
	readonly progressed: (stream: StreamName, progress: StreamProgress | null) => void;
}

/** Events may be lost, so central is asked this often in any case. */
const pollMs = 30_000;

/**
 * After a start this many positions are asked for once more: the tab that led before may have stored a page and died before it
 * told the other tabs. Storing twice changes nothing, and who shows the documents hears of them.
 */
const readTwice = 200;

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
	}

	wake(): void {
		for (const stream of this.#streams) stream.wake();
		this.#listenPause.wake();
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
			if (failures === 1) for (const stream of this.#streams) stream.wake();
			await this.#listenPause.wait(failure.kind === 'credential' ? pollMs : backoffMs(failures, random));
		}
	}
}

class StreamFollower {
	readonly name: StreamName;
	readonly #parts: FeedParts;
	readonly #pause: Pause;
	#checkpoint: Checkpoint | null = null;
	#checkpointIsRead = false;
	#hasReadTwice = false;
	#cleared = false;
	#failures = 0;
	/** The page after the one that is being stored, already asked for. */
	#ahead: { readonly after: Checkpoint; readonly answer: Promise<CentralAnswer<FeedPage>> } | null = null;

	constructor(name: StreamName, parts: FeedParts) {
		this.name = name;
		this.#parts = parts;
		this.#pause = new Pause(parts.clock, parts.stop);
	}

	wake(): void {
		this.#pause.wake();
	}

	/** Central says that the stream reaches to here. */
	reaches(head: number): void {
		if (this.#checkpoint === null || head !== this.#checkpoint.position) this.wake();
	}

	async run(): Promise<void> {
		while (!this.#parts.stop.aborted) {
			const wait = await this.#step().catch((error: unknown) =>
				// The replica could not be read or written; the checkpoint is asked for anew.
				this.#failed({ kind: 'unavailable', message: `replica: ${String(error)}` }, true),
			);
			await this.#pause.wait(wait);
		}
	}

	/** Fetches and stores one page; gives the milliseconds to wait before the next. */
	async #step(): Promise<number> {
		const { replica, heard, stored, progressed } = this.#parts;
		if (!this.#checkpointIsRead) {
			this.#checkpoint = await replica.checkpoint(this.name);
			this.#checkpointIsRead = true;
			if (this.#checkpoint !== null) progressed(this.name, { ...this.#checkpoint, head: this.#checkpoint.position });
		}
		const before = this.#checkpoint;
		const from =
			before === null || this.#hasReadTwice
				? before
				: { epoch: before.epoch, position: Math.max(0, before.position - readTwice) };
		const answer = await this.#pull(from);
		if (!answer.ok) return this.#failed(answer.failure, false);
		const page = answer.value;
		if (page.stream !== this.name) return this.#failed(unsound('a page of another stream'), false);
		if (page.resync || (before !== null && page.epoch !== before.epoch)) return this.#startAnew(before);
		const isOverlap = from !== before;
		this.#hasReadTwice = true;
		if (isOverlap && page.position < (before?.position ?? 0)) return 0;
		if (page.position < (before?.position ?? 0)) {
			return this.#failed(unsound(`the stream went back from ${before?.position ?? 0} to ${page.position}`), false);
		}
		const progress = { epoch: page.epoch, position: page.position, head: Math.max(page.head, page.position) };
		if (before === null || page.position > before.position || page.documents.length > 0) {
			// Stored earlier, a page would show an operation's effects beside the operation itself: twice.
			if (this.name === 'site') await this.#parts.settled();
			const reached = { epoch: page.epoch, position: page.position };
			if (page.position < page.head) this.#ahead = { after: reached, answer: this.#ask(reached) };
			await replica.store(page);
			this.#checkpoint = reached;
			stored(page, this.#cleared);
			this.#cleared = false;
		}
		progressed(this.name, progress);
		this.#failures = 0;
		heard(this.name, null, page.serverTime);
		const advanced = page.position > (before?.position ?? 0);
		return page.position < page.head && advanced ? 0 : pollMs;
	}

	#ask(after: Checkpoint | null): Promise<CentralAnswer<FeedPage>> {
		return this.#parts.central.pull(this.name, after, maxDocumentsPerPage);
	}

	#pull(after: Checkpoint | null): Promise<CentralAnswer<FeedPage>> {
		const ahead = this.#ahead;
		this.#ahead = null;
		return ahead !== null && ahead.after === after ? ahead.answer : this.#ask(after);
	}

	async #startAnew(before: Checkpoint | null): Promise<number> {
		await this.#parts.replica.clear(this.name);
		this.#checkpoint = null;
		this.#cleared = true;
		this.#parts.progressed(this.name, null);
		// Without a checkpoint nothing can be out of step: asking again at once would never end.
		return before === null ? this.#failed(unsound('a resync without a checkpoint'), false) : 0;
	}

	#failed(failure: CentralFailure, readCheckpointAgain: boolean): number {
		if (readCheckpointAgain) this.#checkpointIsRead = false;
		this.#failures += 1;
		this.#parts.heard(this.name, failure, null);
		return failure.kind === 'credential' ? pollMs * 20 : backoffMs(this.#failures, this.#parts.random);
	}
}

function unsound(message: string): CentralFailure {
	return { kind: 'unavailable', message };
}
