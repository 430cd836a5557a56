import type { OperationEnvelope } from '../schema/operation.ts';
import type { Acknowledgment, JournalEntry } from './journal-entries.ts';

/** The lane's latest operation; `{seq: 0, hash: ''}` before the first. */
export interface LaneEnd {
	readonly seq: number;
	readonly hash: string;
}

/** Whole segments that nothing needs any more. */
export interface PrunableSegments {
	readonly segments: readonly number[];
	/** The last operation in them: the lane starts after it once they are gone. */
	readonly end: LaneEnd;
}

/** What a journal holds, in memory: a lane's operations and answers, and in which segment each stands. */
export class JournalIndex {
	readonly #operations = new Map<number, OperationEnvelope>();
	readonly #segmentOf = new Map<number, number>();
	readonly #seqOf = new Map<string, number>();
	readonly #acknowledgments = new Map<string, Acknowledgment>();
	readonly #unanswered = new Set<number>();
	readonly #drafts = new Map<string, { readonly body: unknown; readonly segment: number }>();
	readonly #segments = new Set<number>();
	#start: LaneEnd;
	#end: LaneEnd;
	#carriedTo: string | null = null;

	/** `start`: what the lane held before the first operation that can be here. */
	constructor(start: LaneEnd) {
		this.#start = start;
		this.#end = start;
	}

	get end(): LaneEnd {
		return this.#end;
	}
	get drafts(): ReadonlyMap<string, unknown> {
		return new Map([...this.#drafts].map(([key, { body }]) => [key, body]));
	}
	get carriedTo(): string | null {
		return this.#carriedTo;
	}
	get acknowledgments(): ReadonlyMap<string, Acknowledgment> {
		return this.#acknowledgments;
	}
	get unansweredCount(): number {
		return this.#unanswered.size;
	}

	/** A segment's file is there. */
	addSegment(segment: number): void {
		this.#segments.add(segment);
	}

	/** An entry stands in this segment, or was just written to it. */
	add(entry: JournalEntry, segment: number): void {
		if (entry.kind === 'operation') {
			this.#addOperation(entry.operation, segment);
			this.#extendEnd(entry.operation);
		} else if (entry.kind === 'draft') {
			if (entry.body === null) this.#drafts.delete(entry.key);
			else this.#drafts.set(entry.key, { body: entry.body, segment });
		} else if (entry.kind === 'carried_over') {
			this.#carriedTo = entry.laneId;
		} else {
			this.#acknowledgments.set(entry.outcome.opId, entry);
			this.#unanswered.delete(entry.outcome.seq);
			this.#extendEnd({ seq: entry.outcome.seq, hash: entry.hash });
		}
	}

	seqOf(opId: string): number | undefined {
		return this.#seqOf.get(opId);
	}

	segmentOf(seq: number): number | undefined {
		return this.#segmentOf.get(seq);
	}

	/** Operations without an acknowledgment, in lane order. */
	unanswered(limit: number): readonly OperationEnvelope[] {
		const seqs = [...this.#unanswered].sort((a, b) => a - b).slice(0, limit);
		return seqs.flatMap((seq) => this.#operations.get(seq) ?? []);
	}

	/** The lane's operations from this number on, in order. */
	from(seq: number, limit: number): readonly OperationEnvelope[] {
		const found: OperationEnvelope[] = [];
		for (let at = seq; at <= this.#end.seq && found.length < limit; at++) {
			const operation = this.#operations.get(at);
			if (operation !== undefined) found.push(operation);
		}
		return found;
	}

	/** The newest operations, newest first. */
	latest(limit: number): readonly OperationEnvelope[] {
		const found: OperationEnvelope[] = [];
		for (let at = this.#end.seq; at > this.#start.seq && found.length < limit; at--) {
			const operation = this.#operations.get(at);
			if (operation !== undefined) found.push(operation);
		}
		return found;
	}

	operationById(opId: string): OperationEnvelope | null {
		const seq = this.#seqOf.get(opId);
		return seq === undefined ? null : (this.#operations.get(seq) ?? null);
	}

	operationAt(seq: number): OperationEnvelope | null {
		return this.#operations.get(seq) ?? null;
	}

	/** The hash at this place of the lane: the acknowledgment knows it when the operation's own record is damaged; empty when nothing does. */
	hashAt(seq: number): string {
		if (seq === this.#start.seq) return this.#start.hash;
		const known = this.#operations.get(seq)?.hash;
		return known ?? this.#acknowledgments.values().find(({ outcome }) => outcome.seq === seq)?.hash ?? '';
	}

	/** Whether an operation stood at this place of the lane and can't be read any more. */
	isLost(seq: number): boolean {
		return seq > this.#start.seq && seq <= this.#end.seq && !this.#operations.has(seq);
	}

	/** Sequence numbers that were given once, and whose operations neither a record nor an acknowledgment tells of. */
	missing(): readonly number[] {
		const acknowledged = new Set([...this.#acknowledgments.values()].map(({ outcome }) => outcome.seq));
		const missing: number[] = [];
		for (let seq = this.#start.seq + 1; seq < this.#end.seq; seq++) {
			if (!this.#operations.has(seq) && !acknowledged.has(seq)) missing.push(seq);
		}
		return missing;
	}

	/** Whether an operation after this one was answered in another epoch of the site's stream, or in one that was not known. */
	hasOlderAnswers(epoch: string, afterSeq: number): boolean {
		for (let seq = this.#end.seq; seq > afterSeq; seq--) {
			const acknowledgment = this.#acknowledgments.get(this.#operations.get(seq)?.opId ?? '');
			if (acknowledgment !== undefined && acknowledgment.epoch !== epoch) return true;
		}
		return false;
	}

	/**
	 * The oldest segments, as far as all their operations were made and answered before this time (by the device's wall clock), and the last of those
	 * operations. The segment of the lane's end is never among them.
	 */
	prunable(beforeMs: number): PrunableSegments | null {
		const bySegment = Map.groupBy(this.#operations.values(), ({ seq }) => this.#segmentOf.get(seq) ?? 0);
		const inUse = new Set([...this.#drafts.values()].map(({ segment }) => segment));
		const keptFrom = this.#segmentOf.get(this.#end.seq) ?? 0;
		const segments: number[] = [];
		let end: LaneEnd = this.#start;
		for (const segment of [...this.#segments].sort((a, b) => a - b)) {
			const operations = bySegment.get(segment) ?? [];
			const isOld = operations.every((operation) => this.#settledAtMs(operation) < beforeMs);
			if (segment >= keptFrom || inUse.has(segment) || !isOld) break;
			segments.push(segment);
			for (const { seq, hash } of operations) if (seq > end.seq) end = { seq, hash };
		}
		return segments.length === 0 ? null : { segments, end };
	}

	/** Forgets what stood in these segments. */
	drop({ segments, end }: PrunableSegments): void {
		this.#start = end;
		for (const segment of segments) this.#segments.delete(segment);
		const dropped = new Set(segments);
		for (const { seq, opId } of this.#operations.values()) {
			if (!dropped.has(this.#segmentOf.get(seq) ?? 0)) continue;
			this.#operations.delete(seq);
			this.#segmentOf.delete(seq);
			this.#seqOf.delete(opId);
			this.#acknowledgments.delete(opId);
		}
	}

	#extendEnd({ seq, hash }: LaneEnd): void {
		if (seq > this.#end.seq) this.#end = { seq, hash };
	}

	#addOperation(operation: OperationEnvelope, segment: number): void {
		if (this.#operations.has(operation.seq)) return;
		this.#operations.set(operation.seq, operation);
		this.#seqOf.set(operation.opId, operation.seq);
		this.#segmentOf.set(operation.seq, segment);
		if (!this.#acknowledgments.has(operation.opId)) this.#unanswered.add(operation.seq);
	}

	/** When it was made or answered, whichever was later; never for one without an answer. */
	#settledAtMs({ opId, occurredAt }: OperationEnvelope): number {
		const acknowledgment = this.#acknowledgments.get(opId);
		if (acknowledgment === undefined) return Number.POSITIVE_INFINITY;
		return Math.max(Temporal.Instant.from(occurredAt.wall).epochMilliseconds, acknowledgment.wallMs ?? 0);
	}
}
