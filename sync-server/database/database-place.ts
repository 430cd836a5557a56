import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { machineWideFolder } from './postgres-binaries.ts';

/** Where an embedded database lives and how it is reached; kept in the data folder, readable by its owner only. */
export type DatabasePlace = { readonly folder: string; readonly port: number; readonly password: string };

const placeFile = (dataFolder: string) => join(dataFolder, 'database-place.json');

export function readDatabasePlace(dataFolder: string): DatabasePlace | undefined {
	const file = placeFile(dataFolder);
	if (!existsSync(file)) return undefined;
	try {
		const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<DatabasePlace>;
		if (typeof kept.port === 'number' && typeof kept.password === 'string') {
			// The project may have been moved: a folder beside the file counts from where the file is now.
			return { folder: kept.folder ?? join(resolve(dataFolder), 'database'), port: kept.port, password: kept.password };
		}
	} catch {
		// Falls through to the words below.
	}
	throw new Error(
		`${file} can't be read; it holds the database's password. Restore it, or start anew with \`npm run reset\`.`,
	);
}

/** Keeps port and password; written aside first, so that a power cut leaves the old or the new file. */
export function keepDatabasePlace(
	dataFolder: string,
	place: { readonly port: number; readonly password: string; readonly reachable?: boolean; readonly folder?: string },
): DatabasePlace {
	const ordinary = join(resolve(dataFolder), 'database');
	const elsewhere = join(
		machineWideFolder,
		createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16),
		'database',
	);
	const folder = place.folder ?? (place.reachable === false ? elsewhere : ordinary);
	// Enterable by the database's account; only the database's own folder is closed to everybody else.
	if (folder !== ordinary) mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
	const file = placeFile(dataFolder);
	const { port, password } = place;
	const kept = folder === ordinary ? { port, password } : { folder, port, password };
	writeFileSync(`${file}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600, flush: true });
	renameSync(`${file}.new`, file);
	return { folder, port, password };
}

/** Deletes the data folder and its database, wherever that is kept. The caller holds the claim. */
export function deleteDataFolder(dataFolder: string): void {
	let place: DatabasePlace | undefined;
	try {
		place = readDatabasePlace(dataFolder);
	} catch {
		place = undefined;
	}
	if (place !== undefined) rmSync(place.folder, { recursive: true, force: true });
	rmSync(dataFolder, { recursive: true, force: true });
}
