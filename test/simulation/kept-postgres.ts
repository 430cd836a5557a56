import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

const projectFolder = join(import.meta.dirname, '../..');
const cache = join(projectFolder, 'node_modules/.cache');
const prefix = 'memory-postgres-';

/**
 * A PostgreSQL in memory, made ready by `make`. That takes seconds, so what was made is kept on the disk for the processes after this one.
 * @param sources files and folders of the project that say what is made: another one is made when one of their files has changed
 */
export async function keptPostgres(
	options: PGliteOptions,
	sources: readonly string[],
	make: (postgres: PGlite) => Promise<void>,
): Promise<PGlite> {
	const name = `${prefix}${await digestOf(['node_modules/@electric-sql/pglite/package.json', ...sources])}.tar`;
	const kept = await readFile(join(cache, name)).catch(() => null);
	if (kept !== null) return PGlite.create({ ...options, loadDataDir: new Blob([kept]) });
	const postgres = await PGlite.create(options);
	await make(postgres);
	await keep(name, postgres);
	return postgres;
}

async function keep(name: string, postgres: PGlite): Promise<void> {
	const made = await postgres.dumpDataDir('none');
	await mkdir(cache, { recursive: true });
	for (const other of await readdir(cache))
		if (other.startsWith(prefix) && other.endsWith('.tar')) await rm(join(cache, other), { force: true });
	// Several processes may do so at once: each puts a whole one in place.
	const unfinished = join(cache, `${name}.${process.pid}`);
	await writeFile(unfinished, Buffer.from(await made.arrayBuffer()));
	await rename(unfinished, join(cache, name));
}

async function digestOf(sources: readonly string[]): Promise<string> {
	const digest = createHash('sha256');
	for (const source of sources) {
		const path = join(projectFolder, source);
		const names = source.endsWith('/') ? (await readdir(path)).sort() : [''];
		for (const name of names) digest.update(`${source}${name}\n`).update(await readFile(join(path, name)));
	}
	return digest.digest('hex').slice(0, 16);
}
