import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { PreparedStatements } from './prepared-statements.ts';

/** Sees each statement before PostgreSQL does: may change it, or throw in its place. */
export type StatementFilter = (statement: string) => string;

/** One connection for all, as PGlite has one: whoever asks for it waits for the transaction before. */
export class OneConnectionDriver implements Driver {
	readonly #statements: PreparedStatements;
	#last: Promise<void> = Promise.resolve();
	filter: StatementFilter | null = null;
	planted: StatementFilter | null = null;

	constructor(statements: PreparedStatements) {
		this.#statements = statements;
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
		const { rows, affectedRows } = await this.#statements.run(statement, query.parameters);
		return { rows: [...rows], ...(affectedRows === undefined ? {} : { numAffectedRows: BigInt(affectedRows) }) };
	}

	async beginTransaction(): Promise<void> {
		await this.#statements.run('BEGIN');
	}

	async commitTransaction(): Promise<void> {
		await this.#statements.run(this.filter === null ? 'COMMIT' : this.filter('COMMIT'));
	}

	async rollbackTransaction(): Promise<void> {
		await this.#statements.run('ROLLBACK');
	}

	async releaseConnection(connection: DatabaseConnection): Promise<void> {
		(connection as OneConnection).release();
	}

	async destroy(): Promise<void> {}
}

interface OneConnection extends DatabaseConnection {
	release(): void;
}
