import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Dexie, type Table } from 'dexie';
import { createRxDatabase, type DexieStorageInternals, type RxCollection, type RxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { type CollectionName, collectionNames } from '../../../shared/schema/documents.ts';
import { rxSchemaOf, type StoredDocument } from './rx-schema.ts';

const databasePrefix = 'backstock-replica';
/** What RxDB's storage on Dexie puts before a database's name; behind it stand the version and the collection. */
const dexiePrefix = 'rxdb-dexie-';

/**
 * Names the schema of all collections. It changes with any of them: a generation of another schema is read as it is, and a new
 * one is pulled beside it, which is faster than RxDB's migration.
 */
export function schemaName(): string {
	const text = JSON.stringify(collectionNames.map(rxSchemaOf));
	return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 8);
}

/** One generation of a site's replica on disk. */
export interface GenerationName {
	readonly siteId: string;
	readonly schema: string;
	readonly number: number;
}

export function databaseName({ siteId, schema, number }: GenerationName): string {
	return `${databasePrefix}-${siteId.toLowerCase()}-s${schema}-g${number}`;
}

function collectionDatabase(name: GenerationName, collection: CollectionName): string {
	return `${dexiePrefix}${databaseName(name)}--0--${collection}`;
}

/** A stored row, as it lies in RxDB's own table. */
export interface Row extends StoredDocument {
	readonly _deleted?: string;
	readonly _meta?: { readonly position?: number };
}
export type RowTable = Table<Row, string>;

/** An open generation: its tables below RxDB's caches, as another realm writes what these would keep. */
export interface GenerationTables {
	readonly name: GenerationName;
	readonly table: (collection: CollectionName) => RowTable;
	readonly close: () => Promise<void>;
}

type RxCollections = { [Name in CollectionName]: RxCollection<StoredDocument> };

/** Opens a generation of the app's own schema, and makes it when it is not there. RxDB allows two of them in one realm. */
export async function openWithRxDb(name: GenerationName): Promise<GenerationTables> {
	const database: RxDatabase<RxCollections> = await createRxDatabase({
		name: databaseName(name),
		storage: getRxStorageDexie(),
		// RxDB would copy each document to each window. The feed's `stored` event names what changed; that is enough.
		multiInstance: false,
		eventReduce: false,
	});
	try {
		const schemas = Object.fromEntries(collectionNames.map((each) => [each, { schema: rxSchemaOf(each) }]));
		const opened = (await database.addCollections(schemas)) as RxCollections;
		const tables = new Map<CollectionName, RowTable>();
		for (const each of collectionNames) {
			const { dexieTable } = await (opened[each].storageInstance.internals as DexieStorageInternals);
			tables.set(each, dexieTable as unknown as RowTable);
		}
		return {
			name,
			table: (collection) => tableOf(tables, collection),
			close: async () => {
				await database.close();
			},
		};
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** Opens a generation as it lies on the disk, whatever its schema. Rejects when one of its collections is not there. */
export async function openAsItIs(name: GenerationName): Promise<GenerationTables> {
	const databases: Dexie[] = [];
	const close = async () => {
		for (const database of databases) database.close();
	};
	try {
		const tables = new Map<CollectionName, RowTable>();
		for (const each of collectionNames) {
			const database = new Dexie(collectionDatabase(name, each));
			databases.push(database);
			await database.open();
			tables.set(each, database.table('docs'));
		}
		return { name, table: (collection) => tableOf(tables, collection), close };
	} catch (error) {
		await close();
		throw error;
	}
}

function tableOf(tables: ReadonlyMap<CollectionName, RowTable>, collection: CollectionName): RowTable {
	const table = tables.get(collection);
	if (table === undefined) throw new Error(`The replica has no collection ${collection}`);
	return table;
}

/** All replicas on this disk by their databases' names: those of this site by generation, the highest first, and all others. */
export async function listReplicas(
	siteId: string,
): Promise<{ readonly generations: readonly GenerationName[]; readonly others: readonly string[] }> {
	const pattern = /^(.+)-s([0-9a-z]+)-g(\d+)$/;
	const generations = new Map<string, GenerationName>();
	const others: string[] = [];
	for (const { name = '' } of await indexedDB.databases()) {
		if (!name.startsWith(`${dexiePrefix}${databasePrefix}-`)) continue;
		const [, place = '', schema = '', number = ''] = pattern.exec(name.split('--')[0] ?? '') ?? [];
		if (place === `${dexiePrefix}${databasePrefix}-${siteId.toLowerCase()}`)
			generations.set(`${schema} ${number}`, { siteId, schema, number: Number(number) });
		else others.push(name);
	}
	return { generations: [...generations.values()].sort((a, b) => b.number - a.number), others };
}

/** Deletes a generation. What marks it as complete goes first, so that half of one is never taken for a whole. */
export async function deleteGeneration(name: GenerationName): Promise<void> {
	const prefix = `${dexiePrefix}${databaseName(name)}--`;
	await deleteDatabase(collectionDatabase(name, 'meta'));
	for (const { name: found = '' } of await indexedDB.databases())
		if (found.startsWith(prefix)) await deleteDatabase(found);
}

/** Resolves also when somebody still has it open: it is then gone as soon as they close it. */
export function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onblocked = () => resolve();
		request.onerror = () => reject(request.error ?? new Error(`${name} can't be deleted`));
	});
}

/** Runs `work` while no window reads this generation; waits for that. */
export async function whenUnread(name: GenerationName, work: () => Promise<void>): Promise<void> {
	await navigator.locks.request(databaseName(name), work);
}

/** Keeps a generation from being deleted until the answer is called. */
export function holdForReading(name: GenerationName): Promise<() => void> {
	const held = Promise.withResolvers<void>();
	return new Promise((resolve, reject) => {
		navigator.locks
			.request(databaseName(name), { mode: 'shared' }, () => {
				resolve(held.resolve);
				return held.promise;
			})
			.catch(reject);
	});
}
