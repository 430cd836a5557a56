import pg from 'pg';
import { inject } from 'vitest';
import { realClock } from '../sync-server/clock.ts';
import { migrate } from '../sync-server/database/migrate.ts';
import { openDatabase } from '../sync-server/database/open-database.ts';
import { loadDemoData } from '../sync-server/intake/load-demo-data.ts';
import { createTestDatabase, type TestDatabase } from './postgres-for-tests.ts';

const template = 'demo_template';
/** Any number that nothing else locks. */
const templateLock = 4_207_101;

/** A database of its own for one test file, with the demo data: it is loaded once in a run, and copied from then on. */
export async function createDemoDatabase(): Promise<TestDatabase> {
	const serverUrl = inject('postgresUrl');
	const client = new pg.Client({ connectionString: serverUrl });
	await client.connect();
	try {
		await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
		const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
		if (rows.length === 0) {
			const loaded = await createTestDatabase(serverUrl);
			await load(loaded.url);
			await client.query(`ALTER DATABASE ${new URL(loaded.url).pathname.slice(1)} RENAME TO ${template}`);
		}
		// Nobody else may be on a database while it is copied: the lock sees to that, too.
		return await createTestDatabase(serverUrl, template);
	} finally {
		await client.end();
	}
}

async function load(url: string): Promise<void> {
	const { db, close } = openDatabase(url, { connections: 4 });
	await migrate(db);
	await loadDemoData(db, realClock, () => undefined);
	await close();
}
