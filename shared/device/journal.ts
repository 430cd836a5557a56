import type { OperationEnvelope } from '../schema/operation.ts';
import type { RecoveryNote } from './device-client.ts';
import { type Acknowledgment, decodeEntry, encodeEntry, type JournalEntry } from './journal-entries.ts';
import { journalFileName, parseJournalFileName } from './journal-files.ts';
import { JournalIndex, type LaneEnd, type PrunableSegments } from './journal-index.ts';
import { recoverFile } from './journal-recovery.ts';
import type { JournalFolder } from './ports.ts';
import { RecordLog } from './record-log.ts';

export type { LaneEnd } from './journal-index.ts';

const defaultSegmentBytes = 1024 * 1024;

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
	readonly #index: JournalIndex;
	readonly #acknowledgmentLogs = new Map<number, RecordLog>();
	readonly #recovery: RecoveryNote[] = [];
	#segment = 0;
	#log: RecordLog | null = null;
	#waiting: Waiting[] = [];
	#writing: Promise<void> | null = null;
	#acknowledging: Promise<void> = Promise.resolve();

	private constructor(options: JournalOptions) {
		this.#options = options;
		this.#index = new JournalIndex(options.start);
	}

	/** Opens and mends what is there. Throws only when the folder itself can't be used. */
	static async open(options: JournalOptions): Promise<Journal> {
		const journal = new Journal(options);
		try {
			await journal.#recover();
			return journal;
		} catch (error) {
			await journal.close();
			throw error;
		}
	}

	get end(): LaneEnd {
		return this.#index.end;
	}
	/** What recovery found when the journal was opened. */
	get recovery(): readonly RecoveryNote[] {
		return this.#recovery;
	}
	/** Half-filled forms by their keys. */
	get drafts(): ReadonlyMap<string, unknown> {
		return this.#index.drafts;
	}
	/** The lane in which this one's unanswered operations go on, or null. */
	get carriedTo(): string | null {
		return this.#index.carriedTo;
	}
	/** By the operation's id. */
	get acknowledgments(): ReadonlyMap<string, Acknowledgment> {
		return this.#index.acknowledgments;
	}

	/** How many operations have no acknowledgment. */
	get unansweredCount(): number {
		return this.#index.unansweredCount;
	}

	/** Operations without an acknowledgment, in lane order. */
	unanswered(limit: number): readonly OperationEnvelope[] {
		return this.#index.unanswered(limit);
	}

	/** The lane's operations from this number on, in order. */
	from(seq: number, limit: number): readonly OperationEnvelope[] {
		return this.#index.from(seq, limit);
	}

	/** The newest operations, newest first. */
	latest(limit: number): readonly OperationEnvelope[] {
		return this.#index.latest(limit);
	}

	operationById(opId: string): OperationEnvelope | null {
		return this.#index.operationById(opId);
	}

	operationAt(seq: number): OperationEnvelope | null {
		return this.#index.operationAt(seq);
	}

	isLost(seq: number): boolean {
		return this.#index.isLost(seq);
	}

	hashAt(seq: number): string {
		return this.#index.hashAt(seq);
	}

	/** Sequence numbers that were given once, and whose operations neither a record nor an acknowledgment tells of. */
	missing(): readonly number[] {
		return this.#index.missing();
	}

	/** Whether an operation after this one was answered in another epoch of the site's stream, or in one that was not known. */
	hasOlderAnswers(epoch: string, afterSeq: number): boolean {
		return this.#index.hasOlderAnswers(epoch, afterSeq);
	}

	/** Segments that may go: those whose operations were all made and answered before this time, by the device's wall clock. */
	prunable(beforeMs: number): PrunableSegments | null {
		return this.#index.prunable(beforeMs);
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
		const entry = { kind: 'carried_over' as const, laneId };
		await (await this.#acknowledgmentLog(this.#segment)).append([encodeEntry(entry)]);
		this.#index.add(entry, this.#segment);
	}

	/** Deletes these segments. The lane's start must be kept as their end before. */
	async drop(prunable: PrunableSegments): Promise<void> {
		const { folder, laneId } = this.#options;
		for (const segment of prunable.segments) {
			await this.#acknowledgmentLogs.get(segment)?.close();
			this.#acknowledgmentLogs.delete(segment);
			await folder.remove(journalFileName({ laneId, segment, holds: 'operations' }));
			await folder.remove(journalFileName({ laneId, segment, holds: 'acknowledgments' }));
		}
		this.#index.drop(prunable);
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
		let end = this.#index.end;
		const written: JournalEntry[] = [];
		for (const entry of entries) {
			if (entry.kind === 'draft') {
				written.push(entry);
				continue;
			}
			const operation = await entry.author(end);
			// A filler for a lost record takes an older number and leaves the end where it is.
			if (operation.seq > end.seq) end = { seq: operation.seq, hash: operation.hash };
			written.push({ kind: 'operation', operation });
		}
		await log.append(written.map(encodeEntry));
		for (const entry of written) this.#index.add(entry, this.#segment);
		return written.map((entry) => (entry.kind === 'operation' ? entry.operation : null));
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
		this.#index.addSegment(segment);
		await full?.close();
		return this.#log;
	}

	async #writeAcknowledgments(acknowledgments: readonly Acknowledgment[]): Promise<void> {
		// A lane keeps its own numbers, also when the answer was first given to another lane.
		const ours = acknowledgments.map((each) => {
			const seq = this.#index.seqOf(each.outcome.opId) ?? each.outcome.seq;
			return { ...each, outcome: { ...each.outcome, seq } };
		});
		const bySegment = Map.groupBy(ours, ({ outcome }) => this.#index.segmentOf(outcome.seq) ?? this.#segment);
		for (const [segment, group] of bySegment) {
			const log = await this.#acknowledgmentLog(segment);
			await log.append(group.map(encodeEntry));
			for (const acknowledgment of group) this.#index.add(acknowledgment, segment);
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
		for (const { segment } of files) this.#index.addSegment(segment);
		for (const name of files) {
			const recovered = await recoverFile(folder, journalFileName(name), existing);
			this.#recovery.push(...recovered.notes);
			for (const body of recovered.bodies) {
				const entry = decodeEntry(body);
				if (entry !== null) this.#index.add(entry, name.segment);
			}
			const log = new RecordLog(recovered.file, recovered.size);
			if (name.segment < this.#segment) await log.close();
			else if (name.holds === 'operations') this.#log = log;
			else this.#acknowledgmentLogs.set(name.segment, log);
		}
	}
}
