import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bundleElectron } from './electron-bundle.ts';
import { projectFolder, words } from './project.ts';
import { buildRenderer } from './renderer-build.ts';
import { runProgram } from './run-program.ts';

const downloadLimitMs = 60_000;

export type Shell = { readonly program: string } | { readonly missing: string };

/** The Electron runtime: the one that is there, or a fresh download within a minute; else why not, in one sentence. */
export async function findElectron(log: (line: string) => void, signal: AbortSignal): Promise<Shell> {
	const noDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
	if (noDisplay) return { missing: 'this machine has no display' };
	let folder: string;
	try {
		folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
	} catch {
		return { missing: 'the package "electron" is not installed' };
	}
	const installed = installedRuntime(folder);
	if (installed !== undefined) return { program: installed };
	log('Fetching the Electron runtime (once) …');
	const fetched = await runProgram(process.execPath, [join(folder, 'install.js')], {
		timeoutMs: downloadLimitMs,
		signal,
	});
	const program = installedRuntime(folder);
	if (fetched.exitCode === 0 && program !== undefined) return { program };
	if (fetched.timedOut) return { missing: 'its runtime could not be downloaded within a minute' };
	const cause = /(?:getaddrinfo|connect) E\w+ \S+/.exec(fetched.output) ?? /Error: (.*)/.exec(fetched.output);
	return { missing: `its runtime could not be downloaded (${(cause?.[1] ?? cause?.[0] ?? 'no reason given').trim()})` };
}

function installedRuntime(folder: string): string | undefined {
	const pathFile = join(folder, 'path.txt');
	if (!existsSync(pathFile)) return undefined;
	const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8'));
	return existsSync(program) ? program : undefined;
}

/** Opens the shell on a running server; the window's process, or why there is none. */
export async function openShell(
	address: string,
	log: (line: string) => void,
	signal: AbortSignal,
): Promise<{ readonly window: ChildProcess } | { readonly missing: string }> {
	if (!existsSync(join(projectFolder, 'electron', 'main.ts'))) return { missing: 'this project has no shell yet' };
	const shell = await findElectron(log, signal);
	if ('missing' in shell) return shell;
	try {
		await buildRenderer('shell', { log, signal });
		await bundleElectron();
	} catch (error) {
		return { missing: `it could not be built: ${words(error)}` };
	}
	// Chromium's sandbox can't start as root.
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	const window = spawn(shell.program, [...asRoot, projectFolder], {
		cwd: projectFolder,
		env: { ...process.env, BACKSTOCK_SERVER: address },
		stdio: 'ignore',
	});
	const failure = await new Promise<string | undefined>((resolve) => {
		const settled = setTimeout(() => resolve(undefined), 2500);
		const fail = (reason: string) => {
			clearTimeout(settled);
			resolve(reason);
		};
		window.once('error', (error) => fail(error.message));
		window.once('exit', (code) => fail(`it ended at once with code ${code}`));
	});
	return failure === undefined ? { window } : { missing: failure };
}

/** Opens the default browser; `false` where there is none to be had. */
export async function openBrowser(address: string): Promise<boolean> {
	const [program, ...args] =
		process.platform === 'darwin'
			? ['open', address]
			: process.platform === 'win32'
				? ['cmd', '/c', 'start', '', address]
				: ['xdg-open', address];
	if (program === 'xdg-open' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
	const opened = await runProgram(program ?? '', args, { timeoutMs: 10_000 });
	return opened.exitCode === 0;
}
