import type { Kysely } from 'kysely';
import type { CollectionName } from '../../shared/schema/documents.ts';
import type { Order } from '../../shared/schema/order.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './tables.ts';

/** The channel on which a commit tells how far its streams reach: `<head> <stream id>`. */
export const wakeChannel = 'backstock_stream';

export const sharedStream = 'shared';
export function siteStream(siteId: string): string {
	return `site:${siteId}`;
}

/** The streams in which an order is seen: those of the sites that fulfill a part of it. */
export function streamsOfOrder(order: Order): readonly string[] {
	return [...new Set(order.fulfillments.map(({ siteId }) => siteStream(siteId)))];
}

interface Change {
	readonly streamId: string;
	readonly collection: CollectionName;
	readonly documentId: string;
	readonly body: string | null;
}

/** The changes of one transaction as the parameters $1 to $7 of `publishingTables`. */
export type PublishValues = readonly [string[], number[], string[], string[], string[], number[], (string | null)[]];

/**
 * The beginning of a statement that takes positions and stores documents: `WITH` and three named tables, of which `headed`
 * (id, head) tells where each stream now ends. The streams are locked in the order of their ids, so that no two transactions
 * wait for each other; the lock is held until the commit, so that positions become visible in order and without gaps.
 */
export const publishingTables = `
WITH locked AS MATERIALIZED (
	SELECT id FROM stream WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE
), headed AS (
	UPDATE stream SET head = stream.head + wanted.units
	FROM (SELECT * FROM unnest($1::text[], $2::int[]) AS asked (id, units)) wanted
	WHERE stream.id = wanted.id AND wanted.id IN (SELECT id FROM locked)
	RETURNING stream.id, stream.head, wanted.units
), stored AS (
	INSERT INTO stream_document (stream_id, collection, document_id, position, deleted, body, changed_at)
	SELECT headed.id, change.collection, change.document_id, headed.head - headed.units + change.place,
		change.body IS NULL, change.body::jsonb, now()
	FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[])
		AS change (stream_id, collection, document_id, place, body)
	JOIN headed ON headed.id = change.stream_id
	ON CONFLICT (stream_id, collection, document_id) DO UPDATE SET position = excluded.position,
		deleted = excluded.deleted, body = excluded.body, changed_at = excluded.changed_at
)`;

interface Head {
	readonly id: string;
	readonly head: number;
}

const publishSmall = prepared<Head>(
	'publish',
	`${publishingTables} SELECT id, head, pg_notify('${wakeChannel}', head || ' ' || id) FROM headed`,
);
const takePositions = prepared<Head>(
	'take_positions',
	`WITH locked AS MATERIALIZED (SELECT id FROM stream WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE), headed AS (
		UPDATE stream SET head = stream.head + wanted.units
		FROM (SELECT * FROM unnest($1::text[], $2::int[]) AS asked (id, units)) wanted
		WHERE stream.id = wanted.id AND wanted.id IN (SELECT id FROM locked)
		RETURNING stream.id, stream.head
	) SELECT id, head, pg_notify('${wakeChannel}', head || ' ' || id) FROM headed`,
);
const storeAtPositions = prepared<never>(
	'store_at_positions',
	`INSERT INTO stream_document (stream_id, collection, document_id, position, deleted, body, changed_at)
	SELECT stream_id, collection, document_id, position, body IS NULL, body::jsonb, now()
	FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
		AS change (stream_id, collection, document_id, position, body)
	ON CONFLICT (stream_id, collection, document_id) DO UPDATE SET position = excluded.position,
		deleted = excluded.deleted, body = excluded.body, changed_at = excluded.changed_at`,
);
const makeStreams = prepared<never>(
	'make_streams',
	`INSERT INTO stream (id, epoch) SELECT asked.id, setting.value #>> '{}'
	FROM unnest($1::text[]) AS asked (id), setting WHERE setting.key = 'epoch' ORDER BY asked.id
	ON CONFLICT (id) DO NOTHING`,
);

/** Makes the streams that don't exist yet, at position 0. */
export async function ensureStreams(db: Kysely<Tables>, streamIds: readonly string[]): Promise<void> {
	await makeStreams(db, [[...streamIds].sort()]);
}

const largestAtOnce = 500;
const chunk = 2000;

/**
 * Collects the documents that one transaction changes, and publishes them as its last step. A document that is written
 * several times takes one position, with its last content. A body must never be changed after it was put.
 */
export class DocumentWriter {
	readonly #changes = new Map<string, Map<string, Change>>();

	/** Puts a document into a stream, for instance `put(siteStream(order.siteId), 'orders', order.id, order)`. */
	put(streamId: string, collection: CollectionName, documentId: string, body: object): void {
		this.#change({ streamId, collection, documentId, body: JSON.stringify(body) });
	}

	/** Leaves a tombstone: the document is out of this stream's sight. */
	remove(streamId: string, collection: CollectionName, documentId: string): void {
		this.#change({ streamId, collection, documentId, body: null });
	}

	#change(change: Change): void {
		const stream = this.#changes.get(change.streamId) ?? new Map<string, Change>();
		this.#changes.set(change.streamId, stream);
		const key = `${change.collection} ${change.documentId}`;
		stream.delete(key);
		stream.set(key, change);
	}

	get streamIds(): readonly string[] {
		return [...this.#changes.keys()].sort();
	}

	get size(): number {
		return [...this.#changes.values()].reduce((sum, changes) => sum + changes.size, 0);
	}

	/** What a statement that begins with `publishingTables` needs. */
	values(): PublishValues {
		const streams = [...this.#changes].sort(([a], [b]) => (a < b ? -1 : 1));
		const all = streams.flatMap(([, changes]) => [...changes.values()].map((change, index) => ({ change, index })));
		return [
			streams.map(([id]) => id),
			streams.map(([, changes]) => changes.size),
			all.map(({ change }) => change.streamId),
			all.map(({ change }) => change.collection),
			all.map(({ change }) => change.documentId),
			all.map(({ index }) => index + 1),
			all.map(({ change }) => change.body),
		];
	}

	/**
	 * Takes the positions, stores the documents and wakes who listens, when the transaction commits. The last step of a
	 * transaction: from here on it holds the streams' locks.
	 * @returns where each touched stream now ends
	 */
	async publish(transaction: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
		if (this.#changes.size === 0) return new Map();
		const { streamIds } = this;
		if (this.size > largestAtOnce) return this.#publishMany(transaction, streamIds);
		const heads = await publishSmall(transaction, this.values());
		const positions = new Map(heads.map(({ id, head }) => [id, head]));
		const missing = streamIds.filter((id) => !positions.has(id));
		if (missing.length === 0) return positions;
		await ensureStreams(transaction, missing);
		const rest = new DocumentWriter();
		for (const id of missing) rest.#changes.set(id, this.#changes.get(id) ?? new Map());
		return new Map([...positions, ...(await rest.publish(transaction))]);
	}

	async #publishMany(transaction: Kysely<Tables>, streamIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
		await ensureStreams(transaction, streamIds);
		const counts = streamIds.map((id) => this.#changes.get(id)?.size ?? 0);
		const heads = await takePositions(transaction, [[...streamIds], counts]);
		const positions = new Map(heads.map(({ id, head }) => [id, head]));
		for (const [streamId, changes] of this.#changes) {
			const all = [...changes.values()];
			const before = (positions.get(streamId) ?? 0) - all.length;
			for (let start = 0; start < all.length; start += chunk) {
				const part = all.slice(start, start + chunk);
				await storeAtPositions(transaction, [
					part.map(() => streamId),
					part.map(({ collection }) => collection),
					part.map(({ documentId }) => documentId),
					part.map((_, index) => before + start + index + 1),
					part.map(({ body }) => body),
				]);
			}
		}
		return positions;
	}
}
