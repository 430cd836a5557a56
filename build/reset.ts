import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { claimDataFolder } from '../sync-server/database/data-folder-claim.ts';
import { deleteDataFolder } from '../sync-server/database/database-place.ts';
import { stopForsakenServer } from '../sync-server/database/embedded-postgres.ts';
import { dataFolder } from './project.ts';

async function reset(): Promise<number> {
	const data = dataFolder();
	if (!existsSync(data)) {
		console.log(`There is nothing to delete: ${data} does not exist.`);
		return 0;
	}
	const claim = await claimDataFolder(data);
	if (!claim.claimed) {
		console.error(`Backstock runs${claim.address ? ` at ${claim.address}` : ''} on this data. Stop it first (Ctrl-C).`);
		return 1;
	}
	if (!process.argv.includes('--yes') && !(await agreed(data))) {
		console.log('Nothing was deleted.');
		await claim.release();
		return 1;
	}
	await stopForsakenServer(data);
	deleteDataFolder(data);
	await claim.release();
	const own = process.env.DATABASE_URL ? ' The PostgreSQL of DATABASE_URL was not touched.' : '';
	console.log(`Deleted ${data}.${own} The next \`npm start\` begins with fresh demo data.`);
	return 0;
}

async function agreed(data: string): Promise<boolean> {
	if (!process.stdin.isTTY) {
		console.error('This deletes all data and asks first: say `npm run reset -- --yes`.');
		return false;
	}
	const asking = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await asking.question(`Delete everything in ${data}, all orders and stock? Type "delete": `);
	asking.close();
	return answer.trim() === 'delete';
}

process.exitCode = await reset();
