import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { rendererFolders } from '../../build/renderer-build.ts';
import { freePort } from '../free-port.ts';
import type { Workshop } from './workshop.ts';

/** A sync server on its own database, in a process of its own. */
export interface RunningCentral {
	/** `http://localhost:PORT`; the same after `startAgain`. */
	readonly url: string;
	/** At once and without a word, as a power cut. */
	kill(): Promise<void>;
	/** @param clock as BACKSTOCK_CLOCK names it; else the real one */
	startAgain(clock?: string): Promise<void>;
	readonly processId: () => number;
}

export async function startCentral(workshop: Workshop, databaseUrl: string): Promise<RunningCentral> {
	const port = await freePort();
	let child = await start(workshop, databaseUrl, port, 'real');
	const kill = async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((done) => child.once('exit', done));
		child.kill('SIGKILL');
		await ended;
	};
	workshop.onClose(kill);
	return {
		url: `http://localhost:${port}`,
		kill,
		startAgain: async (clock = 'real') => {
			await kill();
			child = await start(workshop, databaseUrl, port, clock);
		},
		processId: () => child.pid ?? 0,
	};
}

function start(workshop: Workshop, databaseUrl: string, port: number, clock: string): Promise<ChildProcess> {
	const options = { port, dataFolder: workshop.folder, rendererFolder: rendererFolders.browser };
	const child = fork(join(import.meta.dirname, 'central-process.ts'), [databaseUrl, JSON.stringify(options)], {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		env: { ...process.env, BACKSTOCK_CLOCK: clock },
	});
	let words = '';
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`The server of the bench ended (${code}):\n${words}`)));
		const hear = (bytes: Buffer) => {
			words = (words + bytes.toString('utf8')).slice(-5000);
			if (/^ready /m.test(words)) resolve(child);
		};
		child.stdout?.on('data', hear);
		child.stderr?.on('data', hear);
	});
}
