import { normalizeMangoQuery, prepareQuery, type RxDocumentData } from 'rxdb';
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

/** Reads documents whose indexed field has one of these values; without a field, all of the collection. */
export async function readWhere<Name extends CollectionName>(
	database: ReplicaDatabase,
	name: Name,
	where?: { readonly field: string; readonly value: string },
): Promise<readonly DocumentOf<Name>[]> {
	const storage = database.storage(name);
	const selector = where === undefined ? {} : { [where.field]: { $eq: where.value } };
	const query = prepareQuery(storage.schema, normalizeMangoQuery(storage.schema, { selector }));
	const { documents } = await storage.query(query);
	return documents
		.filter(({ id }) => !id.startsWith('checkpoint:'))
		.map(withoutFrame) as unknown as readonly DocumentOf<Name>[];
}

export async function readCheckpoint(database: ReplicaDatabase, stream: StreamName): Promise<Checkpoint | null> {
	const [row] = await database.storage(checkpointCollection).findDocumentsById([checkpointId(stream)], false);
	if (row === undefined) return null;
	const { epoch, position } = row;
	return typeof epoch === 'string' && typeof position === 'number' ? { epoch, position } : null;
}
