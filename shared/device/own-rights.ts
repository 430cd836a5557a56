import { rightsLeft, unitsTaken, unitsToRelease } from '../domain/selling-rights.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import type { RightShare, SellingRight } from '../schema/selling-right.ts';
import type { RightUnits } from '../schema/stock-operation.ts';
import type { Journal } from './journal.ts';
import type { Statement } from './operation-author.ts';
import type { ReplicaContents, StoredPage } from './ports.ts';

/** The device has fewer rights left than a promise wants to take; nothing was recorded. */
export class NotEnoughRights extends Error {
	override readonly name = 'NotEnoughRights';
}

/** Promises to customers that central may refuse: only what the rights cover is certain. A sale has happened all the same. */
const certain: ReadonlySet<string> = new Set(['capture_order', 'reserve_stock']);
const mostInOne = 200;

export interface OwnRightsParts {
	readonly deviceId: string;
	readonly laneId: string;
	readonly journal: Pick<Journal, 'from' | 'acknowledgments'>;
	/** All rights that this generation of the replica holds. */
	readonly readRights: (generation: number) => Promise<readonly SellingRight[]>;
	/** Saves what the device itself says. */
	readonly say: (statement: Pick<Statement, 'type' | 'v' | 'payload'>) => Promise<void>;
}

/**
 * What this device may promise without asking anybody, by its shown documents and its own journal. All that takes rights or gives them
 * back is recorded in turn, so that two windows, or a recall, never take the same unit.
 */
export class OwnRights {
	readonly #parts: OwnRightsParts;
	readonly #shares = new Map<string, RightShare>();
	#ownSeq = 0;
	/** A recall could not be answered, for instance as the disk was full. */
	#owesAnswer = false;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(parts: OwnRightsParts) {
		this.#parts = parts;
	}

	/** Another generation is shown. One of another release can't be asked for its rights: until it is loaded anew there are none. */
	shows(generation: ReplicaContents['shown']): void {
		void this.#inTurn(async () => {
			this.#shares.clear();
			this.#reached(generation?.checkpoints.site ?? null);
			if (generation === null || generation.isReadOnly) return;
			for (const right of await this.#parts.readRights(generation.number)) this.#hear(right);
			await this.#answerRecalls();
		}).catch(() => undefined);
	}

	/** A page of the shown generation is stored. */
	stored(page: StoredPage): void {
		if (page.stream !== 'site') return;
		void this.#inTurn(async () => {
			this.#reached(page);
			for (const { id, body, deleted } of page.documents) {
				if (deleted) this.#forget(id);
				else if (isRight(body)) this.#hear(body);
			}
			await this.#answerRecalls();
		}).catch(() => undefined);
	}

	/** The site's stream is pulled to its end, perhaps with nothing new: a recall that could not be answered is tried again. */
	caughtUp(): void {
		if (this.#owesAnswer) void this.#inTurn(() => this.#answerRecalls()).catch(() => undefined);
	}

	/** Units that may still be promised of each SKU, in the order of the question. */
	left(skus: readonly string[]): Promise<readonly number[]> {
		return this.#inTurn(async () => {
			const unconfirmed = this.#unconfirmed();
			return skus.map((sku) => rightsLeft(this.#shares.get(sku), unconfirmed, sku));
		});
	}

	/** Saves a statement when the rights that it takes are there. Throws NotEnoughRights. */
	record<T>(statement: Pick<Statement, 'type' | 'payload'>, save: () => Promise<T>): Promise<T> {
		const taken = unitsTaken(statement);
		if (taken.size === 0) return save();
		return this.#inTurn(async () => {
			const unconfirmed = this.#unconfirmed();
			const lacking = [...taken].find(([sku, units]) => rightsLeft(this.#shares.get(sku), unconfirmed, sku) < units);
			if (lacking !== undefined && certain.has(statement.type)) throw new NotEnoughRights(lacking[0]);
			return save();
		});
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const done = this.#turn.then(work);
		this.#turn = done.catch(() => undefined);
		return done;
	}

	#reached(site: { readonly laneId: string; readonly ownSeq: number } | null): void {
		this.#ownSeq = site?.laneId === this.#parts.laneId ? site.ownSeq : 0;
	}

	#hear({ sku, shares }: SellingRight): void {
		const own = shares.find(({ deviceId }) => deviceId === this.#parts.deviceId);
		if (own === undefined) this.#shares.delete(sku);
		else this.#shares.set(sku, own);
	}

	#forget(documentId: string): void {
		for (const sku of this.#shares.keys()) if (documentId.endsWith(`:${sku}`)) this.#shares.delete(sku);
	}

	#unconfirmed(): readonly OperationEnvelope[] {
		const { journal } = this.#parts;
		return journal
			.from(this.#ownSeq + 1, Number.POSITIVE_INFINITY)
			.filter(({ opId }) => journal.acknowledgments.get(opId)?.outcome.outcome !== 'refused');
	}

	/** What central would like to have back, after all that was promised before. */
	async #answerRecalls(): Promise<void> {
		const recalled = [...this.#shares].filter(([, { recall }]) => recall > 0);
		this.#owesAnswer = recalled.length > 0;
		if (recalled.length === 0) return;
		const unconfirmed = this.#unconfirmed();
		const rights: RightUnits = recalled.flatMap(([sku, share]) => {
			const quantity = unitsToRelease(share, unconfirmed, sku);
			return quantity > 0 ? [{ sku, quantity }] : [];
		});
		for (let start = 0; start < rights.length; start += mostInOne) {
			const payload = { rights: rights.slice(start, start + mostInOne) };
			await this.#parts.say({ type: 'release_rights', v: 1, payload });
		}
		this.#owesAnswer = false;
	}
}

function isRight(body: unknown): body is SellingRight {
	return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'selling_right';
}
