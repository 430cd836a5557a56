import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Since when a lane has waited for an operation that its device passes over. */
export const gapsThatStay: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		await sql.raw('ALTER TABLE lane ADD COLUMN gap_seq bigint, ADD COLUMN gap_since timestamptz').execute(db);
	},
};
