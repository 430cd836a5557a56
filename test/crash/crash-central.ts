import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { rendererFolders } from '../../build/renderer-build.ts';
import { readDatabasePlace } from '../../sync-server/database/database-place.ts';
import { openDatabaseServer } from '../../sync-server/database/embedded-postgres.ts';
import { putDemoInto } from '../demo-folder.ts';
import { freePort } from '../free-port.ts';
import { killAtOnce, postgresProcesses, processTree } from './kill-processes.ts';

/** A sync server in a process of its own, on a PostgreSQL of its own with its ordinary, durable settings; with demo data. */
export interface CrashCentral {
	/** `http://localhost:PORT`; the same after every start. */
	readonly url: string;
	readonly databaseUrl: string;
	/** Server and PostgreSQL at once, without a word. */
	kill(): Promise<void>;
	/** PostgreSQL alone, on what it finds on its disk. */
	startDatabase(): Promise<void>;
	startServer(): Promise<void>;
	/** What the server has said since it was started the last time, at most so much as a page. */
	words(): string;
	/** Runs one statement on a connection of its own. */
	query<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
	close(): Promise<void>;
}

const program = join(import.meta.dirname, '..', 'bench', 'central-process.ts');

export async function openCrashCentral(): Promise<CrashCentral> {
	// As the tests' own PostgreSQL: when this run is killed, the next one ends what it left behind.
	const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-tests-'));
	writeFileSync(join(dataFolder, 'owner.pid'), String(process.pid));
	// The database's own account must be able to enter it when the tests run as root.
	chmodSync(dataFolder, 0o755);
	await putDemoInto(dataFolder);
	const port = await freePort();
	let child: ChildProcess | undefined;
	let databaseUrl = '';
	let words = () => '';

	const startDatabase = async () => {
		databaseUrl = (await openDatabaseServer({ dataFolder })).url;
	};
	const startServer = async () => {
		const started = start(databaseUrl, { port, dataFolder });
		words = started.words;
		child = await started.ready;
	};
	const kill = async () => {
		const server = child?.pid === undefined ? [] : processTree(child.pid);
		child = undefined;
		await killAtOnce([...server, ...postgresProcesses(dataFolder)]);
	};
	const close = async () => {
		await kill();
		const place = readDatabasePlace(dataFolder);
		if (place !== undefined) rmSync(place.folder, { recursive: true, force: true });
		rmSync(dataFolder, { recursive: true, force: true });
	};
	try {
		await startDatabase();
		await startServer();
	} catch (error) {
		await close();
		throw error;
	}
	return {
		url: `http://localhost:${port}`,
		get databaseUrl() {
			return databaseUrl;
		},
		kill,
		words: () => words(),
		startDatabase,
		startServer,
		query: async <Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []) => {
			const client = new pg.Client({ connectionString: databaseUrl });
			await client.connect();
			try {
				return (await client.query<Row>(statement, [...values])).rows;
			} finally {
				await client.end();
			}
		},
		close,
	};
}

function start(databaseUrl: string, place: { port: number; dataFolder: string }) {
	const options = { ...place, rendererFolder: rendererFolders.browser };
	const child = fork(program, [databaseUrl, JSON.stringify(options)], {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		env: { ...process.env, BACKSTOCK_CLOCK: '' },
	});
	let words = '';
	const ready = new Promise<ChildProcess>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`The server ended (${code}):\n${words}`)));
		const hear = (bytes: Buffer) => {
			words = (words + bytes.toString('utf8')).slice(-5000);
			if (/^ready /m.test(words)) resolve(child);
		};
		child.stdout?.on('data', hear);
		child.stderr?.on('data', hear);
	});
	return { ready, words: () => words };
}
