import type { Checkpoint } from '../protocol/messages.ts';
import type { JournaledOperation } from './device-client.ts';
import type { Journal } from './journal.ts';
import type { Acknowledgment } from './journal-entries.ts';

/** What is known of the fate of a journal's operations. An operation that once reached its last state stays there. */
export class OperationStates {
	readonly #journal: Journal;
	readonly #open = new Set<string>();
	readonly #pulled = new Set<string>();
	#site: Checkpoint | null = null;

	constructor(journal: Journal) {
		this.#journal = journal;
		for (const { opId } of journal.from(0, Number.POSITIVE_INFINITY)) this.#open.add(opId);
		this.#settle();
	}

	/** The site's stream is stored up to here; gives the operations whose state has changed by it. */
	siteReached(site: Checkpoint | null): readonly JournaledOperation[] {
		if (site !== null) this.#site = site;
		return this.#settle();
	}

	/** New in the journal, or newly acknowledged; gives how they stand now. */
	changed(opIds: readonly string[]): readonly JournaledOperation[] {
		for (const opId of opIds) {
			this.#pulled.delete(opId);
			this.#open.add(opId);
		}
		this.#settle();
		return opIds.flatMap((opId) => this.of(opId) ?? []);
	}

	of(opId: string): JournaledOperation | null {
		const operation = this.#journal.operationById(opId);
		if (operation === null) return null;
		const acknowledgment = this.#journal.acknowledgments.get(opId) ?? null;
		return { operation, state: this.#stateOf(opId, acknowledgment), outcome: acknowledgment?.outcome ?? null };
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
			const acknowledgment = this.#journal.acknowledgments.get(opId);
			if (acknowledgment === undefined || !this.#isPulled(acknowledgment)) continue;
			this.#pulled.add(opId);
			this.#open.delete(opId);
			const journaled = this.of(opId);
			if (journaled !== null) settled.push(journaled);
		}
		return settled.sort((a, b) => a.operation.seq - b.operation.seq);
	}

	#isPulled({ outcome, epoch }: Acknowledgment): boolean {
		if (outcome.outcome !== 'applied') return true;
		if (this.#site === null) return false;
		// A new epoch starts positions anew; what it did not take over is sent and acknowledged again.
		return (epoch !== '' && epoch !== this.#site.epoch) || outcome.position <= this.#site.position;
	}

	#stateOf(opId: string, acknowledgment: Acknowledgment | null): JournaledOperation['state'] {
		if (acknowledgment === null) return 'saved';
		if (acknowledgment.outcome.outcome !== 'applied') return 'needs_attention';
		if (!this.#pulled.has(opId)) return 'sent';
		return acknowledgment.outcome.exceptions.length > 0 ? 'needs_attention' : 'confirmed';
	}
}
