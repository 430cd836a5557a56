import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from '../../build/project.ts';

const fingerprint = 'bytesToHex(sha256(utf8ToBytes(text))).slice(0, 8)';

/**
 * Builds the app as a later release would be, in which the documents' schemas have changed: the replica's fingerprint of them is
 * another one. Everything else is as it is.
 */
export async function buildChangedApp(folder: string): Promise<void> {
	await build({
		configFile: join(projectFolder, 'renderer', 'vite.config.ts'),
		mode: 'production',
		logLevel: 'error',
		build: { outDir: folder },
		worker: { plugins: () => [changeFingerprint] },
		plugins: [changeFingerprint],
	});
}

const changeFingerprint = {
	name: 'another schema',
	enforce: 'pre' as const,
	async load(id: string): Promise<string | null> {
		if (!id.endsWith('replica/replica-database.ts')) return null;
		const source = await readFile(id, 'utf8');
		if (!source.includes(fingerprint)) throw new Error('The fingerprint of the schemas is computed elsewhere now.');
		return source.replace(fingerprint, `${fingerprint}.replace(/./, 'z')`);
	},
};
