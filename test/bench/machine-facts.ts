import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import pg from 'pg';
import { findChromium } from '../../build/ensure-chromium.ts';

/** On what the figures were measured. */
export interface MachineFacts {
	readonly at: string;
	readonly cores: number;
	readonly processor: string;
	readonly memoryGigabytes: number;
	readonly system: string;
	/** The mean number of running programs in the minute before: above 0.5 the figures are rough. */
	readonly loadBefore: number;
	readonly node: string;
	readonly chromium: string;
	readonly postgresql: string;
}

/** @param databaseUrl of the PostgreSQL that the benches use */
export async function machineFacts(databaseUrl: string): Promise<MachineFacts> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
	await client.end();
	const program = findChromium();
	return {
		at: Temporal.Now.instant().round('second').toString(),
		cores: cpus().length,
		processor: cpus()[0]?.model ?? 'unknown',
		memoryGigabytes: Math.round(totalmem() / 1e9),
		system: `${type()} ${release()}`,
		loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
		node: process.versions.node,
		chromium: program === undefined ? 'none' : execFileSync(program, ['--version'], { encoding: 'utf8' }).trim(),
		postgresql: rows[0]?.server_version ?? 'unknown',
	};
}
