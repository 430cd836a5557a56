import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedDocument, FeedPage } from '../../shared/protocol/messages.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres-for-tests.ts';
import { type Clock, clockStartingAt, realClock } from '../clock.ts';
import { DocumentWriter, siteStream } from '../database/documents.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { purgeDaily, purgeTombstones } from '../database/purge-tombstones.ts';
import { inTransaction } from '../database/transaction.ts';
import { type PageRequest, readPage } from './read-page.ts';

let place: TestDatabase;
let database: Database;
beforeAll(async () => {
	place = await createTestDatabase();
	database = openDatabase(place.url, { connections: 12 });
	await migrate(database.db);
});
afterAll(async () => {
	await database.close();
	await place.drop();
});

const inDays = (days: number): Clock => clockStartingAt(realClock.now().add({ hours: 24 * days }));

function publish(siteId: string, fill: (put: (id: string) => void, remove: (id: string) => void) => void) {
	return inTransaction(database.db, async (transaction) => {
		const documents = new DocumentWriter();
		fill(
			(id) => documents.put(siteStream(siteId), 'work', id, { id }),
			(id) => documents.remove(siteStream(siteId), 'work', id),
		);
		await documents.publish(transaction);
	});
}

/** A device's replica in memory: it stores pages, and starts anew at the word to do so. */
function openDevice(siteId: string) {
	const documents = new Map<string, FeedDocument>();
	let checkpoint: PageRequest['checkpoint'] = null;
	let resyncs = 0;
	return {
		documents,
		resyncs: () => resyncs,
		async follow(limit = 1000): Promise<void> {
			for (;;) {
				const device = { deviceId: 'D', siteId, laneId: '' };
				const request = { stream: 'site', checkpoint, limit } as const;
				const page = JSON.parse(await readPage(database.db, device, request, { serverTime: '' })) as FeedPage;
				if (page.resync) {
					resyncs += 1;
					if (resyncs > 5) throw new Error('it starts anew without end');
					documents.clear();
					checkpoint = null;
					continue;
				}
				for (const document of page.documents) {
					if (document.deleted) documents.delete(document.id);
					else documents.set(document.id, document);
				}
				const horizon: number = checkpoint?.horizon ?? page.horizon ?? 0;
				checkpoint = { epoch: page.epoch, position: page.position, horizon };
				if (page.position >= page.head) return;
			}
		},
		ids: () => [...documents.keys()].sort(),
	};
}

test('a document deleted and created again is there, also for a device that saw neither', async () => {
	const [close, far] = [openDevice('again'), openDevice('again')];
	await publish('again', (put) => ['A', 'B'].forEach(put));
	await Promise.all([close.follow(), far.follow()]);
	await publish('again', (_, remove) => remove('A'));
	await close.follow();
	expect(close.ids()).toEqual(['B']);
	await publish('again', (put) => put('A'));
	await Promise.all([close.follow(), far.follow()]);
	expect(close.ids()).toEqual(['A', 'B']);
	expect(far.ids()).toEqual(['A', 'B']);
	expect(close.resyncs() + far.resyncs()).toBe(0);
});

test('a device that was off for a month is told of every document that left, and starts nothing anew', async () => {
	const device = openDevice('month');
	await publish('month', (put) => ['A', 'B', 'C'].forEach(put));
	await device.follow();
	await publish('month', (_, remove) => ['A', 'C'].forEach(remove));
	expect(await purgeTombstones({ db: database.db, clock: inDays(31) })).toBe(0);
	await device.follow();
	expect(device.ids()).toEqual(['B']);
	expect(device.resyncs()).toBe(0);
});

test('a checkpoint older than the kept history starts anew, and holds exactly what central holds', async () => {
	const [gone, present] = [openDevice('history'), openDevice('history')];
	await publish('history', (put) => ['A', 'B', 'C'].forEach(put));
	await Promise.all([gone.follow(), present.follow()]);
	await publish('history', (_, remove) => ['A', 'C'].forEach(remove));
	await publish('history', (put) => put('D'));
	await present.follow();
	expect(await purgeTombstones({ db: database.db, clock: inDays(91), batch: 1 })).toBeGreaterThanOrEqual(2);
	await Promise.all([gone.follow(), present.follow()]);
	expect(gone.ids()).toEqual(['B', 'D']);
	expect(present.ids()).toEqual(['B', 'D']);
	expect([gone.resyncs(), present.resyncs()]).toEqual([1, 0]);
});

test('a load from zero after a purge comes to its end in pages of any size', async () => {
	await publish('pages', (put) => ['A', 'B', 'C', 'D', 'E'].forEach(put));
	await publish('pages', (_, remove) => remove('E'));
	await publish('pages', (put) => put('F'));
	await purgeTombstones({ db: database.db, clock: inDays(91) });
	const device = openDevice('pages');
	await device.follow(1);
	expect(device.ids()).toEqual(['A', 'B', 'C', 'D', 'F']);
	expect(device.resyncs()).toBe(0);
});

test('a load from zero that a later purge overtakes starts anew', async () => {
	await publish('overtaken', (put) => ['A', 'B'].forEach(put));
	const device = { deviceId: 'D', siteId: 'overtaken', laneId: '' };
	const read = async (checkpoint: PageRequest['checkpoint']) => {
		const request = { stream: 'site', checkpoint, limit: 1 } as const;
		return JSON.parse(await readPage(database.db, device, request, { serverTime: '' })) as FeedPage;
	};
	const { epoch, position, horizon = 0 } = await read(null);
	await publish('overtaken', (_, remove) => remove('A'));
	await purgeTombstones({ db: database.db, clock: inDays(91) });
	expect((await read({ epoch, position, horizon })).resync).toBe(true);
});

test('servers that purge at once purge each tombstone once, while others go on publishing', async () => {
	await publish('busy', (put) => Array.from({ length: 300 }, (_, index) => put(`old-${index}`)));
	await publish('busy', (_, remove) => Array.from({ length: 300 }, (__, index) => remove(`old-${index}`)));
	const parts = { db: database.db, clock: inDays(91), batch: 20 };
	const writing = Array.from({ length: 4 }, async (_, writer) => {
		for (let turn = 0; turn < 20; turn += 1) await publish('busy', (put) => put(`new-${writer}-${turn}`));
	});
	const stop = purgeDaily(parts, () => undefined);
	await Promise.all([...writing, ...[1, 2, 3].map(() => purgeTombstones(parts))]);
	await stop();
	await purgeTombstones(parts);
	const device = openDevice('busy');
	await device.follow();
	expect(device.documents.size).toBe(80);
	const left = await database.db
		.selectFrom('stream_document')
		.select('document_id')
		.where('stream_id', '=', siteStream('busy'))
		.where('deleted', '=', true)
		.execute();
	expect(left).toEqual([]);
});
