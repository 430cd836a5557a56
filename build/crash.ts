import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.ts';
import { projectFolder, words } from './project.ts';
import { buildRenderer } from './renderer-build.ts';

const say = (line: string) => console.error(line);

/** Kills Chromium, and the server with its PostgreSQL, again and again; prints one line of figures. */
async function crash(): Promise<number> {
	const chromium = await ensureChromium(say);
	await buildRenderer('browser', { log: say });
	const program = join(projectFolder, 'test', 'crash', 'run-crash-rounds.ts');
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

try {
	process.exitCode = await crash();
} catch (error) {
	say(words(error));
	process.exitCode = 1;
}
