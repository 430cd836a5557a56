import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { openDatabaseServer } from '../sync-server/database/embedded-postgres.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The server that the whole run shares. */
		postgresUrl: string;
	}
}

const folderPrefix = 'backstock-tests-';

/** Vitest's global setup of the `pg` project: one PostgreSQL for the whole run, or the one of TEST_DATABASE_URL. */
export default async function startPostgresForTests(project: TestProject): Promise<() => Promise<void>> {
	await endForsakenServers();
	const own = process.env.TEST_DATABASE_URL;
	if (own) {
		project.provide('postgresUrl', own);
		return async () => undefined;
	}
	const folder = mkdtempSync(join(tmpdir(), folderPrefix));
	// The database's account must be able to enter it when the tests run as root.
	chmodSync(folder, 0o755);
	writeFileSync(join(folder, 'owner.pid'), String(process.pid));
	const server = await openDatabaseServer({ dataFolder: folder, durable: false });
	project.provide('postgresUrl', server.url);
	return async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
}

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/**
 * A fresh database of its own for one test file, on the run's server: empty, or as its template.
 * @param serverUrl for runs without Vitest (Playwright); else the run's own server
 */
export async function createTestDatabase(
	serverUrl: string = inject('postgresUrl'),
	template = 'template0',
): Promise<TestDatabase> {
	const name = `test_${randomBytes(8).toString('hex')}`;
	await runOn(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
	const url = new URL(serverUrl);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		drop: () => runOn(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
	};
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

/** A run that was killed leaves its server behind; the next run ends it. */
async function endForsakenServers(): Promise<void> {
	for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
		const folder = join(tmpdir(), name);
		const owner = Number(await readFile(join(folder, 'owner.pid'), 'utf8').catch(() => 'NaN'));
		if (!Number.isInteger(owner) || isAlive(owner)) continue;
		const server = await openDatabaseServer({ dataFolder: folder, durable: false }).catch(() => undefined);
		await server?.stop().catch(() => undefined);
		rmSync(folder, { recursive: true, force: true });
	}
}

function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
