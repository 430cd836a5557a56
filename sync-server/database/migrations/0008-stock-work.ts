import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// Purchase orders, transfers, receipts, counts, reservations and selling rights.
	`CREATE TABLE stock_document (
		id text PRIMARY KEY, kind text NOT NULL, site_ids text[] NOT NULL, state text, body jsonb NOT NULL
	) WITH (fillfactor = 80)`,
	'CREATE INDEX stock_document_of_sites ON stock_document USING gin (site_ids)',
	'CREATE INDEX stock_document_by_state ON stock_document (kind, state)',
	// Sums to zero over all sites: what one site has sent, another has coming in.
	'ALTER TABLE outside_position ADD COLUMN other_site bigint NOT NULL DEFAULT 0',
	'ALTER TABLE movement ADD COLUMN device_id text, ADD COLUMN identity jsonb',
	// Units may stay in their bucket and change their bin.
	'ALTER TABLE movement DROP CONSTRAINT movement_check',
	`ALTER TABLE movement ADD CONSTRAINT movement_goes_somewhere
		CHECK (from_bucket <> to_bucket OR identity ->> 'fromBin' IS DISTINCT FROM identity ->> 'toBin')`,
	// What may not be promised of the units that are available: reservations until they expire, and selling rights.
	`CREATE TABLE stock_claim (
		site_id text NOT NULL, sku text NOT NULL, kind text NOT NULL, holder_id text NOT NULL,
		units bigint NOT NULL CHECK (units > 0), expires_at timestamptz, PRIMARY KEY (sku, site_id, kind, holder_id)
	) WITH (fillfactor = 80)`,
	'CREATE INDEX stock_claim_of_holder ON stock_claim (kind, holder_id)',
];

export const stockWork: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
