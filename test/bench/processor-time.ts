import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Figures } from './bench.ts';
import { rounded } from './quantiles.ts';

/** Processor time of a process so far, in milliseconds, as Linux counts it in hundredths of a second: it depends little on who else works. */
export function processorMs(processId: number): number {
	const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Of the whole machine, without what it waited. */
function machineMs(): number {
	const [, user = '0', nice = '0', system = '0', , , irq = '0', softIrq = '0'] =
		readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/) ?? [];
	return [user, nice, system, irq, softIrq].reduce((sum, ticks) => sum + Number(ticks), 0) * 10;
}

/** How many cores everybody keeps busy from now until the answer is called for. */
export function watchCores(serverId: number): () => Figures {
	const began = performance.now();
	const before = { server: processorMs(serverId), own: processorMs(process.pid), machine: machineMs() };
	return () => {
		const passed = performance.now() - began;
		const server = (processorMs(serverId) - before.server) / passed;
		const generator = (processorMs(process.pid) - before.own) / passed;
		const all = (machineMs() - before.machine) / passed;
		return {
			server: rounded(server),
			loadGenerator: rounded(generator),
			postgresqlAndOtherPrograms: rounded(all - server - generator),
			loadAverageOfTheMinute: rounded(loadavg()[0] ?? 0),
		};
	};
}

const idleShare = 0.05;

/** Waits until a process has nothing to do by itself. @returns seconds that it took */
export async function untilIdle(processId: number, longestSeconds: number): Promise<number> {
	const began = performance.now();
	const passed = () => (performance.now() - began) / 1000;
	for (let quiet = 0; quiet < 2 && passed() < longestSeconds; ) {
		const before = processorMs(processId);
		await delay(1000);
		quiet = (processorMs(processId) - before) / 1000 < idleShare ? quiet + 1 : 0;
	}
	return Math.round(passed());
}
