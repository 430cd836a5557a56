import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectFolder } from './project.ts';

const entries = [
	{ source: 'main.ts', format: 'es', output: 'main.js' },
	// A sandboxed preload can only be one CommonJS file.
	{ source: 'preload.ts', format: 'cjs', output: 'preload.cjs' },
] as const;

/** Bundles the shell's main process and its preload into dist/electron. */
export async function bundleElectron(): Promise<void> {
	for (const { source, format, output } of entries) {
		await build({
			configFile: false,
			root: join(projectFolder, 'electron'),
			logLevel: 'warn',
			publicDir: false,
			ssr: { noExternal: true },
			build: {
				ssr: source,
				outDir: join(projectFolder, 'dist', 'electron'),
				emptyOutDir: false,
				target: 'esnext',
				sourcemap: true,
				minify: false,
				rolldownOptions: {
					external: ['electron'],
					output: { format, entryFileNames: output, codeSplitting: false },
				},
			},
		});
	}
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundleElectron();
