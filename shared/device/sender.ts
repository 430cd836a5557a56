import { maxOperationsPerPush, type OperationOutcome } from '../protocol/messages.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import { backoffMs, Pause } from './pause.ts';
import type { AbortSignalLike, Central, CentralFailure, DeviceClock, DeviceRandom } from './ports.ts';

/** What central holds of the lane by its site's stream: every operation up to `ownSeq`, in this epoch. */
export interface SiteReached {
	readonly epoch: string;
	readonly ownSeq: number;
}

/** What the sender takes from the journal. */
export interface Outbox {
	/** Operations without an answer, in lane order. */
	waiting(limit: number): readonly OperationEnvelope[];
	/** The lane's operations from this number on, answered or not. */
	from(seq: number, limit: number): readonly OperationEnvelope[];
	/** Whether an operation after this one has its answer from another epoch of central. */
	hasOlderAnswers(site: SiteReached): boolean;
	/**
	 * Fills this place of the lane when the disk has lost its operation: it was answered once, and a restored central asks for it again.
	 * False when nothing was lost there.
	 */
	fillLost(seq: number): Promise<boolean>;
	/** Keeps central's answers; returns when they are on the disk. */
	acknowledge(operations: readonly OperationEnvelope[], outcomes: readonly OperationOutcome[]): Promise<void>;
}

export interface SenderParts {
	readonly outbox: Outbox;
	readonly central: Central;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	readonly stop: AbortSignalLike;
	/** What must be done before a push; null when it is, else why central can't be sent anything. */
	readonly prepare: () => Promise<CentralFailure | null>;
	/** Central answered: null, or why it did not take the operations. */
	readonly heard: (failure: CentralFailure | null, serverTime: string | null) => void;
}

/** Failures that only a person can mend: sending again by itself would change nothing. */
const needsAPerson: ReadonlySet<CentralFailure['kind']> = new Set(['credential', 'lane_frozen']);
const afterAPersonMs = 10 * 60_000;

/** The one sender of a lane: in order, again and again until each operation has its answer. */
export class Sender {
	readonly #parts: SenderParts;
	readonly #pause: Pause;
	#failures = 0;
	#batch = maxOperationsPerPush;
	#resendFrom: number | null = null;
	/** The epoch for which the lane was sent again, as central was restored from a backup. */
	#refilledEpoch: string | null = null;

	constructor(parts: SenderParts) {
		this.#parts = parts;
		this.#pause = new Pause(parts.clock, parts.stop);
	}

	/**
	 * The site's stream is stored up to its head. When central was restored from a backup, it lacks operations that it had answered: they are sent
	 * again, once for each epoch.
	 */
	siteReached(site: SiteReached): void {
		const next = site.ownSeq + 1;
		if (site.epoch === this.#refilledEpoch) {
			if (this.#resendFrom !== null) this.#resendFrom = Math.max(this.#resendFrom, next);
			return;
		}
		if (!this.#parts.outbox.hasOlderAnswers(site)) return;
		this.#refilledEpoch = site.epoch;
		this.#resendFrom = next;
		this.wake();
	}

	/** Looks at once whether there is something to send. */
	wake(): void {
		this.#pause.wake();
	}

	/** Runs until it is stopped. */
	async run(): Promise<void> {
		while (!this.#parts.stop.aborted) await this.#pause.wait(await this.#sendOnce());
	}

	/** Sends one batch; gives the milliseconds to wait before the next. */
	async #sendOnce(): Promise<number> {
		const operations = this.#next();
		if (operations.length === 0) return 60_000;
		try {
			const hindrance = await this.#parts.prepare();
			if (hindrance !== null) return this.#failed(hindrance, 1);
			const answer = await this.#parts.central.push(operations);
			if (!answer.ok) {
				const { failure } = answer;
				const isFilled = failure.kind === 'gap' && (await this.#parts.outbox.fillLost(failure.expectedSeq));
				return this.#failed(failure, operations.length, isFilled);
			}
			const sent = new Set(operations.map(({ opId }) => opId));
			const outcomes = answer.value.outcomes.filter(({ opId }) => sent.has(opId));
			if (outcomes.length === 0) {
				return this.#failed({ kind: 'unreachable', message: 'the answer names none of the operations sent' }, 1);
			}
			await this.#parts.outbox.acknowledge(operations, outcomes);
			// The same operations at once again, and again, would be a storm.
			const isAnswered = this.#resendFrom !== null || this.#next()[0]?.opId !== operations[0]?.opId;
			if (!isAnswered) return this.#failed({ kind: 'unreachable', message: 'the first operation has no answer' }, 1);
			this.#succeeded(operations);
			this.#parts.heard(null, answer.value.serverTime);
			return 0;
		} catch (error) {
			// The journal could not keep the answer: the same operations are sent again later, which is harmless.
			return this.#failed({ kind: 'unavailable', message: String(error) }, 1);
		}
	}

	#next(): readonly OperationEnvelope[] {
		if (this.#resendFrom === null) return this.#parts.outbox.waiting(this.#batch);
		return this.#parts.outbox.from(this.#resendFrom, this.#batch);
	}

	#succeeded(operations: readonly OperationEnvelope[]): void {
		this.#failures = 0;
		this.#batch = maxOperationsPerPush;
		if (this.#resendFrom === null) return;
		const next = Math.max(this.#resendFrom, (operations.at(-1)?.seq ?? 0) + 1);
		this.#resendFrom = this.#parts.outbox.from(next, 1).length > 0 ? next : null;
	}

	#failed(failure: CentralFailure, count: number, isFilled = false): number {
		this.#failures += 1;
		this.#parts.heard(failure, null);
		if (failure.kind === 'gap') {
			const again = this.#parts.outbox.from(failure.expectedSeq, 1);
			const isNews = isFilled || this.#resendFrom !== failure.expectedSeq;
			const helps = again[0]?.seq === failure.expectedSeq && isNews;
			this.#resendFrom = helps ? failure.expectedSeq : null;
			if (helps) return 0;
		}
		// A refused batch may be too large, or hold one operation that the route can't read: find it by halving.
		if (failure.kind === 'refused' && count > 1) {
			this.#batch = Math.max(1, count >> 1);
			return 0;
		}
		if (needsAPerson.has(failure.kind)) return afterAPersonMs;
		return backoffMs(this.#failures, this.#parts.random);
	}
}
