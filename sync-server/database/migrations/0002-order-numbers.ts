import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const orderNumbers: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		// Above the demo's invoice numbers, and as long: read aloud alike, never taken for one another.
		await sql`CREATE SEQUENCE customer_order_number START WITH 700001`.execute(db);
	},
};
