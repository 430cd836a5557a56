import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// From which movement on a product was tracked in another way: what was known of its units until then is forgotten there.
	`CREATE TABLE tracking_change (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku text NOT NULL, before text NOT NULL, after text NOT NULL,
		last_movement bigint NOT NULL, changed_at timestamptz NOT NULL
	)`,
	'CREATE INDEX tracking_change_of_sku ON tracking_change (sku, id)',
];

export const trackingChanges: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
