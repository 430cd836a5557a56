import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A decision stands for itself: what a run decided is with the run. Databases of some versions never had the column. */
export const decisionsWithoutRuns: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		await sql`ALTER TABLE routing_decision DROP COLUMN IF EXISTS run_id`.execute(db);
	},
};
