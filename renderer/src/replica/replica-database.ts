import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { type CollectionName, collectionNames } from '../../../shared/schema/documents.ts';
import { rxSchemaOf, type StoredDocument } from './rx-schema.ts';

/** Raise it when a document's schema changes: the next generation is pulled anew, which is faster than RxDB's migration. */
export const replicaGeneration = 1;

const databasePrefix = 'backstock-replica';

type RxCollections = { [Name in CollectionName]: RxCollection<StoredDocument> };

export interface ReplicaDatabase {
	readonly storage: (name: CollectionName) => RxCollection<StoredDocument>['storageInstance'];
	readonly close: () => Promise<void>;
}

export function replicaDatabaseName(siteId: string, generation = replicaGeneration): string {
	return `${databasePrefix}-${siteId.toLowerCase()}-g${generation}`;
}

/** Opens the site's replica in this realm. Window and worker may both have it open. */
export async function openReplicaDatabase(siteId: string): Promise<ReplicaDatabase> {
	const database: RxDatabase<RxCollections> = await createRxDatabase({
		name: replicaDatabaseName(siteId),
		storage: getRxStorageDexie(),
		// RxDB would copy each document to each window. The feed's `stored` event names what changed; that is enough.
		multiInstance: false,
		eventReduce: false,
	});
	const schemas = Object.fromEntries(collectionNames.map((name) => [name, { schema: rxSchemaOf(name) }]));
	const opened = await database.addCollections(schemas);
	return {
		// Below RxDB's caches on purpose: another realm writes, so a cached document may be an old one.
		storage: (name) => (opened as RxCollections)[name].storageInstance,
		close: async () => {
			await database.close();
		},
	};
}

/** Deletes the replicas of other generations and other sites; nothing is lost, they are pulled anew when needed. */
export async function dropOtherReplicas(siteId: string): Promise<void> {
	const kept = `rxdb-dexie-${replicaDatabaseName(siteId)}--`;
	for (const { name } of await indexedDB.databases()) {
		if (name?.startsWith(`rxdb-dexie-${databasePrefix}-`) === true && !name.startsWith(kept))
			indexedDB.deleteDatabase(name);
	}
}
