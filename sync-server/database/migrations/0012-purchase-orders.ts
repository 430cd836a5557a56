import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const purchaseOrders: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		await sql`CREATE TABLE purchase_order_request (
			supplier_id text NOT NULL, number text NOT NULL, purchase_order_id text NOT NULL, body jsonb NOT NULL,
			PRIMARY KEY (supplier_id, number)
		)`.execute(db);
	},
};
