import type { BulkWriteRow, DexieStorageInternals, RxDocumentData } from 'rxdb';
import type { Replica } from '../../../shared/device/ports.ts';
import type { FeedDocument } from '../../../shared/protocol/messages.ts';
import {
	type CollectionName,
	collectionNames,
	collections,
	type StreamName,
} from '../../../shared/schema/documents.ts';
import { dropOtherReplicas, openReplicaDatabase, type ReplicaDatabase } from './replica-database.ts';
import { checkpointCollection, checkpointId, readCheckpoint } from './replica-rows.ts';
import type { StoredDocument } from './rx-schema.ts';

/** The replica of one site, for the feed client alone: it is the only one that writes. */
export interface OpenReplica extends Replica {
	readonly close: () => Promise<void>;
}

export async function openReplica(siteId: string): Promise<OpenReplica> {
	const database = await openReplicaDatabase(siteId);
	await dropOtherReplicas(siteId);
	return {
		checkpoint: (stream) => readCheckpoint(database, stream),
		store: async (page) => {
			const byCollection = Map.groupBy(page.documents, (document) => document.collection);
			await Promise.all(
				[...byCollection].map(([name, documents]) => writeAll(database, name, documents.map(asStored))),
			);
			// Last: a crash in between stores the page once more, and that changes nothing.
			const { stream, epoch, position } = page;
			await writeAll(database, checkpointCollection, [framed({ id: checkpointId(stream), epoch, position }, false)]);
		},
		clear: (stream) => clear(database, stream),
		close: database.close,
	};
}

function framed(document: StoredDocument, deleted: boolean): RxDocumentData<StoredDocument> {
	return { ...document, _deleted: deleted, _attachments: {}, _meta: { lwt: 1 }, _rev: '' };
}

function asStored({ id, deleted, body }: FeedDocument): RxDocumentData<StoredDocument> {
	return deleted ? framed({ id }, true) : framed({ ...(body as object), id }, false);
}

/** Writes as if nothing were there, which is so in the first load; what is there comes back and is replaced. */
async function writeAll(
	database: ReplicaDatabase,
	name: CollectionName,
	documents: readonly RxDocumentData<StoredDocument>[],
): Promise<void> {
	const storage = database.storage(name);
	const latest = new Map(documents.map((document) => [document.id, document]));
	let rows: BulkWriteRow<StoredDocument>[] = [...latest.values()].map((document) => ({ document }));
	for (let attempt = 0; rows.length > 0; attempt++) {
		const { error } = await storage.bulkWrite(rows, 'feed');
		if (error.length > 0 && attempt === 3) throw new Error(`The replica's ${name} could not be written`);
		rows = error.flatMap((conflict) => {
			const document = latest.get(conflict.documentId);
			if (conflict.status !== 409) throw new Error(`The replica's ${name} refused ${conflict.documentId}`);
			return document === undefined ? [] : [{ document, previous: conflict.documentInDb }];
		});
	}
}

async function clear(database: ReplicaDatabase, stream: StreamName): Promise<void> {
	// The checkpoint goes first: a crash in between leaves rows that are stored again, never a gap.
	const checkpoints = await tableOf(database, checkpointCollection);
	await checkpoints.delete(checkpointId(stream));
	for (const name of collectionNames) {
		if (collections[name].stream !== stream) continue;
		// In one statement for any number of rows: as tombstones, 100,000 products would take a minute.
		const table = await tableOf(database, name);
		if (name !== checkpointCollection) await table.clear();
		else
			await table
				.where('id')
				.notEqual(checkpointId(stream === 'site' ? 'shared' : 'site'))
				.delete();
	}
}

async function tableOf(database: ReplicaDatabase, name: CollectionName) {
	const { dexieTable } = await (database.storage(name).internals as DexieStorageInternals);
	return dexieTable;
}
