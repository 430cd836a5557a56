import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { packageProgram, projectFolder } from '../../build/project.ts';
import { readDatabasePlace } from '../../sync-server/database/database-place.ts';
import { killAtOnce, postgresProcesses } from '../crash/kill-processes.ts';
import { putDemoInto } from '../demo-folder.ts';
import { freePort } from '../free-port.ts';

/** A Backstock of its own, started as `npm start` does it: real server, real PostgreSQL, demo data, no window. */
export type BackstockServer = {
	/** `http://localhost:PORT`; the same after `startAgain`. */
	readonly url: string;
	readonly dataFolder: string;
	/** As a power cut: the server and its PostgreSQL are gone at once, without a word. */
	kill(): Promise<void>;
	/** The same start command once more: same port, same data. */
	startAgain(): Promise<void>;
	/** Ends PostgreSQL only, as a crash does; the server goes on without it. */
	killDatabase(): Promise<void>;
	/** Starts PostgreSQL again on its port, while the server runs. */
	startDatabase(): Promise<void>;
	/** Runs one statement on central's database. */
	query<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
	stop(): Promise<void>;
	/** The last of what it wrote. */
	said(): string;
};

const startLimitMs = 180_000;

/** @param clock BACKSTOCK_CLOCK: an instant at which central's clock starts; without one, the demo day is today. */
export async function openBackstock(clock = ''): Promise<BackstockServer> {
	const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-e2e-'));
	// The database's own account must be able to enter it when the tests run as root.
	chmodSync(dataFolder, 0o755);
	// Laid around another day, it is loaded by the server itself.
	if (clock === '') await putDemoInto(dataFolder);
	const port = await freePort();
	const url = `http://localhost:${port}`;
	let running: Running | undefined = await start(dataFolder, port, clock).catch(async (error: unknown) => {
		await killAtOnce(postgresProcesses(dataFolder));
		removeData(dataFolder);
		throw error;
	});
	let pool: pg.Pool | undefined;

	const closePool = async () => {
		const closing = pool;
		pool = undefined;
		await closing?.end();
	};
	return {
		url,
		dataFolder,
		kill: async () => {
			await closePool();
			const postgres = postgresProcesses(dataFolder);
			const server = running?.child;
			running = undefined;
			await killAtOnce([...(server?.pid === undefined ? [] : [server.pid]), ...postgres]);
		},
		startAgain: async () => {
			if (running !== undefined) throw new Error('The server still runs.');
			running = await start(dataFolder, port, clock);
		},
		killDatabase: async () => {
			await closePool();
			await killAtOnce(postgresProcesses(dataFolder));
		},
		startDatabase: () => startDatabase(dataFolder),
		query: async (statement, values = []) => {
			pool ??= openPool(dataFolder);
			return (await pool.query(statement, [...values])).rows;
		},
		stop: async () => {
			await closePool();
			const last = running;
			running = undefined;
			if (last !== undefined) {
				last.child.kill('SIGTERM');
				await Promise.race([last.ended, delay(20_000)]);
				if (last.child.exitCode === null) last.child.kill('SIGKILL');
			}
			await killAtOnce(postgresProcesses(dataFolder));
			removeData(dataFolder);
		},
		said: () => running?.said() ?? 'It does not run.',
	};
}

type Running = { readonly child: ChildProcess; readonly ended: Promise<void>; readonly said: () => string };

async function start(dataFolder: string, port: number, clock: string): Promise<Running> {
	const child = spawn(packageProgram('node'), ['--import', './build/pinned-node.js', 'build/start.ts'], {
		cwd: projectFolder,
		env: {
			...process.env,
			BACKSTOCK_HEADLESS: '1',
			BACKSTOCK_DATA: dataFolder,
			PORT: String(port),
			DATABASE_URL: '',
			BACKSTOCK_CLOCK: clock,
			// A story's orders stay where it has them.
			BACKSTOCK_ROUTING_MINUTES: '0',
			// As npm sets it: the server then ends by itself when this test run is killed.
			npm_lifecycle_event: 'start',
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const ended = new Promise<void>((done) => child.once('exit', () => done()));
	const ready = new Promise<void>((done) => {
		const collect = (bytes: Buffer) => {
			output = (output + bytes.toString('utf8')).slice(-8_000);
			if (process.env.BACKSTOCK_E2E_LOG) process.stderr.write(bytes);
			if (output.includes('Backstock is ready')) done();
		};
		child.stdout?.on('data', collect);
		child.stderr?.on('data', collect);
	});
	const late = new AbortController();
	const answer = await Promise.race([
		ready.then(() => 'ready' as const),
		ended.then(() => 'ended' as const),
		delay(startLimitMs, 'late' as const, { signal: late.signal }).catch(() => 'late' as const),
	]);
	late.abort();
	if (answer === 'ready') return { child, ended, said: () => output };
	child.kill('SIGKILL');
	const words = answer === 'ended' ? 'ended' : `was not ready after ${startLimitMs / 1000} s`;
	throw new Error(`The server ${words}:\n${output}`);
}

function openPool(dataFolder: string): pg.Pool {
	const place = readDatabasePlace(dataFolder);
	if (place === undefined) throw new Error(`There is no database in ${dataFolder}.`);
	const pool = new pg.Pool({
		connectionString: `postgres://backstock:${place.password}@127.0.0.1:${place.port}/backstock`,
		max: 2,
	});
	pool.on('error', () => undefined);
	return pool;
}

async function startDatabase(dataFolder: string): Promise<void> {
	const { openDatabaseServer } = await import('../../sync-server/database/embedded-postgres.ts');
	await openDatabaseServer({ dataFolder });
}

function removeData(dataFolder: string): void {
	const place = readDatabasePlace(dataFolder);
	if (place !== undefined) rmSync(place.folder, { recursive: true, force: true });
	rmSync(dataFolder, { recursive: true, force: true });
}
