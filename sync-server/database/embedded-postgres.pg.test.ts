import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/postgres-for-tests.ts';
import { readDatabasePlace } from './database-place.ts';
import { openDatabaseServer } from './embedded-postgres.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-embedded-'));
chmodSync(dataFolder, 0o755);
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

async function ask(url: string, statement: string): Promise<Record<string, unknown> | undefined> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(statement)).rows[0] as Record<string, unknown> | undefined;
	} finally {
		await client.end();
	}
}

test('a second start keeps all data, and finds another port when the first one is taken', async () => {
	const first = await openDatabaseServer({ dataFolder });
	expect(await ask(first.url, "SELECT current_setting('fsync') AS fsync, lower('É') AS folded")).toEqual({
		fsync: 'on',
		folded: 'é',
	});
	await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS units');
	await first.stop();

	const squatter = createServer();
	const port = readDatabasePlace(dataFolder)?.port;
	await new Promise<void>((done) => squatter.listen(port, '127.0.0.1', done));
	const second = await openDatabaseServer({ dataFolder });
	expect(await ask(second.url, 'SELECT units FROM kept')).toEqual({ units: 42 });
	expect(readDatabasePlace(dataFolder)?.port).not.toBe(port);
	squatter.close();
	await second.stop();
});

test('a server that a killed start left running is taken over, and can be stopped', async () => {
	const forsaken = await openDatabaseServer({ dataFolder });
	const next = await openDatabaseServer({ dataFolder });
	expect(next.url).toBe(forsaken.url);
	await next.stop();
	await expect(ask(forsaken.url, 'SELECT 1')).rejects.toThrow();
});

test('the password stands in a file that only its owner can read', () => {
	const file = join(dataFolder, 'database-place.json');
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readFileSync(file, 'utf8')).toContain('password');
});

test('an own database that refuses is named in words, without its password', async () => {
	const opening = openDatabaseServer({ dataFolder, databaseUrl: 'postgres://somebody:secret@127.0.0.1:1/shop' });
	await expect(opening).rejects.toThrow(/127\.0\.0\.1:1\/shop.*nothing answers there/);
	await expect(openDatabaseServer({ dataFolder, databaseUrl: 'shop' })).rejects.toThrow(/not an address/);
});

test('an own database that is missing is named in words', async () => {
	const database = await createTestDatabase();
	await database.drop();
	await expect(openDatabaseServer({ dataFolder, databaseUrl: database.url })).rejects.toThrow(/does not exist/);
});
