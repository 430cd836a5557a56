import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readDatabasePlace } from '../../sync-server/database/database-place.ts';

/** Every process below this one, itself included; empty when it is not there. */
export function processTree(root: number): readonly number[] {
	const table = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout;
	const parents = new Map(
		table
			.trim()
			.split('\n')
			.map((row) => row.trim().split(/\s+/).map(Number))
			.map(([id = 0, parent = 0]) => [id, parent] as const),
	);
	if (!parents.has(root)) return [];
	const tree = [root];
	for (const each of tree) {
		for (const [id, parent] of parents) if (parent === each && id > 1) tree.push(id);
	}
	return tree;
}

/** The postmaster of this data folder and its children; nothing of any other. */
export function postgresProcesses(dataFolder: string): readonly number[] {
	const place = readDatabasePlace(dataFolder);
	const file = place && join(place.folder, 'cluster', 'postmaster.pid');
	if (file === undefined || !existsSync(file)) return [];
	const postmaster = Number.parseInt(readFileSync(file, 'utf8'), 10);
	return Number.isInteger(postmaster) && postmaster > 1 ? processTree(postmaster) : [];
}

/** SIGKILL to each of these at once, as a power cut; resolves when none is left. */
export async function killAtOnce(processIds: readonly number[]): Promise<void> {
	for (const id of processIds) killIfThere(id);
	for (let attempt = 0; attempt < 500; attempt++) {
		if (!processIds.some(isAlive)) return;
		await delay(20);
	}
	throw new Error(`Still there after SIGKILL: ${processIds.filter(isAlive).join(', ')}`);
}

function killIfThere(processId: number): void {
	try {
		process.kill(processId, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Also true for one that is dead but not yet taken note of by its parent: PostgreSQL's own start looks at it the same way. */
function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
