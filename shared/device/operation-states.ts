import type { JournaledOperation } from './device-client.ts';
import type { Journal } from './journal.ts';
import type { Acknowledgment } from './journal-entries.ts';

/**
 * What is known of the fate of a journal's operations. Confirmed are those that the shown documents hold: up to `ownSeq` of their
 * last page. Only a server that was restored from a backup takes that back.
 */
export class OperationStates {
	readonly #journal: Journal;
	readonly #open = new Set<string>();
	#ownSeq = 0;

	constructor(journal: Journal) {
		this.#journal = journal;
		for (const { opId } of journal.from(0, Number.POSITIVE_INFINITY)) this.#open.add(opId);
		this.#settle();
	}

	/** The documents that are shown hold the lane up to here; gives the operations whose state has changed by it. */
	siteReached(ownSeq: number): readonly JournaledOperation[] {
		const takenBack = this.#journal.from(ownSeq + 1, Math.max(0, this.#ownSeq - ownSeq)).map(({ opId }) => opId);
		for (const opId of takenBack) this.#open.add(opId);
		this.#ownSeq = ownSeq;
		const settled = this.#settle();
		return [...takenBack.filter((opId) => this.#open.has(opId)).flatMap((opId) => this.of(opId) ?? []), ...settled];
	}

	/** New in the journal, or newly acknowledged; gives how they stand now. */
	changed(opIds: readonly string[]): readonly JournaledOperation[] {
		for (const opId of opIds) this.#open.add(opId);
		this.#settle();
		return opIds.flatMap((opId) => this.of(opId) ?? []);
	}

	of(opId: string): JournaledOperation | null {
		const operation = this.#journal.operationById(opId);
		if (operation === null) return null;
		const acknowledgment = this.#journal.acknowledgments.get(opId) ?? null;
		const state = this.#stateOf(operation.seq, acknowledgment);
		return { operation, state, outcome: acknowledgment?.outcome ?? null };
	}

	/** The newest and all that are not in a last state, newest first. */
	list(limit: number): readonly JournaledOperation[] {
		const wanted = new Set(this.#journal.latest(limit).map(({ opId }) => opId));
		const all = [...wanted.union(this.#open)].flatMap((opId) => this.of(opId) ?? []);
		return all.sort((a, b) => b.operation.seq - a.operation.seq);
	}

	#settle(): readonly JournaledOperation[] {
		const settled: JournaledOperation[] = [];
		for (const opId of this.#open) {
			if (!this.#journal.acknowledgments.has(opId)) continue;
			const journaled = this.of(opId);
			if (journaled?.state === 'sent') continue;
			this.#open.delete(opId);
			if (journaled !== null) settled.push(journaled);
		}
		return settled.sort((a, b) => a.operation.seq - b.operation.seq);
	}

	#stateOf(seq: number, acknowledgment: Acknowledgment | null): JournaledOperation['state'] {
		if (acknowledgment === null) return 'saved';
		if (acknowledgment.outcome.outcome !== 'applied') return 'needs_attention';
		if (seq > this.#ownSeq) return 'sent';
		return acknowledgment.outcome.exceptions.length > 0 ? 'needs_attention' : 'confirmed';
	}
}
