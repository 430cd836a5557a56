import type { StreamName } from '../schema/documents.ts';
import type { StreamProgress } from './device-client.ts';
import type { Replica, ReplicaContents, ReplicaGeneration, StoredCheckpoint } from './ports.ts';

export type ReplicaProblem = 'lost' | 'damaged' | 'differs';

/** What the device remembers, outside the replica, of the last generation that it completed. */
export interface ReplicaSeen {
	readonly generation: number;
	/** Of the site's stream. */
	readonly position: number;
}

/** The generation that is fed: the one that is shown, or the one that is being filled beside it. */
export interface FedGeneration {
	readonly number: number;
	isShown: boolean;
	readonly checkpoints: Record<StreamName, StoredCheckpoint | null>;
	readonly progress: Record<StreamName, StreamProgress | null>;
}

export interface ReplicaState {
	/** Null while none is complete. */
	readonly shown: number | null;
	readonly problem: ReplicaProblem | null;
	/** One is being filled, although one was complete before. */
	readonly isRebuilding: boolean;
}

export interface GenerationParts {
	readonly replica: Replica;
	/** Null when this device never completed a replica of its site. */
	readonly seen: () => ReplicaSeen | null;
	/** The generation that is shown is known: at the start, and when another one has taken its place. */
	readonly shows: (generation: ReplicaContents['shown'], isSwapped: boolean) => void;
	readonly changed: (state: ReplicaState) => void;
}

/**
 * Which generation of the replica is fed.
 *
 *   nothing ── begin ──► filling ── both streams at their head ──► shown ── resync, epoch, schema, damage ──► shown + filling
 *                                                                    ▲                                            │
 *                                                                    └──────────── both streams at their head ────┘
 *
 * What decides is on the disk: after a crash at any point it goes on from there.
 */
export class ReplicaGenerations {
	readonly #parts: GenerationParts;
	#fed: Promise<FedGeneration> | null = null;
	#current: FedGeneration | null = null;
	#last: FedGeneration | null = null;
	#shown: number | null = null;
	#problem: ReplicaProblem | null = null;
	#changing: Promise<unknown> = Promise.resolve();
	#follower: () => void = () => undefined;

	constructor(parts: GenerationParts) {
		this.#parts = parts;
	}

	/** Calls this when another generation has been begun: the stream that did not ask for it may be asleep. */
	follow(follower: () => void): void {
		this.#follower = follower;
	}

	/** The generation to feed; looks into the replica at first. Rejects when that can't be opened. */
	fed(): Promise<FedGeneration> {
		this.#fed ??= this.#open().catch((error: unknown) => {
			this.#fed = null;
			throw error;
		});
		return this.#fed;
	}

	isFed(generation: FedGeneration): boolean {
		return this.#current === generation;
	}

	/** The replica failed: what is known of it is read anew. */
	forget(): void {
		this.#fed = null;
		this.#current = null;
	}

	/** Leaves this generation as it is, shown or not, and fills another one beside it. */
	beginAnew(from: FedGeneration, problem: ReplicaProblem | null): Promise<void> {
		return this.#inTurn(async () => {
			// The other stream may have begun it already.
			if (!this.isFed(from)) return;
			this.#problem ??= problem;
			this.#feed(await this.#begin(from.number));
			this.#follower();
		});
	}

	/** A stream of this generation is stored up to its head. */
	reachedHead(generation: FedGeneration): Promise<void> {
		return this.#inTurn(async () => {
			const { site, shared } = generation.progress;
			const isWhole = [site, shared].every((each) => each !== null && each.position >= each.head);
			if (generation.isShown || !isWhole || !this.isFed(generation)) return;
			await this.#parts.replica.complete(generation.number);
			generation.isShown = true;
			this.#shown = generation.number;
			this.#problem = null;
			this.#parts.shows({ ...generation, isReadOnly: false }, true);
			this.#tell(generation);
		});
	}

	async #open(): Promise<FedGeneration> {
		const { replica, seen, shows } = this.#parts;
		const contents = await replica.contents();
		const { shown, filling } = contents;
		this.#shown = shown?.number ?? null;
		this.#problem ??= problemOf(contents, seen());
		shows(shown, false);
		const mayBeFed = shown !== null && !shown.isReadOnly && this.#problem === null;
		if (filling !== null) {
			const progress = this.#last?.number === filling.number ? this.#last.progress : undefined;
			return this.#feed(fedOf(filling.number, false, filling.checkpoints, progress));
		}
		if (mayBeFed) return this.#feed(fedOf(shown.number, true, shown.checkpoints));
		return this.#feed(await this.#begin(shown?.number ?? 0));
	}

	async #begin(above: number): Promise<FedGeneration> {
		const number = await this.#parts.replica.begin(Math.max(above, this.#parts.seen()?.generation ?? 0));
		return fedOf(number, false, { site: null, shared: null });
	}

	#feed(generation: FedGeneration): FedGeneration {
		this.#current = generation;
		this.#last = generation;
		this.#fed = Promise.resolve(generation);
		this.#tell(generation);
		return generation;
	}

	#tell(fed: FedGeneration): void {
		const isRebuilding = !fed.isShown && (this.#shown !== null || this.#problem !== null);
		this.#parts.changed({ shown: this.#shown, problem: this.#problem, isRebuilding });
	}

	#inTurn(work: () => Promise<void>): Promise<void> {
		const done = this.#changing.then(work);
		this.#changing = done.catch(() => undefined);
		return done;
	}
}

function fedOf(
	number: number,
	isShown: boolean,
	checkpoints: ReplicaGeneration['checkpoints'],
	progress: FedGeneration['progress'] = { site: null, shared: null },
): FedGeneration {
	return { number, isShown, checkpoints: { ...checkpoints }, progress };
}

/** A replica that was here and is gone, or stands before where it stood, was lost by the disk or by the browser. */
function problemOf({ shown, isDamaged }: ReplicaContents, seen: ReplicaSeen | null): ReplicaProblem | null {
	if (isDamaged) return 'damaged';
	if (seen === null) return null;
	if (shown === null || shown.number < seen.generation) return 'lost';
	const isBehind = shown.number === seen.generation && (shown.checkpoints.site?.position ?? 0) < seen.position;
	return isBehind ? 'damaged' : null;
}
