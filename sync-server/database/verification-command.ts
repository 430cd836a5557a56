import type { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import type { Tables } from './tables.ts';
import { isDatabaseAway } from './transaction.ts';
import { withDatabase } from './with-database.ts';

const mostSentences = 1000;
const say = (line: string) => console.log(line);
const digits = new Intl.NumberFormat('en');

export interface Verification<Figures extends { readonly faults: number }> {
	/** Looks at everything, and tells in sentences what is wrong or odd. */
	readonly verify: (db: Kysely<Tables>, tell: (sentence: string) => void) => Promise<Figures>;
	/** What was counted, and its name in the last line. */
	readonly counted: (figures: Figures) => readonly (readonly [count: number, what: string])[];
}

/** A command that verifies what the database holds: sentences, then one line of figures; ends with 1 where something is wrong. */
export async function runVerification<Figures extends { readonly faults: number }>({
	verify,
	counted,
}: Verification<Figures>): Promise<void> {
	try {
		const began = performance.now();
		let told = 0;
		const tell = (sentence: string) => {
			told += 1;
			if (told <= mostSentences) say(sentence);
		};
		const figures = await withDatabase(say, (url) => onDatabase(url, (db) => verify(db, tell)));
		if (told > mostSentences) say(`… and ${digits.format(told - mostSentences)} more.`);
		const parts = counted(figures).map(([count, what]) => `${digits.format(count)} ${what}`);
		say(`${parts.join(', ')} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
		process.exitCode = figures.faults === 0 ? 0 : 1;
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		console.error(isDatabaseAway(error) ? `The database can't be reached: ${words}` : words);
		if (process.env.DEBUG) console.error(error);
		process.exitCode = 1;
	}
}

async function onDatabase<T>(url: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
	const database = openDatabase(url, { connections: 2 });
	try {
		await migrate(database.db);
		return await work(database.db);
	} finally {
		await database.close();
	}
}
