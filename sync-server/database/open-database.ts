import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { preparedName } from './prepared.ts';
import type { Tables } from './tables.ts';

export interface Database {
	readonly db: Kysely<Tables>;
	readonly url: string;
	/** Connections that are open, idle, and callers that wait for one. */
	connections(): { readonly open: number; readonly idle: number; readonly waiting: number };
	close(): Promise<void>;
}

export interface DatabaseOptions {
	readonly log?: (line: string) => void;
	readonly connections?: number;
}

const bigintType = 20;
const instantType = 1184;

/** Whole numbers as numbers (none of ours passes 2^53), instants as ISO 8601 text, all else as `pg` does. */
const columnTypes = {
	getTypeParser(type: number, format?: 'text' | 'binary') {
		if (format !== 'binary' && type === bigintType) return Number;
		if (format !== 'binary' && type === instantType) return (text: string) => Temporal.Instant.from(text).toString();
		return format === 'binary' ? pg.types.getTypeParser(type, 'binary') : pg.types.getTypeParser(type, 'text');
	},
} as pg.CustomTypesConfig;

/**
 * A pool of connections to PostgreSQL. A connection that breaks is thrown away and the next query opens a new one, so the
 * server outlives a restart of its database. Opening doesn't connect.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
	const pool = new pg.Pool({
		connectionString: url,
		max: options.connections ?? 10,
		connectionTimeoutMillis: 5000,
		idleTimeoutMillis: 60_000,
		keepAlive: true,
		application_name: 'backstock',
		statement_timeout: 60_000,
		idle_in_transaction_session_timeout: 60_000,
		types: columnTypes,
	});
	// Without a listener, an idle connection that PostgreSQL closes would end the process.
	pool.on('error', (error) => options.log?.(`Lost a database connection: ${error.message}`));
	const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
	return {
		db,
		url,
		connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
		async close() {
			// Kysely ends the pool only if it was ever used.
			await db.destroy();
			if (!pool.ended) await pool.end();
		},
	};
}

/** The pool as Kysely wants it, with the statements of `prepared` sent under their names. */
function preparing(pool: pg.Pool): PostgresPool {
	const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
	return {
		options: pool.options,
		end: () => pool.end(),
		async connect() {
			const client = await pool.connect();
			const known = wrapped.get(client);
			if (known !== undefined) return known;
			const made = {
				query: (text: string, values: readonly unknown[]) =>
					client.query({ name: preparedName(text), text, values: [...values] } as pg.QueryConfig),
				release: (destroy?: boolean) => client.release(destroy),
			} as unknown as PostgresPoolClient;
			wrapped.set(client, made);
			// Between a query's end and its release, a broken connection would otherwise end the process.
			client.on('error', () => undefined);
			return made;
		},
	};
}
