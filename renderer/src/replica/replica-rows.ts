import { type DexieStorageInternals, normalizeMangoQuery, prepareQuery, type RxDocumentData } from 'rxdb';
import type { Checkpoint } from '../../../shared/protocol/messages.ts';
import type { CollectionName, DocumentOf, StreamName } from '../../../shared/schema/documents.ts';
import type { ReplicaDatabase } from './replica-database.ts';
import type { StoredDocument } from './rx-schema.ts';

/** The collection that also keeps how far each stream was stored. */
export const checkpointCollection = 'meta';

export function checkpointId(stream: StreamName): string {
	return `checkpoint:${stream}`;
}

function withoutFrame({ _deleted, _attachments, _meta, _rev, ...document }: RxDocumentData<StoredDocument>) {
	return document;
}

/** Reads documents by id, each with the position at which its stream brought it; those that are not there are left out. */
export async function readStored(
	database: ReplicaDatabase,
	name: CollectionName,
	ids: readonly string[],
): Promise<readonly { readonly document: DocumentOf<CollectionName>; readonly position: number }[]> {
	const rows = await database.storage(name).findDocumentsById([...ids], false);
	return rows.map((row) => ({
		document: withoutFrame(row) as unknown as DocumentOf<CollectionName>,
		position: Number((row._meta as { readonly position?: number }).position ?? 0),
	}));
}

/** Reads documents by id; those that are not there are left out. */
export async function readByIds<Name extends CollectionName>(
	database: ReplicaDatabase,
	name: Name,
	ids: readonly string[],
): Promise<readonly DocumentOf<Name>[]> {
	const rows = await database.storage(name).findDocumentsById([...ids], false);
	// The feed brought it as a document of this collection.
	return rows.map(withoutFrame) as unknown as readonly DocumentOf<Name>[];
}

/** Reads the documents whose indexed field has this value. */
export async function readWhere<Name extends CollectionName>(
	database: ReplicaDatabase,
	name: Name,
	field: string,
	value: string,
): Promise<readonly DocumentOf<Name>[]> {
	const storage = database.storage(name);
	// Every index of RxDB begins with _deleted: left out, it reads the whole collection.
	const selector = { [field]: { $eq: value }, _deleted: { $eq: false } };
	const query = prepareQuery(storage.schema, normalizeMangoQuery(storage.schema, { selector }));
	const { documents } = await storage.query(query);
	return documents.map(withoutFrame) as unknown as readonly DocumentOf<Name>[];
}

/** The collection's own database and table as Dexie has them, for what RxDB does row by row. */
export function internalsOf(database: ReplicaDatabase, name: CollectionName): DexieStorageInternals {
	return database.storage(name).internals as DexieStorageInternals;
}

/** Reads a whole collection at once; RxDB's own query would walk a cursor over it. */
export async function readAll<Name extends CollectionName>(
	database: ReplicaDatabase,
	name: Name,
): Promise<readonly DocumentOf<Name>[]> {
	const { dexieTable } = await internalsOf(database, name);
	const rows: readonly RxDocumentData<StoredDocument>[] = await dexieTable.toArray();
	// Dexie can't index booleans, so that RxDB stores this one as a digit.
	const present = rows.filter(({ id, _deleted }) => String(_deleted) === '0' && !id.startsWith('checkpoint:'));
	return present.map(withoutFrame) as unknown as readonly DocumentOf<Name>[];
}

export async function readCheckpoint(database: ReplicaDatabase, stream: StreamName): Promise<Checkpoint | null> {
	const [row] = await database.storage(checkpointCollection).findDocumentsById([checkpointId(stream)], false);
	if (row === undefined) return null;
	const { epoch, position } = row;
	return typeof epoch === 'string' && typeof position === 'number' ? { epoch, position } : null;
}
