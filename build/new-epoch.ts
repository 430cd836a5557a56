import { createInterface } from 'node:readline/promises';
import { beginEpoch } from '../sync-server/database/begin-epoch.ts';
import { migrate } from '../sync-server/database/migrate.ts';
import { openDatabase } from '../sync-server/database/open-database.ts';
import { withDatabase } from '../sync-server/database/with-database.ts';
import { words } from './project.ts';

const say = (line: string) => console.log(line);

const what = `For a database that was restored from a backup. Every device loads its replica anew, beside the old one while people
go on working, and sends again what the backup does not have. Nothing in the database is deleted.`;

async function newEpoch(): Promise<number> {
	say(what);
	if (!process.argv.includes('--yes') && !(await agreed())) {
		say('Nothing was changed.');
		return 1;
	}
	const epoch = await withDatabase(say, async (url) => {
		const { db, close } = openDatabase(url, { connections: 1 });
		try {
			await migrate(db, say);
			return await beginEpoch(db);
		} finally {
			await close();
		}
	});
	say(`Epoch ${epoch} has begun.`);
	return 0;
}

async function agreed(): Promise<boolean> {
	if (!process.stdin.isTTY) {
		console.error('This asks first: say `npm run new-epoch -- --yes`.');
		return false;
	}
	const asking = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await asking.question('Begin a new epoch? Type "begin": ');
	asking.close();
	return answer.trim() === 'begin';
}

process.exitCode = await newEpoch().catch((error: unknown) => {
	console.error(words(error));
	return 1;
});
