import type { Replica, ReplicaContents, StoredPage } from '../../../shared/device/ports.ts';
import { DigestSum } from '../../../shared/device/stream-digest.ts';
import type { FeedDocument } from '../../../shared/protocol/messages.ts';
import { type CollectionName, collectionNames, collections } from '../../../shared/schema/documents.ts';
import {
	databaseName,
	deleteDatabase,
	deleteGeneration,
	type GenerationName,
	type GenerationTables,
	listReplicas,
	openAsItIs,
	openWithRxDb,
	schemaName,
	whenUnread,
} from './replica-database.ts';
import {
	canaryRow,
	checkpointId,
	completeRow,
	isOwnRow,
	type Judgment,
	judge,
	ownCollection,
	ownRow,
	pageId,
	readOwnRows,
	rowFrame,
	storedOf,
} from './replica-rows.ts';

/** The replica of one site, for the feed client alone: it is the only one that writes. */
export interface OpenReplica extends Replica {
	readonly close: () => Promise<void>;
}

/** How many rows are added up at once, so that nothing else in this realm has to wait. */
const rowsAtOnce = 1000;

/** @param schema the app's own, unless a test stands in for another release */
export async function openReplica(siteId: string, schema = schemaName()): Promise<OpenReplica> {
	const open = new Map<number, Promise<GenerationTables>>();
	let shown: number | null = null;

	const nameOf = (number: number): GenerationName => ({ siteId, schema, number });
	const tablesOf = (number: number): Promise<GenerationTables> => {
		const known = open.get(number) ?? openWithRxDb(nameOf(number));
		open.set(number, known);
		known.catch(() => open.delete(number));
		return known;
	};
	const close = async (number: number): Promise<void> => {
		const tables = open.get(number);
		open.delete(number);
		await tables?.then((each) => each.close()).catch(() => undefined);
	};
	/** Not waited for: a window may read it for a while. */
	const drop = (name: GenerationName): void => {
		void close(name.number)
			.then(() => whenUnread(name, () => deleteGeneration(name)))
			.catch((error: unknown) => console.error(`${databaseName(name)} could not be deleted`, error));
	};
	const dropNow = async (name: GenerationName): Promise<void> => {
		await close(name.number);
		await deleteGeneration(name);
	};

	async function contents(): Promise<ReplicaContents> {
		// What this realm thinks to have open may be gone from the disk.
		for (const number of [...open.keys()]) await close(number);
		const { generations, others } = await listReplicas(siteId);
		for (const other of others) await deleteDatabase(other);
		let complete: GenerationName | null = null;
		let filling: GenerationName | null = null;
		let isDamaged = false;
		for (const name of generations) {
			const judgment = await judgeOnDisk(name);
			const isWanted = complete === null && judgment !== 'remnant' && judgment !== 'damaged';
			if (isWanted && judgment === 'complete') complete = name;
			else if (isWanted && filling === null && name.schema === schema) filling = name;
			else if (complete === null) {
				isDamaged ||= judgment === 'damaged';
				await dropNow(name);
			} else drop(name);
		}
		shown = complete?.number ?? null;
		return {
			shown: complete && { ...(await read(complete)), isReadOnly: complete.schema !== schema },
			filling: filling && (await read(filling)),
			isDamaged,
		};
	}

	async function read(name: GenerationName) {
		const isOwn = name.schema === schema;
		const tables = isOwn ? await tablesOf(name.number) : await openAsItIs(name);
		const { checkpoints, pages } = await readOwnRows(tables);
		if (!isOwn) await tables.close();
		// The power went while these were being stored: that is brought to its end.
		else for (const page of pages) await writePage(tables, page);
		const reached = pages.length === 0 || !isOwn ? checkpoints : (await readOwnRows(tables)).checkpoints;
		return { number: name.number, checkpoints: reached };
	}

	return {
		contents,
		begin: async (above) => {
			const { generations } = await listReplicas(siteId);
			for (const name of generations) if (name.number > (shown ?? 0)) await dropNow(name);
			const number = Math.max(above, shown ?? 0, ...generations.map((each) => each.number)) + 1;
			const tables = await tablesOf(number);
			for (const name of collectionNames) await tables.table(name).put(canaryRow);
			return number;
		},
		store: async (number, page) => {
			const tables = await tablesOf(number);
			const pages = tables.table(ownCollection);
			// Each collection is a database of its own: noted as a whole first, a page is never stored by half.
			if (number === shown && page.documents.length > 0) await pages.put(ownRow(pageId(page.stream), { page }));
			await writePage(tables, page);
		},
		complete: async (number) => {
			const tables = await tablesOf(number);
			await tables.table(ownCollection).put(completeRow);
			shown = number;
			const { generations } = await listReplicas(siteId);
			for (const name of generations) if (name.number < number) drop(name);
		},
		digest: async (number, stream) => {
			const tables = await tablesOf(number);
			const sum = new DigestSum();
			for (const name of collectionNames) if (collections[name].stream === stream) await addUp(tables, name, sum);
			return sum.collections();
		},
		rights: async (number) => {
			const tables = await tablesOf(number);
			const rows = await tables.table('stock').where('id').startsWith('right:').toArray();
			return rows.map((row) => storedOf<'stock'>(row).document).filter((each) => 'shares' in each);
		},
		close: async () => {
			for (const number of [...open.keys()]) await close(number);
		},
	};
}

/** What can't be opened or read counts as damaged if it is whole by its names, and is thrown away in any case. */
async function judgeOnDisk(name: GenerationName): Promise<Judgment> {
	let tables: GenerationTables;
	try {
		tables = await openAsItIs(name);
	} catch (error) {
		return error instanceof Error && error.name === 'NoSuchDatabaseError' ? 'remnant' : 'damaged';
	}
	try {
		return await judge(tables);
	} catch {
		return 'damaged';
	} finally {
		await tables.close();
	}
}

async function writePage(tables: GenerationTables, page: StoredPage): Promise<void> {
	const byCollection = Map.groupBy(page.documents, (document) => document.collection);
	await Promise.all([...byCollection].map(([name, documents]) => writeAll(tables, name, documents)));
	// Last: a crash in between stores the page once more, and that changes nothing.
	const { stream, epoch, position, laneId, ownSeq, horizon } = page;
	const checkpoint = { epoch, position, laneId, ownSeq, ...(horizon === undefined ? {} : { horizon }) };
	const own = tables.table(ownCollection);
	await own.db.transaction('rw', own, async () => {
		await own.put(ownRow(checkpointId(stream), { checkpoint }));
		await own.delete(pageId(stream));
	});
}

/**
 * Puts rows into RxDB's own table, below its `bulkWrite`: that one first reads each row and makes events of all that nobody
 * hears, which doubles the time of the first load. What is there is replaced; a tombstone takes its row away.
 */
async function writeAll(
	tables: GenerationTables,
	name: CollectionName,
	documents: readonly Pick<FeedDocument, 'id' | 'position' | 'deleted' | 'body'>[],
): Promise<void> {
	const table = tables.table(name);
	const kept = documents.filter(({ deleted }) => !deleted);
	const gone = documents.filter(({ deleted }) => deleted).map(({ id }) => id);
	const rows = kept.map(({ id, position, body }) => ({ ...(body as object), ...rowFrame, _meta: { position }, id }));
	if (gone.length === 0) {
		await table.bulkPut(rows);
		return;
	}
	await table.db.transaction('rw', table, async () => {
		await table.bulkPut(rows);
		await table.bulkDelete(gone);
	});
}

async function addUp(tables: GenerationTables, name: CollectionName, sum: DigestSum): Promise<void> {
	for (let last = ''; ; ) {
		const rows = await tables.table(name).where('id').above(last).limit(rowsAtOnce).toArray();
		for (const row of rows) if (!isOwnRow(row)) sum.add(name, row.id, row._meta?.position ?? 0);
		last = rows.at(-1)?.id ?? '';
		if (rows.length < rowsAtOnce) return;
		// Reading resolves without giving others their turn when the rows are at hand.
		await new Promise((resolve) => setTimeout(resolve, 0));
	}
}
