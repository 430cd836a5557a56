import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { claimDataFolder, findRunning } from './data-folder-claim.ts';
import { joinDatabaseServer, openDatabaseServer } from './embedded-postgres.ts';

/**
 * For commands: works on the database of DATABASE_URL, or on that of the data folder, whether Backstock runs there now or not.
 * @throws an error in words when there is no data yet, or Backstock is just starting
 */
export async function withDatabase<T>(
	log: (line: string) => void,
	work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
	const databaseUrl = process.env.DATABASE_URL;
	const project = join(import.meta.dirname, '..', '..');
	const dataFolder = resolve(process.env.BACKSTOCK_DATA || join(project, '.backstock'));
	const options = { dataFolder, databaseUrl, log };
	if (databaseUrl || (await findRunning(dataFolder)) !== undefined) {
		return work((await joinDatabaseServer(options)).url);
	}
	if (!existsSync(dataFolder)) {
		throw new Error(`There is no data in ${dataFolder} yet. Start Backstock once (npm start), then come back.`);
	}
	const claim = await claimDataFolder(dataFolder);
	if (!claim.claimed) throw new Error('Backstock is just starting. Try again when it is ready.');
	try {
		const server = await openDatabaseServer(options);
		try {
			return await work(server.url);
		} finally {
			await server.stop();
		}
	} finally {
		await claim.release();
	}
}
