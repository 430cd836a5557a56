import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FeedPage } from '../../shared/protocol/messages.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres-for-tests.ts';
import { DocumentWriter, siteStream } from '../database/documents.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { inTransaction } from '../database/transaction.ts';
import { readPage } from './read-page.ts';

let place: TestDatabase;
let database: Database;
let control: pg.Pool;

beforeAll(async () => {
	place = await createTestDatabase();
	database = openDatabase(place.url, { connections: 45 });
	await migrate(database.db);
	control = new pg.Pool({ connectionString: place.url, max: 45 });
	control.on('error', () => undefined);
	// What a stream would be with the usual way: a number from a sequence, taken when the row is written.
	await control.query('CREATE TABLE bare (position bigserial PRIMARY KEY, name text NOT NULL)');
});
beforeEach(() => control.query('TRUNCATE bare'));
afterAll(async () => {
	await database.close();
	await control.end();
	await place.drop();
});

/** Follows one stream page by page, as a device does, until it is told that all is written and it has reached the head. */
function follow(siteId: string, limit: number) {
	const seen = new Set<string>();
	let ended = false;
	let position = 0;
	const turn = async () => {
		const device = { deviceId: 'D', siteId, laneId: '' };
		const checkpoint = position === 0 ? null : { epoch, position };
		const request = { stream: 'site', checkpoint, limit } as const;
		const page = JSON.parse(await readPage(database.db, device, request, { serverTime: '' })) as FeedPage;
		epoch = page.epoch;
		if (page.resync) throw new Error('a resync out of nothing');
		if (page.position < position) throw new Error(`the stream went back from ${position} to ${page.position}`);
		for (const { id } of page.documents) seen.add(id);
		position = page.position;
	};
	let epoch = '';
	const running = (async () => {
		for (let last = false; ; last = ended) {
			await turn();
			if (last && position >= (await headOf(siteId))) return;
		}
	})();
	return {
		seen,
		end: async () => {
			ended = true;
			await running;
		},
	};
}

/** The same reader over the bare sequence: what is above the highest number that it has seen. */
function followSequence() {
	const seen = new Set<string>();
	let ended = false;
	const running = (async () => {
		for (let last = false, after = 0; ; last = ended) {
			const { rows } = await control.query('SELECT position, name FROM bare WHERE position > $1 ORDER BY position', [
				after,
			]);
			for (const { position, name } of rows) {
				after = Number(position);
				seen.add(name);
			}
			if (last) return;
		}
	})();
	return {
		seen,
		end: async () => {
			ended = true;
			await running;
		},
	};
}

async function headOf(siteId: string): Promise<number> {
	const row = await database.db
		.selectFrom('stream')
		.select('head')
		.where('id', '=', siteStream(siteId))
		.executeTakeFirst();
	return row?.head ?? 0;
}

/** Writes documents in one transaction that stays open until it is let go. */
function write(siteIds: readonly string[], ids: readonly string[], hold: Promise<unknown>) {
	const taken = Promise.withResolvers<void>();
	const committed = inTransaction(database.db, async (transaction) => {
		const documents = new DocumentWriter();
		for (const siteId of siteIds)
			for (const id of ids) documents.put(siteStream(siteId), 'work', `${siteId} ${id}`, { id });
		await documents.publish(transaction);
		taken.resolve();
		await hold;
	});
	return { taken: taken.promise, committed };
}

async function writeToSequence(ids: readonly string[], hold: Promise<unknown>, taken: () => void = () => undefined) {
	const client = await control.connect();
	try {
		await client.query('BEGIN');
		for (const id of ids) await client.query('INSERT INTO bare (name) VALUES ($1)', [id]);
		taken();
		await hold;
		await client.query('COMMIT');
	} finally {
		client.release();
	}
}

describe('two writers that commit out of order', () => {
	test('the second one waits for the first, and the reader skips neither', async () => {
		await write(['two'], ['start'], Promise.resolve()).committed;
		const reader = follow('two', 10);
		const open = Promise.withResolvers<void>();
		const first = write(['two'], ['first'], open.promise);
		await first.taken;
		let isSecondIn = false;
		const second = write(['two'], ['second'], Promise.resolve());
		void second.committed.then(() => {
			isSecondIn = true;
		});
		await delay(150);
		expect(isSecondIn).toBe(false);
		expect(reader.seen).toEqual(new Set(['two start']));
		open.resolve();
		await Promise.all([first.committed, second.committed]);
		await reader.end();
		expect(reader.seen).toEqual(new Set(['two start', 'two first', 'two second']));
	});

	test('a bare sequence skips the first one under the same schedule', async () => {
		const reader = followSequence();
		const open = Promise.withResolvers<void>();
		const taken = Promise.withResolvers<void>();
		const first = writeToSequence(['first'], open.promise, taken.resolve);
		await taken.promise;
		await writeToSequence(['second'], Promise.resolve());
		while (!reader.seen.has('second')) await delay(5);
		open.resolve();
		await first;
		await reader.end();
		expect(reader.seen).toEqual(new Set(['second']));
	});

	test('a writer of two streams and a writer of one of them neither skip nor wait for each other in a ring', async () => {
		for (const siteId of ['ring-a', 'ring-b']) await write([siteId], ['start'], Promise.resolve()).committed;
		const readers = [follow('ring-a', 10), follow('ring-b', 10)];
		const open = Promise.withResolvers<void>();
		const both = write(['ring-b', 'ring-a'], ['both'], open.promise);
		await both.taken;
		const others = ['ring-a', 'ring-b'].map((siteId) => write([siteId], ['one'], Promise.resolve()));
		const again = write(['ring-a', 'ring-b'], ['again'], Promise.resolve());
		await delay(50);
		open.resolve();
		await Promise.all([both, again, ...others].map(({ committed }) => committed));
		for (const reader of readers) {
			await reader.end();
			expect([...reader.seen].map((each) => each.slice(7)).sort()).toEqual(['again', 'both', 'one', 'start']);
		}
	});
});

describe('40 writers at once', () => {
	const writers = 40;
	const turns = 12;
	const holdMs = (writer: number, turn: number) => ((writer * 7 + turn * 13) % 10 < 3 ? (writer + turn) % 6 : 0);
	const idsOf = (writer: number, turn: number) =>
		Array.from({ length: 1 + ((writer + turn) % 4) }, (_, index) => `${writer}.${turn}.${index}`);

	test('readers of several streams get every document, in pages of any size', async () => {
		const sites = ['many-a', 'many-b', 'many-c'];
		for (const siteId of sites) await write([siteId], ['start'], Promise.resolve()).committed;
		const readers = new Map(sites.map((siteId, index) => [siteId, follow(siteId, [3, 50, 1000][index] ?? 10)]));
		const expected = new Map(sites.map((siteId) => [siteId, new Set([`${siteId} start`])]));
		await Promise.all(
			Array.from({ length: writers }, async (_, writer) => {
				for (let turn = 0; turn < turns; turn += 1) {
					const chosen = turn % 3 === 0 ? sites.toReversed() : [sites[(writer + turn) % 3] ?? ''];
					const ids = idsOf(writer, turn);
					for (const siteId of chosen) for (const id of ids) expected.get(siteId)?.add(`${siteId} ${id}`);
					await write(chosen, ids, delay(holdMs(writer, turn))).committed;
				}
			}),
		);
		for (const [siteId, reader] of readers) {
			await reader.end();
			expect(reader.seen).toEqual(expected.get(siteId));
		}
	});

	test('a bare sequence loses documents under the same load', async () => {
		const reader = followSequence();
		const expected = new Set<string>();
		await Promise.all(
			Array.from({ length: writers }, async (_, writer) => {
				for (let turn = 0; turn < turns; turn += 1) {
					const ids = idsOf(writer, turn);
					for (const id of ids) expected.add(id);
					await writeToSequence(ids, delay(holdMs(writer, turn)));
				}
			}),
		);
		await reader.end();
		expect(reader.seen.isSubsetOf(expected)).toBe(true);
		expect(reader.seen.size).toBeLessThan(expected.size);
	});
});
