import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ordersBroughtToSites: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		// On the order's own row, so that who locks the order also reads which further sites must hear of its changes.
		await sql`ALTER TABLE customer_order ADD COLUMN brought_to text[] NOT NULL DEFAULT '{}'`.execute(db);
	},
};
