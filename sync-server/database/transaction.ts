import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A serialization failure or a deadlock: PostgreSQL asks to try the whole transaction again. */
const tryAgain = new Set(['40001', '40P01']);
const attempts = 6;

/**
 * Runs `work` in one transaction; again from the start when PostgreSQL broke it off for the sake of another. `work` must
 * therefore have no effect outside the transaction.
 */
export async function inTransaction<T>(
	db: Kysely<Tables>,
	work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await db.transaction().execute(work);
		} catch (error) {
			if (attempt === attempts || !tryAgain.has(sqlState(error) ?? '')) throw error;
			await delay(2 ** attempt * (1 + Math.random()));
		}
	}
}

/** The five characters by which PostgreSQL names an error; undefined for what is not one. */
export function sqlState(error: unknown): string | undefined {
	if (!(error instanceof Error) || !('code' in error)) return undefined;
	return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

const lostConnection =
	/connection terminated|timeout exceeded when trying to connect|connection has been discarded|not queryable|client has encountered a connection error/i;
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether the database is away or too busy, rather than the question wrong: the caller may ask again later. */
export function isDatabaseAway(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const state = sqlState(error);
	if (state !== undefined) return /^(08|53|57P|57014|25P03)/.test(state) || tryAgain.has(state);
	if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
	const code = 'code' in error ? error.code : undefined;
	return (typeof code === 'string' && networkCodes.has(code)) || lostConnection.test(error.message);
}
