import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabaseServer } from '../../sync-server/database/embedded-postgres.ts';
import { migrate } from '../../sync-server/database/migrate.ts';
import { openDatabase } from '../../sync-server/database/open-database.ts';
import { largeSize } from './large-site.ts';
import { seedLargeSite } from './seed-large-site.ts';

/** What the benches share: one PostgreSQL with its ordinary, durable settings, and copies of the seeded database. */
export interface Workshop {
	readonly databaseUrl: string;
	/** For anything that may be thrown away afterwards. */
	readonly folder: string;
	readonly log: (line: string) => void;
	/** A database of its own, with the large site in it. */
	copyOfLargeSite(): Promise<string>;
	/** Ends and deletes everything. Whatever was opened with `onClose` ends first, the last first. */
	close(): Promise<void>;
	onClose(stop: () => Promise<void>): void;
}

const seedName = 'large_site';

export async function openWorkshop(log: (line: string) => void): Promise<Workshop> {
	const folder = mkdtempSync(join(tmpdir(), 'backstock-bench-'));
	// The database's account must be able to enter it when the benches run as root.
	chmodSync(folder, 0o755);
	const server = await openDatabaseServer({ dataFolder: folder, log });
	const stops: (() => Promise<void>)[] = [];
	let seeding: Promise<void> | undefined;
	let copies = 0;
	return {
		databaseUrl: server.url,
		folder,
		log,
		copyOfLargeSite: async () => {
			seeding ??= seed(server.url, log);
			await seeding;
			copies += 1;
			const name = `${seedName}_${copies}`;
			await runOn(server.url, `CREATE DATABASE ${name} TEMPLATE ${seedName} STRATEGY file_copy`);
			return databaseNamed(server.url, name);
		},
		onClose: (stop) => {
			stops.push(stop);
		},
		close: async () => {
			try {
				for (const stop of stops.splice(0).reverse()) await stop();
			} finally {
				await server.stop();
				rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
			}
		},
	};
}

async function seed(serverUrl: string, log: (line: string) => void): Promise<void> {
	const began = performance.now();
	await runOn(serverUrl, `CREATE DATABASE ${seedName}`);
	const database = openDatabase(databaseNamed(serverUrl, seedName));
	await migrate(database.db);
	await seedLargeSite(database.db, largeSize);
	await database.close();
	log(`seeded the large site in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function databaseNamed(serverUrl: string, name: string): string {
	const url = new URL(serverUrl);
	url.pathname = `/${name}`;
	return url.href;
}

async function runOn(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
