import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleElectron } from '../../build/electron-bundle.ts';
import { projectFolder } from '../../build/project.ts';

/** The Electron runtime's program, or why it can't run here. */
function runtime(): { readonly program: string } | { readonly missing: string } {
	const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
	const pathFile = join(folder, 'path.txt');
	if (!existsSync(pathFile)) return { missing: 'its runtime is not on this machine' };
	const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
	if (!existsSync(program)) return { missing: 'its runtime is not on this machine' };
	if (process.platform === 'linux' && !process.env.DISPLAY) return { missing: 'there is no display' };
	return { program };
}

const found = runtime();

if ('missing' in found) {
	it(`bundles the shell for Electron, which can't be started here: ${found.missing}`, async () => {
		await bundleElectron();
		const main = readFileSync(join(projectFolder, 'dist', 'electron', 'main.js'), 'utf8');
		const preload = readFileSync(join(projectFolder, 'dist', 'electron', 'preload.cjs'), 'utf8');
		expect(main).toContain('requestSingleInstanceLock');
		// A sandboxed preload may require nothing but electron itself.
		expect([...preload.matchAll(/require\(["'`]([^"'`]+)/g)].map(([, name]) => name)).toEqual(['electron']);
	}, 60_000);
} else {
	it('starts the real shell, which opens its device and stays up', async () => {
		await bundleElectron();
		const data = await mkdtemp(join(tmpdir(), 'backstock-shell-'));
		const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
		const shell = spawn(found.program, [...asRoot, projectFolder], {
			env: { ...process.env, BACKSTOCK_SHELL_DATA: data, BACKSTOCK_SERVER: 'http://127.0.0.1:9' },
		});
		try {
			await expect.poll(() => existsSync(join(data, 'device', 'journal')), { timeout: 30_000 }).toBe(true);
			expect(shell.exitCode).toBeNull();
		} finally {
			shell.kill();
			await rm(data, { recursive: true, force: true });
		}
	}, 60_000);
}
