import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFiles } from './hash-of-files.ts';
import { packageProgram, projectFolder } from './project.ts';
import { runProgram } from './run-program.ts';

/** Where the app is built for the browser, and where for the shell (other paths, no service worker). */
export const rendererFolders = {
	browser: join(projectFolder, 'dist', 'renderer'),
	shell: join(projectFolder, 'dist', 'electron', 'renderer'),
} as const;

export type RendererTarget = keyof typeof rendererFolders;

/** Builds the app if it was never built or its sources have changed since. */
export async function buildRenderer(
	target: RendererTarget,
	options: { readonly log: (line: string) => void; readonly signal?: AbortSignal },
): Promise<void> {
	const folder = rendererFolders[target];
	const stamp = join(folder, '..', `renderer-of-${target}.sources`);
	const sources = hashOfFiles(['renderer/**/*', 'shared/**/*.ts', 'package-lock.json']);
	const upToDate =
		existsSync(join(folder, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
	if (upToDate) return;
	options.log(target === 'browser' ? 'Building the app …' : 'Building the app for the shell …');
	const built = await runProgram(
		packageProgram('vite'),
		['build', '--config', 'renderer/vite.config.ts', '--mode', target === 'shell' ? 'electron' : 'production'],
		options.signal ? { signal: options.signal } : {},
	);
	if (built.exitCode !== 0) throw new Error(`The app could not be built:\n${built.output.trim()}`);
	writeFileSync(stamp, sources);
}
