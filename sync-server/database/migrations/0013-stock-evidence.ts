import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// What speaks for and against a record since it was last counted.
	`CREATE TABLE stock_evidence (
		sku text NOT NULL, site_id text NOT NULL, counted_at timestamptz, short_at timestamptz,
		shorts integer NOT NULL DEFAULT 0, picks_right integer NOT NULL DEFAULT 0, units_out bigint NOT NULL DEFAULT 0,
		units_in bigint NOT NULL DEFAULT 0, units_returned bigint NOT NULL DEFAULT 0, PRIMARY KEY (sku, site_id)
	) WITH (fillfactor = 80)`,
];

export const stockEvidence: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
