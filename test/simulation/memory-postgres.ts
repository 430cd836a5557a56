import { PGlite } from '@electric-sql/pglite';
import {
	type CompiledQuery,
	type DatabaseConnection,
	type Driver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type QueryResult,
	sql,
} from 'kysely';
import { migrate } from '../../sync-server/database/migrate.ts';
import type { Tables } from '../../sync-server/database/tables.ts';

/** Sees each statement before PostgreSQL does: may change it, or throw in its place. */
export type StatementFilter = (statement: string) => string;

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

export async function openMemoryPostgres(): Promise<MemoryPostgres> {
	const postgres = await PGlite.create({
		relaxedDurability: true,
		// As sync-server/database/open-database.ts reads them.
		parsers: { [bigintType]: Number, [instantType]: (text: string) => Temporal.Instant.from(text).toString() },
	});
	const driver = new OneConnectionDriver(postgres);
	const db = new Kysely<Tables>({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => driver,
			createIntrospector: (asked) => new PostgresIntrospector(asked),
			createQueryCompiler: () => new PostgresQueryCompiler(),
		},
	});
	await migrate(db);
	const { rows } = await postgres.query<{ name: string }>(
		`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%' ORDER BY 1`,
	);
	const tables = rows.map(({ name }) => name);
	await postgres.exec(
		`CREATE SCHEMA backup; ${tables.map((name) => `CREATE TABLE backup.${name} (LIKE public.${name})`).join('; ')}`,
	);
	const all = tables.map((name) => `public.${name}`).join(', ');
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
				`TRUNCATE ${all} RESTART IDENTITY CASCADE; ALTER SEQUENCE customer_order_number RESTART; ${emptied(tables)}`,
			);
			for (const [key, value] of Object.entries(settings)) {
				await sql`INSERT INTO setting (key, value) VALUES (${key}, ${JSON.stringify(value)})`.execute(db);
			}
			await sql`INSERT INTO stream (id, epoch) VALUES ('shared', ${settings.epoch ?? ''})`.execute(db);
		},
		backUp: async () => {
			await postgres.exec(
				`${emptied(tables)}; ${tables.map((name) => `INSERT INTO backup.${name} SELECT * FROM public.${name}`).join('; ')}`,
			);
		},
		restore: async () => {
			const copies = tables.map(
				(name) => `INSERT INTO public.${name} OVERRIDING SYSTEM VALUE SELECT * FROM backup.${name}`,
			);
			await postgres.exec(
				`BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${all} CASCADE; ${copies.join('; ')}; COMMIT`,
			);
		},
		close: async () => {
			await db.destroy();
			await postgres.close();
		},
	};
}

const emptied = (tables: readonly string[]) => `TRUNCATE ${tables.map((name) => `backup.${name}`).join(', ')}`;

/** One connection for all, as PGlite has one: whoever asks for it waits for the transaction before. */
class OneConnectionDriver implements Driver {
	readonly #postgres: PGlite;
	#last: Promise<void> = Promise.resolve();
	filter: StatementFilter | null = null;
	planted: StatementFilter | null = null;

	constructor(postgres: PGlite) {
		this.#postgres = postgres;
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		const before = this.#last;
		const released = Promise.withResolvers<void>();
		this.#last = released.promise;
		await before;
		const run = (query: CompiledQuery) => this.#run(query);
		const connection: OneConnection = {
			executeQuery: run as DatabaseConnection['executeQuery'],
			streamQuery: () => {
				throw new Error('Nothing is streamed here.');
			},
			release: released.resolve,
		};
		return connection;
	}

	async #run(query: CompiledQuery): Promise<QueryResult<unknown>> {
		const passed = this.filter === null ? query.sql : this.filter(query.sql);
		const statement = this.planted === null ? passed : this.planted(passed);
		const { rows, affectedRows } = await this.#postgres.query(statement, [...query.parameters]);
		return { rows, ...(affectedRows === undefined ? {} : { numAffectedRows: BigInt(affectedRows) }) };
	}

	async beginTransaction(): Promise<void> {
		await this.#postgres.exec('BEGIN');
	}

	async commitTransaction(): Promise<void> {
		await this.#postgres.exec(this.filter === null ? 'COMMIT' : this.filter('COMMIT'));
	}

	async rollbackTransaction(): Promise<void> {
		await this.#postgres.exec('ROLLBACK');
	}

	async releaseConnection(connection: DatabaseConnection): Promise<void> {
		(connection as OneConnection).release();
	}

	async destroy(): Promise<void> {}
}

interface OneConnection extends DatabaseConnection {
	release(): void;
}
