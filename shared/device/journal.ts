import type { OperationEnvelope } from '../schema/operation.ts';
import type { RecoveryNote } from './device-client.ts';
import { type Acknowledgment, decodeEntry, encodeEntry, type JournalEntry } from './journal-entries.ts';
import { journalFileName, parseJournalFileName } from './journal-files.ts';
import { recoverFile } from './journal-recovery.ts';
import type { JournalFolder } from './ports.ts';
import { RecordLog } from './record-log.ts';

const defaultSegmentBytes = 1024 * 1024;

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

export interface JournalOptions {
	readonly folder: JournalFolder;
	readonly laneId: string;
	/** What central already held when the lane was given to this device. */
	readonly start: LaneEnd;
	readonly segmentBytes?: number;
}

/** Makes an operation at the lane's end, or at a place before it whose record was lost. */
export type OperationAuthor = (end: LaneEnd) => OperationEnvelope | Promise<OperationEnvelope>;

type Entry =
	| { readonly kind: 'draft'; readonly key: string; readonly body: unknown }
	| { readonly kind: 'operation'; readonly author: OperationAuthor };

interface Waiting {
	readonly entry: Entry;
	readonly resolve: (operation: OperationEnvelope | null) => void;
	readonly reject: (error: unknown) => void;
}

/** The journal of one lane. It only grows: operations and drafts in segments, acknowledgments in a file beside each. */
export class Journal {
	readonly #options: JournalOptions;
	readonly #operations = new Map<number, OperationEnvelope>();
	readonly #segmentOf = new Map<number, number>();
	readonly #seqOf = new Map<string, number>();
	readonly #acknowledgments = new Map<string, Acknowledgment>();
	readonly #unanswered = new Set<number>();
	readonly #drafts = new Map<string, { readonly body: unknown; readonly segment: number }>();
	readonly #segments = new Set<number>();
	readonly #acknowledgmentLogs = new Map<number, RecordLog>();
	readonly #recovery: RecoveryNote[] = [];
	#start: LaneEnd;
	#end: LaneEnd;
	#carriedTo: string | null = null;
	#segment = 0;
	#log: RecordLog | null = null;
	#waiting: Waiting[] = [];
	#writing: Promise<void> | null = null;
	#acknowledging: Promise<void> = Promise.resolve();

	private constructor(options: JournalOptions) {
		this.#options = options;
		this.#start = options.start;
		this.#end = options.start;
	}

	/** Opens and mends what is there. Throws only when the folder itself can't be used. */
	static async open(options: JournalOptions): Promise<Journal> {
		const journal = new Journal(options);
		await journal.#recover();
		return journal;
	}

	get end(): LaneEnd {
		return this.#end;
	}
	/** What recovery found when the journal was opened. */
	get recovery(): readonly RecoveryNote[] {
		return this.#recovery;
	}
	/** Half-filled forms by their keys. */
	get drafts(): ReadonlyMap<string, unknown> {
		return new Map([...this.#drafts].map(([key, { body }]) => [key, body]));
	}
	/** The lane in which this one's unanswered operations go on, or null. */
	get carriedTo(): string | null {
		return this.#carriedTo;
	}
	/** By the operation's id. */
	get acknowledgments(): ReadonlyMap<string, Acknowledgment> {
		return this.#acknowledgments;
	}

	/** How many operations have no acknowledgment. */
	get unansweredCount(): number {
		return this.#unanswered.size;
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

	/** The operation made by `author` from the lane's end, once it is on the disk. Those that wait together share one flush. */
	async append(author: OperationAuthor): Promise<OperationEnvelope> {
		const operation = await this.#enqueue({ kind: 'operation', author });
		if (operation === null) throw new Error('the journal gave no operation back');
		return operation;
	}

	/** Keeps a half-filled form; a null body ends it. */
	async saveDraft(key: string, body: unknown): Promise<void> {
		await this.#enqueue({ kind: 'draft', key, body });
	}

	/** Keeps central's answers. Returns when they are on the disk. */
	acknowledge(acknowledgments: readonly Acknowledgment[]): Promise<void> {
		const written = this.#acknowledging.then(() => this.#writeAcknowledgments(acknowledgments));
		this.#acknowledging = written.catch(() => undefined);
		return written;
	}

	/** Notes that all unanswered operations stand in another lane's journal; returns when that is on the disk. */
	async markCarriedOver(laneId: string): Promise<void> {
		await (await this.#acknowledgmentLog(this.#segment)).append([encodeEntry({ kind: 'carried_over', laneId })]);
		this.#carriedTo = laneId;
	}

	/**
	 * The oldest segments, as far as all their operations were made and answered before this time (by the device's wall clock), and the last of those
	 * operations. The segment of the lane's end is never among them.
	 */
	prunable(beforeMs: number): PrunableSegments | null {
		const bySegment = Map.groupBy(this.#operations.values(), ({ seq }) => this.#segmentOf.get(seq) ?? this.#segment);
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

	/** Deletes these segments. The lane's start must be kept as their end before. */
	async drop({ segments, end }: PrunableSegments): Promise<void> {
		const { folder, laneId } = this.#options;
		this.#start = end;
		for (const segment of segments) {
			await this.#acknowledgmentLogs.get(segment)?.close();
			this.#acknowledgmentLogs.delete(segment);
			await folder.remove(journalFileName({ laneId, segment, holds: 'operations' }));
			await folder.remove(journalFileName({ laneId, segment, holds: 'acknowledgments' }));
			this.#segments.delete(segment);
		}
		const dropped = new Set(segments);
		for (const { seq, opId } of this.#operations.values()) {
			if (!dropped.has(this.#segmentOf.get(seq) ?? this.#segment)) continue;
			this.#operations.delete(seq);
			this.#segmentOf.delete(seq);
			this.#seqOf.delete(opId);
			this.#acknowledgments.delete(opId);
		}
	}

	async close(): Promise<void> {
		await this.#writing;
		await this.#acknowledging;
		for (const log of [this.#log, ...this.#acknowledgmentLogs.values()]) await log?.close();
	}

	#enqueue(entry: Entry): Promise<OperationEnvelope | null> {
		const { promise, resolve, reject } = Promise.withResolvers<OperationEnvelope | null>();
		this.#waiting.push({ entry, resolve, reject });
		this.#writing ??= this.#writeWaiting();
		return promise;
	}

	async #writeWaiting(): Promise<void> {
		while (this.#waiting.length > 0) {
			const batch = this.#waiting;
			this.#waiting = [];
			try {
				const written = await this.#writeBatch(batch.map(({ entry }) => entry));
				for (const [index, { resolve }] of batch.entries()) resolve(written[index] ?? null);
			} catch (error) {
				for (const { reject } of batch) reject(error);
			}
		}
		// In the same turn as the last look at the queue, so that nothing can be queued in between and forgotten.
		this.#writing = null;
	}

	async #writeBatch(entries: readonly Entry[]): Promise<readonly (OperationEnvelope | null)[]> {
		const log = await this.#logToWrite();
		let end = this.#end;
		const operations: (OperationEnvelope | null)[] = [];
		const bodies: Uint8Array[] = [];
		for (const entry of entries) {
			if (entry.kind === 'draft') {
				operations.push(null);
				bodies.push(encodeEntry(entry));
				continue;
			}
			const operation = await entry.author(end);
			// A filler for a lost record takes an older number and leaves the end where it is.
			if (operation.seq > end.seq) end = { seq: operation.seq, hash: operation.hash };
			operations.push(operation);
			bodies.push(encodeEntry({ kind: 'operation', operation }));
		}
		await log.append(bodies);
		this.#end = end;
		for (const operation of operations) if (operation !== null) this.#remember(operation, this.#segment);
		for (const entry of entries) {
			if (entry.kind === 'draft') this.#rememberDraft(entry.key, entry.body, this.#segment);
		}
		return operations;
	}

	async #logToWrite(): Promise<RecordLog> {
		const limit = this.#options.segmentBytes ?? defaultSegmentBytes;
		if (this.#log !== null && this.#log.size < limit) return this.#log;
		const full = this.#log;
		const { folder, laneId } = this.#options;
		const segment = this.#segment + 1;
		const file = await folder.open(journalFileName({ laneId, segment, holds: 'operations' }));
		this.#log = new RecordLog(file, await file.size());
		this.#segment = segment;
		this.#segments.add(segment);
		await full?.close();
		return this.#log;
	}

	async #writeAcknowledgments(acknowledgments: readonly Acknowledgment[]): Promise<void> {
		// A lane keeps its own numbers, also when the answer was first given to another lane.
		const ours = acknowledgments.map((each) => {
			const seq = this.#seqOf.get(each.outcome.opId) ?? each.outcome.seq;
			return { ...each, outcome: { ...each.outcome, seq } };
		});
		const bySegment = Map.groupBy(ours, ({ outcome }) => this.#segmentOf.get(outcome.seq) ?? this.#segment);
		for (const [segment, group] of bySegment) {
			const log = await this.#acknowledgmentLog(segment);
			await log.append(group.map(encodeEntry));
			for (const acknowledgment of group) this.#rememberAcknowledgment(acknowledgment);
		}
	}

	async #acknowledgmentLog(segment: number): Promise<RecordLog> {
		const open = this.#acknowledgmentLogs.get(segment);
		if (open !== undefined) return open;
		const { folder, laneId } = this.#options;
		const file = await folder.open(journalFileName({ laneId, segment, holds: 'acknowledgments' }));
		const log = new RecordLog(file, await file.size());
		this.#acknowledgmentLogs.set(segment, log);
		return log;
	}

	async #recover(): Promise<void> {
		const { folder, laneId } = this.#options;
		const names = await folder.list();
		const existing = new Set(names);
		const files = names.flatMap((name) => parseJournalFileName(name) ?? []).filter((file) => file.laneId === laneId);
		files.sort((a, b) => a.segment - b.segment);
		this.#segment = files.at(-1)?.segment ?? 0;
		for (const { segment } of files) this.#segments.add(segment);
		for (const name of files) {
			const recovered = await recoverFile(folder, journalFileName(name), existing);
			this.#recovery.push(...recovered.notes);
			for (const body of recovered.bodies) this.#replay(decodeEntry(body), name.segment);
			const log = new RecordLog(recovered.file, recovered.size);
			if (name.segment < this.#segment) await log.close();
			else if (name.holds === 'operations') this.#log = log;
			else this.#acknowledgmentLogs.set(name.segment, log);
		}
	}

	#replay(entry: JournalEntry | null, segment: number): void {
		if (entry?.kind === 'operation') {
			this.#remember(entry.operation, segment);
			this.#extendEnd(entry.operation);
		} else if (entry?.kind === 'draft') {
			this.#rememberDraft(entry.key, entry.body, segment);
		} else if (entry?.kind === 'carried_over') {
			this.#carriedTo = entry.laneId;
		} else if (entry?.kind === 'acknowledgment') {
			this.#rememberAcknowledgment(entry);
			this.#extendEnd({ seq: entry.outcome.seq, hash: entry.hash });
		}
	}

	#extendEnd({ seq, hash }: LaneEnd): void {
		if (seq > this.#end.seq) this.#end = { seq, hash };
	}

	#remember(operation: OperationEnvelope, segment: number): void {
		if (this.#operations.has(operation.seq)) return;
		this.#operations.set(operation.seq, operation);
		this.#seqOf.set(operation.opId, operation.seq);
		this.#segmentOf.set(operation.seq, segment);
		if (!this.#acknowledgments.has(operation.opId)) this.#unanswered.add(operation.seq);
	}

	#rememberAcknowledgment(acknowledgment: Acknowledgment): void {
		this.#acknowledgments.set(acknowledgment.outcome.opId, acknowledgment);
		this.#unanswered.delete(acknowledgment.outcome.seq);
	}

	#rememberDraft(key: string, body: unknown, segment: number): void {
		if (body === null) this.#drafts.delete(key);
		else this.#drafts.set(key, { body, segment });
	}

	/** When it was made or answered, whichever was later; never for one without an answer. */
	#settledAtMs({ opId, occurredAt }: OperationEnvelope): number {
		const acknowledgment = this.#acknowledgments.get(opId);
		if (acknowledgment === undefined) return Number.POSITIVE_INFINITY;
		return Math.max(Temporal.Instant.from(occurredAt.wall).epochMilliseconds, acknowledgment.wallMs ?? 0);
	}
}
