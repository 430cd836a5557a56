import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres-for-tests.ts';
import { DocumentWriter } from './documents.ts';
import { migrate } from './migrate.ts';
import { type Database, openDatabase } from './open-database.ts';
import { inTransaction } from './transaction.ts';

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
	place = await createTestDatabase();
	database = openDatabase(place.url, { connections: 12 });
	await Promise.all([migrate(database.db), migrate(database.db)]);
});
afterAll(async () => {
	await database.close();
	await place.drop();
});

function publish(fill: (documents: DocumentWriter) => void, hold = 0): Promise<ReadonlyMap<string, number>> {
	return inTransaction(database.db, async (transaction) => {
		const documents = new DocumentWriter();
		fill(documents);
		const heads = await documents.publish(transaction);
		if (hold > 0) await delay(hold);
		return heads;
	});
}

const read = (streamId: string, after: number) =>
	database.db
		.selectFrom('stream_document')
		.select(['document_id', 'position', 'deleted', 'body'])
		.where('stream_id', '=', streamId)
		.where('position', '>', after)
		.orderBy('position')
		.execute();

test('a document that is written several times in one transaction takes one position, with its last content', async () => {
	const heads = await publish((documents) => {
		documents.put('site:once', 'orders', 'A', { id: 'A', turn: 1 });
		documents.put('site:once', 'orders', 'B', { id: 'B' });
		documents.put('site:once', 'orders', 'A', { id: 'A', turn: 2 });
		documents.remove('site:once', 'work', 'C');
	});
	expect(heads.get('site:once')).toBe(3);
	expect(await read('site:once', 0)).toEqual([
		{ document_id: 'B', position: 1, deleted: false, body: { id: 'B' } },
		{ document_id: 'A', position: 2, deleted: false, body: { id: 'A', turn: 2 } },
		{ document_id: 'C', position: 3, deleted: true, body: null },
	]);
});

test('a document that changes moves to the end of its stream and leaves no gap behind the head', async () => {
	await publish((documents) => documents.put('site:moves', 'stock', 'A', { units: 1 }));
	await publish((documents) => documents.put('site:moves', 'stock', 'B', { units: 1 }));
	const heads = await publish((documents) => documents.put('site:moves', 'stock', 'A', { units: 2 }));
	expect(heads.get('site:moves')).toBe(3);
	expect((await read('site:moves', 0)).map((row) => [row.document_id, row.position])).toEqual([
		['B', 2],
		['A', 3],
	]);
});

test('a large catalog takes its positions at once', async () => {
	const heads = await publish((documents) => {
		for (let index = 0; index < 4500; index += 1) documents.put('shared', 'catalog', `sku-${index}`, { index });
	});
	expect(heads.get('shared')).toBe(4500);
	const rows = await read('shared', 0);
	expect(rows.map((row) => row.position)).toEqual(Array.from({ length: 4500 }, (_, index) => index + 1));
});

test('a reader that follows many writers skips no document, whatever the order of their commits', async () => {
	const writers = Array.from({ length: 10 }, async (_, writer) => {
		for (let turn = 0; turn < 25; turn += 1) {
			const streams = turn % 3 === 0 ? ['site:y', 'site:x'] : [turn % 2 === 0 ? 'site:x' : 'site:y'];
			await publish(
				(documents) => {
					for (const id of streams) documents.put(id, 'work', `${writer}-${turn}`, { writer, turn });
				},
				Math.random() < 0.3 ? Math.random() * 5 : 0,
			);
		}
	});
	let ended = false;
	const seen = { 'site:x': new Set<string>(), 'site:y': new Set<string>() };
	const reader = (async () => {
		const after = { 'site:x': 0, 'site:y': 0 };
		for (let last = false; ; last = ended) {
			for (const id of ['site:x', 'site:y'] as const) {
				for (const row of await read(id, after[id])) {
					expect(row.position).toBe(after[id] + 1);
					after[id] = row.position;
					seen[id].add(row.document_id);
				}
			}
			if (last) return;
		}
	})();
	await Promise.all(writers);
	ended = true;
	await reader;
	expect(seen['site:x'].size + seen['site:y'].size).toBe(10 * (25 + 9));
});

test('what a broken transaction wrote is nowhere, and its positions are free again', async () => {
	const broken = inTransaction(database.db, async (transaction) => {
		const documents = new DocumentWriter();
		documents.put('site:broken', 'orders', 'A', {});
		await documents.publish(transaction);
		throw new Error('broken off');
	});
	await expect(broken).rejects.toThrow('broken off');
	expect(await read('site:broken', 0)).toEqual([]);
	expect((await publish((documents) => documents.put('site:broken', 'orders', 'B', {}))).get('site:broken')).toBe(1);
});
