import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { readSettings } from '../central/settings.ts';
import { chooseClock } from '../clock.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { withDatabase } from '../database/with-database.ts';
import { readDemoOutcodes } from './demo-files.ts';
import { type IntakeResult, loadOrders } from './load-orders.ts';
import { loadPurchaseOrders } from './load-purchase-orders.ts';
import type { OrderCsvProblem } from './order-csv.ts';
import { isPurchaseOrderCsv } from './purchase-order-csv.ts';

const usage = 'Usage: npm run intake -- orders.csv (or purchase-orders.csv: the header tells which they are)';
const mostProblemsShown = 1000;
const largestFile = 50_000_000;
const say = (line: string) => console.log(line);

/** Why the command can't do its work, in words for the one who called it. */
class IntakeFailure extends Error {}

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

try {
	const [path, ...more] = process.argv.slice(2);
	if (path === undefined || more.length > 0) throw new IntakeFailure(usage);
	// npm changes into the project; the path counts from where the person stood.
	const file = readOrdersFile(resolve(process.env.INIT_CWD ?? '.', path));
	const result = await withDatabase(say, (url) => intake(url, file));
	process.exitCode = report(basename(path), result, isPurchaseOrderCsv(file) ? 'purchase order' : 'order');
} catch (error) {
	const words = error instanceof Error ? error.message : String(error);
	console.error(isDatabaseAway(error) ? `The database can't be reached: ${words}` : words);
	if (process.env.DEBUG) console.error(error);
	process.exitCode = 1;
}

function readOrdersFile(path: string): Uint8Array {
	try {
		if (statSync(path).size > largestFile) {
			throw new IntakeFailure(`${path} is larger than ${largestFile / 1_000_000} MB. Cut it into smaller files.`);
		}
		const file = readFileSync(path);
		if (file.length === 0) throw new IntakeFailure(`${path} is empty.`);
		if (file.includes(0)) {
			throw new IntakeFailure(`${path} is not a text file. Save the orders as CSV (UTF-8, with commas).`);
		}
		return file;
	} catch (error) {
		if (error instanceof IntakeFailure) throw error;
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new IntakeFailure(`There is no file ${path}.`);
		if (code === 'EISDIR') throw new IntakeFailure(`${path} is a folder, not a file.`);
		if (code === 'EACCES' || code === 'EPERM') throw new IntakeFailure(`${path} may not be read by you.`);
		throw new IntakeFailure(`${path} can't be read: ${message}`);
	}
}

async function intake(databaseUrl: string, file: Uint8Array): Promise<IntakeResult> {
	const database = openDatabase(databaseUrl, { connections: 2 });
	try {
		await migrate(database.db);
		const anySite = await database.db.selectFrom('site').select('id').limit(1).execute();
		if (anySite.length === 0) {
			throw new IntakeFailure('The database has no sites and no catalog yet. Start Backstock once (npm start) first.');
		}
		const { demoDay } = await readSettings(database.db);
		const now = chooseClock(process.env.BACKSTOCK_CLOCK, demoDay).now();
		if (isPurchaseOrderCsv(file)) {
			return await loadPurchaseOrders(database.db, file, { now, signal: stopping.signal });
		}
		const findPlace = placeFinder(readDemoOutcodes());
		return await loadOrders(database.db, file, { now, findPlace, log: say, signal: stopping.signal });
	} finally {
		await database.close();
	}
}

/** @returns the exit code: 0 all good, 2 some rows were bad, 1 the file as a whole was */
function report(name: string, { created, known, problems, left }: IntakeResult, what: string): number {
	for (const problem of problems.slice(0, mostProblemsShown)) say(problemWords(name, problem));
	const more = problems.length - mostProblemsShown;
	if (more > 0) say(`… and ${more} more.`);
	const wholeFile = problems.some(({ line }) => line <= 1) && created + known === 0;
	if (wholeFile) {
		say('Nothing was loaded.');
		return 1;
	}
	if (created === 0 && known > 0) say(`Nothing changed: ${count(known, what)} of this file are there already.`);
	else say(`${count(created, `new ${what}`)} loaded, ${count(known, what)} were there already.`);
	if (problems.length > 0) say(`${count(problems.length, 'problem')}: the ${what}s they belong to were left out.`);
	if (left > 0) say(`Stopped before the end: ${count(left, what)} were not loaded. The same file again loads them.`);
	return left > 0 ? 1 : problems.length > 0 ? 2 : 0;
}

function problemWords(name: string, { line, column, reason, value }: OrderCsvProblem): string {
	const place = [name, line > 0 ? `line ${line}` : '', column ? `column ${column}` : ''].filter(Boolean).join(', ');
	return `${place}: ${reason}${value ? ` ("${value}")` : ''}`;
}

function count(units: number, what: string): string {
	return `${units} ${what}${units === 1 ? '' : 's'}`;
}
