import type { FeedDocument } from '../../protocol/messages.ts';
import { collections, type StreamName } from '../../schema/documents.ts';
import type { SellingRight } from '../../schema/selling-right.ts';
import type { Replica, ReplicaGeneration, StoredCheckpoint, StoredPage } from '../ports.ts';
import { DigestSum } from '../stream-digest.ts';

/** One generation in memory. Documents are named `<collection>/<id>`. */
export interface MemoryGeneration extends ReplicaGeneration {
	readonly documents: ReadonlyMap<string, FeedDocument>;
	readonly isComplete: boolean;
}

export interface MemoryReplica extends Replica {
	/** Of the generation that is shown; none while none is complete. */
	readonly documents: ReadonlyMap<string, FeedDocument>;
	readonly shown: MemoryGeneration | null;
	/** All that are there, the lowest first. */
	readonly generations: readonly MemoryGeneration[];
	/** From now on the app has another schema: what is here can be read only. */
	changeSchema(): void;
	/** A generation's own marks are gone, as after a flipped byte: it can't be trusted. */
	damage(): void;
	/** Changes a document behind the replica's back. */
	falsify(key: string, position: number): void;
}

interface Generation {
	readonly number: number;
	readonly schema: number;
	readonly documents: Map<string, FeedDocument>;
	readonly checkpoints: Record<StreamName, StoredCheckpoint | null>;
	isComplete: boolean;
	isDamaged: boolean;
}

/** A replica in memory, for tests of the device: as strict about its generations as the real one. */
export function memoryReplica(): MemoryReplica {
	let generations: readonly Generation[] = [];
	let schema = 1;
	const shown = () => generations.findLast(({ isComplete, isDamaged }) => isComplete && !isDamaged) ?? null;
	const find = (number: number): Generation => {
		const found = generations.find((each) => each.number === number);
		if (found === undefined) throw new Error(`there is no generation ${number}`);
		return found;
	};

	return {
		get documents() {
			return shown()?.documents ?? new Map();
		},
		get shown() {
			return shown();
		},
		get generations() {
			return generations;
		},
		changeSchema: () => {
			schema += 1;
		},
		damage: () => {
			for (const generation of generations) generation.isDamaged = true;
		},
		falsify: (key, position) => {
			const documents = shown()?.documents;
			const document = documents?.get(key);
			if (document !== undefined) documents?.set(key, { ...document, position });
		},
		contents: async () => {
			const isDamaged = generations.some((each) => each.isDamaged && each.isComplete);
			const complete = shown();
			const filling = generations.findLast(
				(each) => each.number > (complete?.number ?? 0) && each.schema === schema && !each.isDamaged,
			);
			generations = generations.filter((each) => each === complete || each === filling);
			const isReadOnly = complete?.schema !== schema;
			return {
				shown: complete && { number: complete.number, checkpoints: { ...complete.checkpoints }, isReadOnly },
				filling: filling === undefined ? null : { number: filling.number, checkpoints: { ...filling.checkpoints } },
				isDamaged,
			};
		},
		begin: async (above) => {
			const number = Math.max(above, ...generations.map((each) => each.number)) + 1;
			const checkpoints = { site: null, shared: null };
			const begun = { number, schema, documents: new Map(), checkpoints, isComplete: false, isDamaged: false };
			generations = [...generations.filter(({ isComplete }) => isComplete), begun];
			return number;
		},
		store: async (number, page: StoredPage) => {
			const { documents, checkpoints } = find(number);
			for (const document of page.documents) {
				const key = `${document.collection}/${document.id}`;
				if (document.deleted) documents.delete(key);
				else documents.set(key, document);
			}
			const { stream, epoch, position, laneId, ownSeq, horizon } = page;
			checkpoints[stream] = { epoch, position, laneId, ownSeq, ...(horizon === undefined ? {} : { horizon }) };
		},
		complete: async (number) => {
			find(number).isComplete = true;
			generations = generations.filter((each) => each.number >= number);
		},
		digest: async (number, stream) => {
			const sum = new DigestSum();
			for (const { collection, id, position } of find(number).documents.values())
				if (collections[collection].stream === stream) sum.add(collection, id, position);
			return sum.collections();
		},
		rights: async (number) =>
			[...find(number).documents.values()].flatMap(({ body }) => {
				const right = body as SellingRight | { readonly kind?: string };
				return right.kind === 'selling_right' ? [right as SellingRight] : [];
			}),
	};
}
