import { execFile } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { hashOfFiles } from '../build/hash-of-files.ts';
import { projectFolder } from '../build/project.ts';
import { realClock } from '../sync-server/clock.ts';
import { readDatabasePlace } from '../sync-server/database/database-place.ts';
import { openDatabaseServer } from '../sync-server/database/embedded-postgres.ts';
import { migrate } from '../sync-server/database/migrate.ts';
import { openDatabase } from '../sync-server/database/open-database.ts';
import { loadDemoData } from '../sync-server/intake/load-demo-data.ts';

const run = promisify(execFile);
const copies = join(projectFolder, 'test-results');
/** Whatever the loaded demo follows from. */
const sources = ['sync-server/**/*', 'shared/**/*.ts', 'package-lock.json'];

/**
 * Puts the database of a first start, with today's demo data, into an empty data folder. It is loaded once for each state of the
 * sources and each day, and copied from then on: to load it takes longer than most stories.
 */
export async function putDemoInto(dataFolder: string): Promise<void> {
	const day = realClock.now().toString().slice(0, 10);
	const kept = join(copies, `demo-${day}-${hashOfFiles(sources).slice(0, 16)}`);
	if (!existsSync(kept)) await keepDemo(kept);
	await copyFolder(kept, dataFolder);
}

async function keepDemo(kept: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'backstock-demo-'));
	// The database's own account must be able to enter it when the tests run as root.
	chmodSync(folder, 0o755);
	try {
		const server = await openDatabaseServer({ dataFolder: folder });
		const { db, close } = openDatabase(server.url, { connections: 4 });
		await migrate(db);
		await loadDemoData(db, realClock, () => undefined);
		await close();
		await server.stop();
		mkdirSync(copies, { recursive: true });
		// Another worker may be making the same one.
		const old = globSync('demo-*', { cwd: copies }).filter((name) => !name.startsWith(basename(kept)));
		for (const name of old) rmSync(join(copies, name), { recursive: true, force: true });
		const unfinished = `${kept}.unfinished-${process.pid}`;
		mkdirSync(unfinished);
		await copyFolder(folder, unfinished);
		try {
			renameSync(unfinished, kept);
		} catch {
			// Another worker was quicker.
			rmSync(unfinished, { recursive: true, force: true });
		}
	} finally {
		const place = readDatabasePlace(folder);
		if (place !== undefined) rmSync(place.folder, { recursive: true, force: true });
		rmSync(folder, { recursive: true, force: true });
	}
}

/** With owners and permissions: PostgreSQL starts only on what is its own. */
async function copyFolder(from: string, into: string): Promise<void> {
	await run('cp', ['-a', `${from}/.`, into]);
}
