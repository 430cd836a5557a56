import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.ts';
import { projectFolder, words } from './project.ts';
import { buildRenderer } from './renderer-build.ts';

const say = (line: string) => console.error(line);

/** Runs a program of the tests that drives the built app in Chromium, with this command's arguments, and ends as it ends. */
export async function runInChromium(...path: readonly string[]): Promise<void> {
	try {
		process.exitCode = await run(join(projectFolder, ...path));
	} catch (error) {
		say(words(error));
		process.exitCode = 1;
	}
}

async function run(program: string): Promise<number> {
	const chromium = await ensureChromium(say);
	await buildRenderer('browser', { log: say });
	const child = spawn(process.execPath, [program, ...process.argv.slice(2)], {
		cwd: projectFolder,
		stdio: 'inherit',
		env: { ...process.env, BACKSTOCK_CHROMIUM: chromium },
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
}
