import { readSettings } from '../central/settings.ts';
import { chooseClock } from '../clock.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { withDatabase } from '../database/with-database.ts';
import { type LedgerFigures, type LedgerNews, verifyLedger } from './verify-ledger.ts';

const mostNewsShown = 1000;
const say = (line: string) => console.log(line);
const digits = new Intl.NumberFormat('en');

try {
	const began = performance.now();
	let shown = 0;
	const tell = ({ kind, what }: LedgerNews) => {
		shown += 1;
		if (shown <= mostNewsShown) say(`${kind === 'note' ? 'Note: ' : ''}${what}.`);
	};
	const figures = await withDatabase(say, (url) => verify(url, tell));
	if (shown > mostNewsShown) say(`… and ${digits.format(shown - mostNewsShown)} more.`);
	say(summary(figures, (performance.now() - began) / 1000));
	process.exitCode = figures.faults === 0 ? 0 : 1;
} catch (error) {
	const words = error instanceof Error ? error.message : String(error);
	console.error(isDatabaseAway(error) ? `The database can't be reached: ${words}` : words);
	if (process.env.DEBUG) console.error(error);
	process.exitCode = 1;
}

async function verify(databaseUrl: string, tell: (news: LedgerNews) => void): Promise<LedgerFigures> {
	const database = openDatabase(databaseUrl, { connections: 2 });
	try {
		await migrate(database.db);
		const { demoDay } = await readSettings(database.db);
		const now = chooseClock(process.env.BACKSTOCK_CLOCK, demoDay).now();
		return await verifyLedger(database.db, now, tell);
	} finally {
		await database.close();
	}
}

function summary(figures: LedgerFigures, seconds: number): string {
	const { positions, movements, details, serials, claims, faults, notes } = figures;
	const parts = [
		`${digits.format(positions)} positions`,
		`${digits.format(movements)} movements`,
		`${digits.format(details)} details`,
		`${digits.format(serials)} serial numbers`,
		`${digits.format(claims)} claims`,
		`${digits.format(notes)} notes`,
		`${digits.format(faults)} faults`,
	];
	return `${parts.join(', ')} (${seconds.toFixed(1)} s)`;
}
