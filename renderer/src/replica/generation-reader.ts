import type { CollectionName } from '../../../shared/schema/documents.ts';
import {
	type GenerationName,
	type GenerationTables,
	holdForReading,
	listReplicas,
	openAsItIs,
	openWithRxDb,
	schemaName,
} from './replica-database.ts';
import { judge, type OwnRows, readAll, readByIds, readOwnRows, readWhere, type Stored } from './replica-rows.ts';

/** One complete generation of the replica, for reading. It stays on the disk until it is closed. */
export interface GenerationReader {
	readonly number: number;
	readonly ownRows: () => Promise<OwnRows>;
	readonly readAll: <Name extends CollectionName>(name: Name) => Promise<readonly Stored<Name>[]>;
	readonly readByIds: <Name extends CollectionName>(
		name: Name,
		ids: readonly string[],
	) => Promise<readonly Stored<Name>[]>;
	readonly readWhere: <Name extends CollectionName>(
		name: Name,
		field: string,
		value: string,
	) => Promise<readonly Stored<Name>[]>;
	readonly close: () => Promise<void>;
}

/** Opens the highest complete generation, or gives null. One of another schema than the app's is read as it is. */
export async function openShownGeneration(
	siteId: string,
	openOwn: (name: GenerationName) => Promise<GenerationTables> = openWithRxDb,
): Promise<GenerationReader | null> {
	const schema = schemaName();
	const { generations } = await listReplicas(siteId);
	for (const name of generations) {
		const release = await holdForReading(name);
		const tables = await openComplete(name, name.schema === schema ? openOwn : openAsItIs).catch(() => null);
		if (tables !== null) return readerOf(tables, release);
		release();
	}
	return null;
}

/** Looked at as it is first: opened with RxDB, one that was deleted just now would be made anew. */
async function openComplete(
	name: GenerationName,
	open: (name: GenerationName) => Promise<GenerationTables>,
): Promise<GenerationTables | null> {
	const found = await openAsItIs(name);
	const isComplete = (await judge(found)) === 'complete';
	if (open === openAsItIs && isComplete) return found;
	await found.close();
	return isComplete ? await open(name) : null;
}

function readerOf(tables: GenerationTables, release: () => void): GenerationReader {
	return {
		number: tables.name.number,
		ownRows: () => readOwnRows(tables),
		readAll: (name) => readAll(tables, name),
		readByIds: (name, ids) => readByIds(tables, name, ids),
		readWhere: (name, field, value) => readWhere(tables, name, field, value),
		close: async () => {
			await tables.close();
			release();
		},
	};
}
