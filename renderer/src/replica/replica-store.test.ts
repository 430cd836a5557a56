import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredPage } from '../../../shared/device/ports.ts';
import { DigestSum } from '../../../shared/device/stream-digest.ts';
import { type CollectionName, collectionNames, type StreamName } from '../../../shared/schema/documents.ts';
import { openShownGeneration } from './generation-reader.ts';
import {
	databaseName,
	deleteDatabase,
	listReplicas,
	openAsItIs,
	openWithRxDb,
	schemaName,
} from './replica-database.ts';
import { completeRow, ownRow, pageId } from './replica-rows.ts';
import { type OpenReplica, openReplica } from './replica-store.ts';

let sites = 0;
let siteId = '';
let replica: OpenReplica;
beforeEach(async () => {
	siteId = `S-${++sites}`;
	replica = await openReplica(siteId);
});
afterEach(() => replica.close());

/** RxDB allows 13 open collections in one realm, so that a window in these tests reads what lies there as it is. */
const openShown = () => openShownGeneration(siteId, openAsItIs);
const nameOf = (number: number, schema = schemaName()) => ({ siteId, schema, number });

function pageOf(
	stream: StreamName,
	position: number,
	...documents: readonly [CollectionName, string, object | null][]
) {
	const from = position - documents.length;
	const page: StoredPage = {
		stream,
		epoch: 'e1',
		documents: documents.map(([collection, id, body], index) => ({
			collection,
			id,
			position: from + index + 1,
			deleted: body === null,
			body: body && { id, ...body },
		})),
		position,
		head: position,
		resync: false,
		serverTime: '2026-11-22T18:00:00Z',
		laneId: 'lane-1',
		ownSeq: stream === 'site' ? position : 0,
	};
	return page;
}

async function fill(number: number, text: string): Promise<void> {
	await replica.store(number, pageOf('site', 2, ['work', 'F-1', { text }], ['orders', 'O-1', { text }]));
	await replica.store(number, pageOf('shared', 1, ['catalog', 'P-1', { kind: 'product', gtin: '05012345678900' }]));
}

async function completed(text: string): Promise<number> {
	const number = await replica.begin(0);
	await fill(number, text);
	await replica.complete(number);
	return number;
}

async function restart(schema?: string): Promise<void> {
	await replica.close();
	replica = await openReplica(siteId, schema);
}

async function readText(): Promise<unknown> {
	const reader = await openShown();
	const [row] = (await reader?.readByIds('work', ['F-1'])) ?? [];
	await reader?.close();
	return (row?.document as { text?: string } | undefined)?.text;
}

const numbersOnDisk = async () => (await listReplicas(siteId)).generations.map(({ number }) => number).sort();

test('what is being filled is shown to nobody; complete, it is, with its documents and how far they reach', async () => {
	const number = await replica.begin(0);
	await fill(number, 'first');
	expect(await openShown()).toBeNull();
	expect(await replica.contents()).toMatchObject({ shown: null, filling: { number }, isDamaged: false });
	await replica.complete(number);
	const reader = await openShown();
	expect(reader?.number).toBe(number);
	expect((await reader?.ownRows())?.checkpoints.site).toEqual({
		epoch: 'e1',
		position: 2,
		laneId: 'lane-1',
		ownSeq: 2,
	});
	const found = await reader?.readWhere('catalog', 'gtin', '05012345678900');
	expect(found?.map(({ document }) => document.id)).toEqual(['P-1']);
	expect((await reader?.readAll('orders'))?.map(({ document }) => document.id)).toEqual(['O-1']);
	await reader?.close();
});

test('two generations stand side by side, and the old one goes when the last window has closed it', async () => {
	const first = await completed('first');
	const reader = await openShown();
	const second = await replica.begin(first);
	await fill(second, 'second');
	expect(await readText()).toBe('first');
	expect(await numbersOnDisk()).toEqual([first, second]);
	await replica.complete(second);
	expect(await readText()).toBe('second');
	const still = await reader?.readByIds('work', ['F-1']);
	expect(still).toHaveLength(1);
	await reader?.close();
	for (let tries = 0; tries < 50 && (await numbersOnDisk()).length > 1; tries += 1) {
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	expect(await numbersOnDisk()).toEqual([second]);
});

test('after a crash at any step of a rebuild there is one complete generation, and the filling goes on or begins anew', async () => {
	const first = await completed('first');
	const steps: readonly ((number: number) => Promise<void>)[] = [
		async (number) => replica.store(number, pageOf('site', 1, ['work', 'F-1', { text: 'second' }])),
		async (number) => fill(number, 'second'),
	];
	const second = await replica.begin(first);
	for (const step of steps) {
		await restart();
		const contents = await replica.contents();
		expect(contents).toMatchObject({ shown: { number: first }, filling: { number: second }, isDamaged: false });
		expect(await readText()).toBe('first');
		await step(second);
	}
	await replica.complete(second);
	await restart();
	expect(await replica.contents()).toMatchObject({ shown: { number: second }, filling: null });
	expect(await readText()).toBe('second');
});

test('a generation of which a crash made or deleted only half is no generation', async () => {
	const first = await completed('first');
	const half = await openWithRxDb(nameOf(first + 1));
	await half.close();
	await restart();
	expect(await replica.contents()).toMatchObject({ shown: { number: first }, filling: null, isDamaged: false });
	expect(await numbersOnDisk()).toEqual([first]);
});

test('a page that the power cut through is brought to its end, and read by nobody before', async () => {
	const number = await completed('first');
	const page = pageOf('site', 4, ['work', 'F-1', { text: 'later' }], ['orders', 'O-1', null]);
	const tables = await openAsItIs(nameOf(number));
	await tables.table('meta').put(ownRow(pageId('site'), { page }));
	await tables.table('work').put({ id: 'F-1', text: 'later', _deleted: '0', _meta: { position: 3 } });
	await tables.close();
	const reader = await openShown();
	expect((await reader?.ownRows())?.pages).toHaveLength(1);
	await restart();
	expect((await replica.contents()).shown?.checkpoints.site).toMatchObject({ position: 4, ownSeq: 4 });
	expect((await reader?.ownRows())?.pages).toEqual([]);
	expect(await reader?.readAll('orders')).toEqual([]);
	await reader?.close();
});

test('a changed schema shows the old generation, read only, and fills a new one beside it', async () => {
	const first = await completed('old schema');
	await restart('ffffffff');
	const contents = await replica.contents();
	expect(contents).toMatchObject({ shown: { number: first, isReadOnly: true }, filling: null, isDamaged: false });
	const second = await replica.begin(first);
	await fill(second, 'new schema');
	expect(await readText()).toBe('old schema');
	await replica.complete(second);
	expect(await readText()).toBe('new schema');
	await restart('ffffffff');
	expect((await replica.contents()).shown).toMatchObject({ number: second, isReadOnly: false });
});

test('a collection that lost its rows is damage: it is found at the next start, thrown away and shown to nobody', async () => {
	for (const collection of collectionNames) {
		const number = await completed('whole');
		const tables = await openAsItIs(nameOf(number));
		await tables.table(collection).clear();
		if (collection === 'meta') await tables.table('meta').put(completeRow);
		await tables.close();
		await restart();
		expect(await openShown()).toBeNull();
		expect(await replica.contents()).toEqual({ shown: null, filling: null, isDamaged: true });
		expect(await numbersOnDisk()).toEqual([]);
	}
});

test('a wiped disk holds nothing, and numbers go on above the one that was seen', async () => {
	const number = await completed('whole');
	await replica.close();
	for (const { name = '' } of await indexedDB.databases()) await deleteDatabase(name);
	expect(await replica.contents()).toEqual({ shown: null, filling: null, isDamaged: false });
	expect(await replica.begin(number)).toBe(number + 1);
});

test('replicas of other sites, and of releases that had no generations, are deleted', async () => {
	const legacy = `rxdb-dexie-backstock-replica-${siteId.toLowerCase()}-g1--0--work`;
	await new Promise<void>((resolve) => {
		const request = indexedDB.open(legacy);
		request.onsuccess = () => {
			request.result.close();
			resolve();
		};
	});
	await replica.contents();
	expect((await indexedDB.databases()).some(({ name }) => name === legacy)).toBe(false);
});

test('what it adds up to follows from its documents alone, and a row changed behind its back is seen', async () => {
	const number = await completed('first');
	const expected = new DigestSum();
	expected.add('work', 'F-1', 1);
	expected.add('orders', 'O-1', 2);
	const sorted = (sums: readonly { readonly collection: string }[]) =>
		sums.toSorted((a, b) => a.collection.localeCompare(b.collection));
	expect(sorted(await replica.digest(number, 'site'))).toEqual(sorted(expected.collections()));
	const tables = await openAsItIs(nameOf(number));
	await tables.table('work').update('F-1', { _meta: { position: 9 } });
	await tables.close();
	expect(sorted(await replica.digest(number, 'site'))).not.toEqual(sorted(expected.collections()));
	expect(databaseName(nameOf(number))).toContain(schemaName());
});
