import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findRunning } from './data-folder-claim.ts';
import { type DatabasePlace, keepDatabasePlace, readDatabasePlace } from './database-place.ts';
import { checkOwnDatabase } from './own-database.ts';
import {
	canEnter,
	chooseDatabaseAccount,
	type DatabaseAccount,
	findPostgresPrograms,
	type PostgresPrograms,
	runProgram,
} from './postgres-binaries.ts';
import { forgetReusedProcessId } from './stale-postmaster.ts';

export type DatabaseServerOptions = {
	/** Backstock's data folder; the embedded server keeps its cluster, port and password in it. */
	readonly dataFolder: string;
	/** An own PostgreSQL instead of the embedded one. */
	readonly databaseUrl?: string | undefined;
	/** `false` only for tests: nothing survives a power cut, everything is faster. */
	readonly durable?: boolean;
	readonly log?: (line: string) => void;
};

export type DatabaseServer = { readonly url: string; stop(): Promise<void> };

const databaseUser = 'backstock';
const databaseName = 'backstock';

/**
 * Starts the embedded PostgreSQL of a data folder (or checks the own one), ready for queries. A server that an earlier,
 * killed start left running is taken over. The caller has claimed the data folder.
 * @throws an error in words that a person can act on
 */
export async function openDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
	const log = options.log ?? (() => undefined);
	if (options.databaseUrl) {
		await checkOwnDatabase(options.databaseUrl);
		return { url: options.databaseUrl, stop: async () => undefined };
	}
	mkdirSync(options.dataFolder, { recursive: true });
	const known = readDatabasePlace(options.dataFolder);
	const knownCluster = known && join(known.folder, 'cluster');
	const account = chooseDatabaseAccount(knownCluster && existsSync(knownCluster) ? knownCluster : undefined, log);
	const programs = await findPostgresPrograms(account, log);
	let place = known ?? (await newPlace(options.dataFolder, account, log));
	const cluster = join(place.folder, 'cluster');
	if (!existsSync(cluster)) await makeCluster(programs, place, account, options.durable ?? true);

	place = await startCluster(programs, place, account, options.dataFolder);
	await makeDatabase(place);
	return {
		url: databaseAddress(place, databaseName),
		stop: async () => {
			const ended = await runProgram(
				programs.pgControl,
				['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'],
				account,
			);
			const stillRuns = ended.exitCode !== 0 && (await isRunning(programs, cluster, account));
			if (stillRuns) throw new Error(`PostgreSQL did not stop: ${ended.output}`);
		},
	};
}

/** For commands that work on the data while Backstock may or may not run: joins the running database, or opens it. */
export async function joinDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
	if (!options.databaseUrl && (await findRunning(options.dataFolder)) !== undefined) {
		const place = readDatabasePlace(options.dataFolder);
		if (place !== undefined) return { url: databaseAddress(place, databaseName), stop: async () => undefined };
	}
	return openDatabaseServer(options);
}

/** Ends a server that a killed start left running on a data folder. The caller has claimed the folder. */
export async function stopForsakenServer(dataFolder: string): Promise<void> {
	const place = readDatabasePlace(dataFolder);
	const cluster = place && join(place.folder, 'cluster');
	if (cluster === undefined || !existsSync(cluster)) return;
	const account = chooseDatabaseAccount(cluster, () => undefined);
	const programs = await findPostgresPrograms(account, () => undefined);
	if (!(await isRunning(programs, cluster, account)) || forgetReusedProcessId(cluster)) return;
	await runProgram(programs.pgControl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], account);
}

async function newPlace(
	dataFolder: string,
	account: DatabaseAccount,
	log: (line: string) => void,
): Promise<DatabasePlace> {
	const place = keepDatabasePlace(dataFolder, {
		port: await freePort(),
		password: randomBytes(24).toString('base64url'),
		reachable: canEnter(dataFolder, account),
	});
	if (!place.folder.startsWith(dataFolder)) {
		log(`PostgreSQL's account can't enter ${dataFolder}: the database is kept in ${place.folder}.`);
	}
	return place;
}

async function makeCluster(
	programs: PostgresPrograms,
	place: DatabasePlace,
	account: DatabaseAccount,
	durable: boolean,
): Promise<void> {
	mkdirSync(place.folder, { recursive: true, mode: 0o700 });
	// The cluster gets its name only when it is complete, so that a broken-off start is simply begun again.
	const unfinished = join(place.folder, 'cluster.unfinished');
	rmSync(unfinished, { recursive: true, force: true });
	const passwordFile = join(place.folder, 'password.once');
	writeFileSync(passwordFile, `${place.password}\n`, { mode: 0o600 });
	if (account !== undefined) {
		for (const path of [place.folder, passwordFile]) chownSync(path, account.uid, account.gid);
	}
	const settings = [
		'listen_addresses=127.0.0.1',
		// PostgreSQL would put a socket into /tmp by default; nobody needs it.
		'unix_socket_directories=',
		'timezone=UTC',
		'log_timezone=UTC',
		...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']),
	];
	const result = await runProgram(
		programs.initdb,
		[
			...['-D', unfinished, '-U', databaseUser, '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8'],
			// Sorts and folds case the same way on every system, whatever locales are installed.
			...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
			...settings.flatMap((setting) => ['-c', setting]),
			...(durable ? [] : ['--no-sync']),
		],
		account,
	);
	rmSync(passwordFile, { force: true });
	if (result.exitCode !== 0) throw new Error(`The database could not be made in ${place.folder}: ${result.output}`);
	renameSync(unfinished, join(place.folder, 'cluster'));
}

/** Starts the cluster, or takes over the one that runs. Gives the place with the port that is really used. */
async function startCluster(
	programs: PostgresPrograms,
	known: DatabasePlace,
	account: DatabaseAccount,
	dataFolder: string,
): Promise<DatabasePlace> {
	let place = known;
	const cluster = join(place.folder, 'cluster');
	if (await isRunning(programs, cluster, account)) {
		const takenOver = { ...place, port: runningPort(cluster) ?? place.port };
		if (await answers(takenOver)) return takenOver;
		if (!forgetReusedProcessId(cluster)) {
			throw new Error(
				`A PostgreSQL already runs in ${cluster} but does not answer on port ${takenOver.port}. End it first.`,
			);
		}
	}
	const logFile = join(place.folder, 'server.log');
	if (existsSync(logFile) && statSync(logFile).size > 5_000_000) renameSync(logFile, `${logFile}.1`);
	for (let attempt = 1; ; attempt++) {
		if (!(await portIsFree(place.port))) {
			place = keepDatabasePlace(dataFolder, { ...place, port: await freePort() });
		}
		const logBefore = existsSync(logFile) ? statSync(logFile).size : 0;
		const started = await runProgram(
			programs.pgControl,
			['start', '-D', cluster, '-w', '-t', '300', '-l', logFile, '-o', `-p ${place.port}`],
			account,
		);
		if (started.exitCode === 0) return place;
		const words = readFileSync(logFile, 'utf8').slice(logBefore).trim();
		const portWasTaken = words.includes('Address already in use') || words.includes('could not bind');
		if (portWasTaken && attempt < 3) continue;
		const lastLines = words.split('\n').slice(-4).join('\n  ');
		throw new Error(`PostgreSQL did not start (its log is ${logFile}):\n  ${lastLines || started.output}`);
	}
}

async function isRunning(programs: PostgresPrograms, cluster: string, account: DatabaseAccount): Promise<boolean> {
	return (await runProgram(programs.pgControl, ['status', '-D', cluster], account)).exitCode === 0;
}

/** The fourth line of postmaster.pid is the port (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PORT). */
function runningPort(cluster: string): number | undefined {
	const port = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3] ?? '', 10);
	return Number.isInteger(port) && port > 0 ? port : undefined;
}

/** Whether our database answers there. One that is still recovering is waited for. */
async function answers(place: DatabasePlace): Promise<boolean> {
	for (let attempt = 0; attempt < 300; attempt++) {
		const client = new pg.Client({
			connectionString: databaseAddress(place, 'postgres'),
			connectionTimeoutMillis: 3000,
		});
		client.on('error', () => undefined);
		try {
			await client.connect();
			return true;
		} catch (error) {
			const stillStarting = (error as { code?: string }).code === '57P03';
			if (!stillStarting) return false;
			await delay(200);
		} finally {
			await client.end().catch(() => undefined);
		}
	}
	return false;
}

async function makeDatabase(place: DatabasePlace): Promise<void> {
	const client = new pg.Client({ connectionString: databaseAddress(place, 'postgres') });
	await client.connect();
	try {
		const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
		if (found.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
	} finally {
		await client.end();
	}
}

function databaseAddress(place: DatabasePlace, database: string): string {
	return `postgres://${databaseUser}:${place.password}@127.0.0.1:${place.port}/${database}`;
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});
}

function portIsFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer().once('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});
}
