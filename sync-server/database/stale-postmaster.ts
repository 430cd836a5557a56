import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * After a crash of the machine, the process id in postmaster.pid may belong to some other program by now (in containers it
 * often does), and PostgreSQL then refuses to start. If that program is not PostgreSQL, the id is replaced by a dead one: the
 * file's shared memory key stays, so PostgreSQL still makes its own check for surviving backends.
 * @returns whether the cluster may be started now
 */
export function forgetReusedProcessId(cluster: string): boolean {
	const file = join(cluster, 'postmaster.pid');
	if (!existsSync(file)) return true;
	const lines = readFileSync(file, 'utf8').split('\n');
	const processId = Number.parseInt(lines[0] ?? '', 10);
	if (Number.isInteger(processId) && isPostgres(processId)) return false;
	lines[0] = String(deadProcessId());
	writeFileSync(file, lines.join('\n'));
	return true;
}

function isPostgres(processId: number): boolean {
	if (process.platform === 'win32') return true;
	const asked = spawnSync('ps', ['-o', 'comm=', '-p', String(processId)], { encoding: 'utf8' });
	if (asked.status === 0) return asked.stdout.includes('postgres');
	try {
		return readFileSync(`/proc/${processId}/comm`, 'utf8').includes('postgres');
	} catch {
		return false;
	}
}

function deadProcessId(): number {
	for (let candidate = 4_000_000; candidate > 1; candidate -= 1) {
		try {
			process.kill(candidate, 0);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ESRCH') return candidate;
		}
	}
	throw new Error('Every process id of this machine is in use.');
}
