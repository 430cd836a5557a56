import type { Replica } from '../../../shared/device/ports.ts';
import type { FeedDocument } from '../../../shared/protocol/messages.ts';
import {
	type CollectionName,
	collectionNames,
	collections,
	type StreamName,
} from '../../../shared/schema/documents.ts';
import { dropOtherReplicas, openReplicaDatabase, type ReplicaDatabase } from './replica-database.ts';
import { checkpointCollection, checkpointId, internalsOf, readCheckpoint } from './replica-rows.ts';

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
			await Promise.all([...byCollection].map(([name, documents]) => writeAll(database, name, documents)));
			// Last: a crash in between stores the page once more, and that changes nothing.
			const { stream, epoch, position } = page;
			await writeAll(database, checkpointCollection, [
				{ id: checkpointId(stream), position, deleted: false, body: { epoch, position } },
			]);
		},
		clear: (stream) => clear(database, stream),
		close: database.close,
	};
}

type Row = Pick<FeedDocument, 'id' | 'position' | 'deleted' | 'body'>;

/**
 * What RxDB's storage on Dexie adds to each row; IndexedDB can't index a boolean, so it writes `false` as '0'. Without a time in
 * `_meta`, two of its indexes, which nobody reads, stay empty.
 */
const frame = { _deleted: '0', _attachments: {}, _rev: '' };

/**
 * Puts rows into RxDB's own table, below its `bulkWrite`: that one first reads each row and makes events of all that nobody
 * hears, which doubles the time of the first load. What is there is replaced; a tombstone takes its row away.
 */
async function writeAll(database: ReplicaDatabase, name: CollectionName, documents: readonly Row[]): Promise<void> {
	const { dexieDb, dexieTable } = await internalsOf(database, name);
	const kept = documents.filter(({ deleted }) => !deleted);
	const gone = documents.filter(({ deleted }) => deleted).map(({ id }) => id);
	const rows = kept.map(({ id, position, body }) => ({ ...(body as object), ...frame, _meta: { position }, id }));
	if (gone.length === 0) {
		await dexieTable.bulkPut(rows);
		return;
	}
	await dexieDb.transaction('rw', dexieTable, async () => {
		await dexieTable.bulkPut(rows);
		await dexieTable.bulkDelete(gone);
	});
}

async function clear(database: ReplicaDatabase, stream: StreamName): Promise<void> {
	// The checkpoint goes first: a crash in between leaves rows that are stored again, never a gap.
	const checkpoints = await internalsOf(database, checkpointCollection);
	await checkpoints.dexieTable.delete(checkpointId(stream));
	for (const name of collectionNames) {
		if (collections[name].stream !== stream) continue;
		// In one statement for any number of rows: as tombstones, 100,000 products would take a minute.
		const { dexieTable } = await internalsOf(database, name);
		if (name !== checkpointCollection) await dexieTable.clear();
		else
			await dexieTable
				.where('id')
				.notEqual(checkpointId(stream === 'site' ? 'shared' : 'site'))
				.delete();
	}
}
