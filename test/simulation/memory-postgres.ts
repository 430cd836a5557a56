import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import { migrate } from '../../sync-server/database/migrate.ts';
import type { Tables } from '../../sync-server/database/tables.ts';
import { keptPostgres } from './kept-postgres.ts';
import { OneConnectionDriver, type StatementFilter } from './one-connection-driver.ts';
import { type PreparedStatements, prepareStatements } from './prepared-statements.ts';

/** PostgreSQL in this process's memory, with central's tables. */
export interface MemoryPostgres {
	readonly db: Kysely<Tables>;
	/** Stand between central and PostgreSQL until they are taken back with null: one for a crash, one for a planted bug. */
	filter(filter: StatementFilter | null): void;
	plant(filter: StatementFilter | null): void;
	/** Empties all tables and begins them anew, as a new installation with these settings. */
	reset(settings: Readonly<Record<string, string>>): Promise<void>;
	/** Copies everything aside, over the copy before. */
	backUp(): Promise<void>;
	/** Puts the last copy back in place of what is there. */
	restore(): Promise<void>;
	close(): Promise<void>;
}

const bigintType = 20;
const instantType = 1184;

/** What `makeTables` makes follows from these. */
const sources = ['sync-server/database/migrations/', 'test/simulation/memory-postgres.ts'];

export async function openMemoryPostgres(): Promise<MemoryPostgres> {
	const options = {
		relaxedDurability: true,
		// As sync-server/database/open-database.ts reads them.
		parsers: { [bigintType]: Number, [instantType]: (text: string) => Temporal.Instant.from(text).toString() },
	};
	const postgres = await keptPostgres(options, sources, makeTables);
	// No power is cut here: 16 MB of zeros for each part of the log are a quarter of a second for nothing.
	await postgres.exec('SET wal_init_zero = off');
	const statements = await prepareStatements(postgres);
	const { db, driver } = openDatabase(statements);
	const columns = await columnsByTable(postgres);
	const tables = [...columns.keys()];
	/** Emptying one that is empty takes as long as any other. */
	const filled = async (schema: 'public' | 'backup'): Promise<readonly string[]> => {
		const found = await statements.run(
			`SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relname = ANY ($2) AND pg_relation_size(oid) > 0
				ORDER BY 1`,
			[schema, tables],
		);
		return found.rows.map((row) => (row as { readonly name: string }).name);
	};
	const emptied = async (schema: 'public' | 'backup'): Promise<string> => {
		const names = await filled(schema);
		return names.length === 0 ? '' : `TRUNCATE ${names.map((name) => `${schema}.${name}`).join(', ')} CASCADE;`;
	};
	return {
		db,
		filter: (filter) => {
			driver.filter = filter;
		},
		plant: (filter) => {
			driver.planted = filter;
		},
		reset: async (settings) => {
			await postgres.exec(
				`${await emptied('public')} ${await emptied('backup')} SELECT setval(seqrelid, seqstart, false) FROM pg_sequence`,
			);
			await statements.forgetPlans();
			for (const [key, value] of Object.entries(settings)) {
				await sql`INSERT INTO setting (key, value) VALUES (${key}, ${JSON.stringify(value)})`.execute(db);
			}
			await sql`INSERT INTO stream (id, epoch) VALUES ('shared', ${settings.epoch ?? ''})`.execute(db);
		},
		backUp: async () => {
			const copies = (await filled('public')).map((name) => `INSERT INTO backup.${name} SELECT * FROM public.${name}`);
			await postgres.exec(`${await emptied('backup')} ${copies.join('; ')}`);
		},
		restore: async () => {
			const copies = (await filled('backup')).map((name) => {
				const list = columns.get(name);
				return `INSERT INTO public.${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM backup.${name};`;
			});
			await postgres.exec(
				`BEGIN; SET LOCAL session_replication_role = replica; ${await emptied('public')} ${copies.join(' ')} COMMIT`,
			);
		},
		close: async () => {
			await db.destroy();
			await postgres.close();
		},
	};
}

function openDatabase(statements: PreparedStatements) {
	const driver = new OneConnectionDriver(statements);
	const db = new Kysely<Tables>({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => driver,
			createIntrospector: (asked) => new PostgresIntrospector(asked),
			createQueryCompiler: () => new PostgresQueryCompiler(),
		},
	});
	return { db, driver };
}

/** Central's tables, and beside each an empty one for its backup. */
async function makeTables(postgres: PGlite): Promise<void> {
	const { db } = openDatabase(await prepareStatements(postgres));
	await migrate(db);
	const backups = [...(await columnsByTable(postgres)).keys()].map(
		(name) => `CREATE TABLE backup.${name} (LIKE public.${name})`,
	);
	await postgres.exec(`CREATE SCHEMA backup; ${backups.join('; ')}; CHECKPOINT`);
}

/** Central's tables in the order of their names, each with those of its columns that don't follow from others. */
async function columnsByTable(postgres: PGlite): Promise<ReadonlyMap<string, string>> {
	const { rows } = await postgres.query<{ name: string; columns: string }>(
		`SELECT table_name AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
		FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%' AND is_generated = 'NEVER'
		GROUP BY table_name ORDER BY table_name`,
	);
	return new Map(rows.map(({ name, columns }) => [name, columns]));
}
