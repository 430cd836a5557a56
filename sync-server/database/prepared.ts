import { CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

const nameOfText = new Map<string, string>();

/** The server-side name of a statement that was made with `prepared`; undefined for any other. */
export function preparedName(text: string): string | undefined {
	return nameOfText.get(text);
}

/**
 * A statement that each connection parses and plans once. Only for fixed texts: every name is kept by every connection.
 * @returns runs it with its values, and answers its rows
 */
export function prepared<Row>(name: string, text: string) {
	nameOfText.set(text, name);
	return async (db: Kysely<Tables>, values: readonly unknown[]): Promise<readonly Row[]> => {
		const result = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>);
		return result.rows;
	};
}
