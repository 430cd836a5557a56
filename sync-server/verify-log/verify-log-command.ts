import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { withDatabase } from '../database/with-database.ts';
import { type LogFault, type LogFigures, verifyLog } from './verify-log.ts';

const mostFaultsShown = 1000;
const say = (line: string) => console.log(line);
const digits = new Intl.NumberFormat('en');

try {
	const began = performance.now();
	let shown = 0;
	const tell = (fault: LogFault) => {
		shown += 1;
		if (shown <= mostFaultsShown) say(sentence(fault));
	};
	const figures = await withDatabase(say, (url) => verify(url, tell));
	if (shown > mostFaultsShown) say(`… and ${digits.format(shown - mostFaultsShown)} more.`);
	say(summary(figures, (performance.now() - began) / 1000));
	process.exitCode = figures.faults === 0 ? 0 : 1;
} catch (error) {
	const words = error instanceof Error ? error.message : String(error);
	console.error(isDatabaseAway(error) ? `The database can't be reached: ${words}` : words);
	if (process.env.DEBUG) console.error(error);
	process.exitCode = 1;
}

async function verify(databaseUrl: string, tell: (fault: LogFault) => void): Promise<LogFigures> {
	const database = openDatabase(databaseUrl, { connections: 2 });
	try {
		await migrate(database.db);
		return await verifyLog(database.db, tell);
	} finally {
		await database.close();
	}
}

function sentence({ laneId, seq, what }: LogFault): string {
	const place = laneId === null ? '' : `Lane ${laneId}, operation ${seq}: `;
	return `${place}${what}.`;
}

function summary({ lanes, operations, signed, repeated, faults }: LogFigures, seconds: number): string {
	const parts = [
		`${digits.format(lanes)} lanes`,
		`${digits.format(operations)} operations`,
		`${digits.format(signed)} signed`,
		`${digits.format(repeated)} carried over`,
		`${digits.format(faults)} faults`,
	];
	return `${parts.join(', ')} (${seconds.toFixed(1)} s)`;
}
