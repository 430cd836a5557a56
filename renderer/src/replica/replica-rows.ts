import type { StoredCheckpoint, StoredCheckpoints, StoredPage } from '../../../shared/device/ports.ts';
import {
	type CollectionName,
	collectionNames,
	type DocumentOf,
	type StreamName,
} from '../../../shared/schema/documents.ts';
import type { GenerationTables, Row } from './replica-database.ts';

/** The collection that also keeps what the replica knows about itself. */
export const ownCollection = 'meta';
const ownPrefix = 'replica:';
const completeId = `${ownPrefix}complete`;
const canaryId = `${ownPrefix}canary`;
const canary = 'sings as long as its collection is whole';

export const checkpointId = (stream: StreamName) => `${ownPrefix}checkpoint:${stream}`;
export const pageId = (stream: StreamName) => `${ownPrefix}page:${stream}`;
export const isOwnRow = ({ id }: { readonly id: string }) => id.startsWith(ownPrefix);

/**
 * What RxDB's storage on Dexie adds to each row; IndexedDB can't index a boolean, so it writes `false` as '0'. Without a time in
 * `_meta`, two of its indexes, which nobody reads, stay empty.
 */
export const rowFrame = { _deleted: '0', _attachments: {}, _rev: '' };

export function ownRow(id: string, content: object): Row {
	return { ...content, ...rowFrame, _meta: { position: 0 }, id };
}
export const canaryRow = ownRow(canaryId, { canary });
export const completeRow = ownRow(completeId, { complete: true });

/** A stored document, with the position at which its stream brought it. */
export interface Stored<Name extends CollectionName> {
	readonly document: DocumentOf<Name>;
	readonly position: number;
}

export function storedOf<Name extends CollectionName>(row: Row): Stored<Name> {
	const { _deleted, _attachments, _meta, _rev, ...document } = row;
	// The feed brought it as a document of this collection.
	return { document: document as unknown as DocumentOf<Name>, position: _meta?.position ?? 0 };
}

/**
 * What a generation is: complete, being filled, or to be thrown away, and then whether it had been complete. Its canaries tell
 * whether each collection still holds what was written.
 */
export type Judgment = 'complete' | 'filling' | 'remnant' | 'damaged';

export async function judge(tables: GenerationTables): Promise<Judgment> {
	const isComplete = (await tables.table(ownCollection).get(completeId)) !== undefined;
	for (const name of collectionNames) {
		const row = await tables.table(name).get(canaryId);
		if (row?.canary !== canary) return isComplete ? 'damaged' : 'remnant';
	}
	return isComplete ? 'complete' : 'filling';
}

export interface OwnRows {
	readonly checkpoints: StoredCheckpoints;
	/** Pages that are being stored, or were when the power went. */
	readonly pages: readonly StoredPage[];
}

/** What the replica knows about itself, as of one moment. */
export async function readOwnRows(tables: GenerationTables): Promise<OwnRows> {
	const rows = await tables.table(ownCollection).where('id').startsWith(ownPrefix).toArray();
	const row = (id: string) => rows.find((each) => each.id === id);
	return {
		checkpoints: { site: checkpointOf(row(checkpointId('site'))), shared: checkpointOf(row(checkpointId('shared'))) },
		pages: [row(pageId('site')), row(pageId('shared'))].flatMap((each) => (each?.page as StoredPage | undefined) ?? []),
	};
}

function checkpointOf(row: Row | undefined): StoredCheckpoint | null {
	return (row?.checkpoint as StoredCheckpoint | undefined) ?? null;
}

/** Reads documents by id; those that are not there are left out. */
export async function readByIds<Name extends CollectionName>(
	tables: GenerationTables,
	name: Name,
	ids: readonly string[],
): Promise<readonly Stored<Name>[]> {
	const rows = await tables.table(name).bulkGet([...ids]);
	return rows.flatMap((row) => (row === undefined ? [] : [storedOf<Name>(row)]));
}

/** Reads the documents whose indexed field has this value. */
export async function readWhere<Name extends CollectionName>(
	tables: GenerationTables,
	name: Name,
	field: string,
	value: string,
): Promise<readonly Stored<Name>[]> {
	// Every index of RxDB begins with _deleted and ends with the id.
	const index = tables.table(name).where(`[_deleted+${field}+id]`);
	const rows = await index.between(['0', value, ''], ['0', value, '\uffff']).toArray();
	return rows.map((row) => storedOf<Name>(row));
}

/** Reads a whole collection at once. */
export async function readAll<Name extends CollectionName>(
	tables: GenerationTables,
	name: Name,
): Promise<readonly Stored<Name>[]> {
	const rows = await tables.table(name).toArray();
	return rows.filter((row) => !isOwnRow(row)).map((row) => storedOf<Name>(row));
}

/** Reads documents in the order of their ids, those behind this one; the collection's canary is among them. */
export async function readAfter<Name extends CollectionName>(
	tables: GenerationTables,
	name: Name,
	after: string,
	limit: number,
): Promise<readonly Stored<Name>[]> {
	const rows = await tables.table(name).where('id').above(after).limit(limit).toArray();
	return rows.map((row) => storedOf<Name>(row));
}
