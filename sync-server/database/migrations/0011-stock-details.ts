import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// Read with every posting: only the few products that are tracked are in the index.
	"CREATE INDEX product_tracked ON product (sku) WHERE body ->> 'tracking' <> 'none'",
	// Units of which more is known than the position tells: their bin, lot or serial number.
	`CREATE TABLE stock_detail (
		site_id text NOT NULL, sku text NOT NULL, place text NOT NULL, bin text NOT NULL, lot text NOT NULL, serial text NOT NULL,
		units bigint NOT NULL, expires_on text, PRIMARY KEY (site_id, sku, place, bin, lot, serial)
	) WITH (fillfactor = 80)`,
	"CREATE UNIQUE INDEX stock_detail_of_serial ON stock_detail (sku, serial) WHERE serial <> ''",
	'ALTER TABLE stock_position ADD COLUMN bins jsonb',
	'CREATE INDEX movement_of_order ON movement (order_id, sku) WHERE identity IS NOT NULL',
	`CREATE INDEX movement_of_lot ON movement ((identity ->> 'lot'), id) WHERE identity IS NOT NULL`,
	`CREATE INDEX movement_of_serials ON movement USING gin ((identity -> 'serials')) WHERE identity IS NOT NULL`,
];

export const stockDetails: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
