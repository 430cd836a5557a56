import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// What reservations hold of goods that are still to come. When they come, it becomes a claim on what is available.
	`CREATE TABLE supply_claim (
		site_id text NOT NULL, sku text NOT NULL, holder_id text NOT NULL, due_on date NOT NULL,
		units bigint NOT NULL CHECK (units > 0), expires_at timestamptz NOT NULL, PRIMARY KEY (sku, site_id, holder_id, due_on)
	) WITH (fillfactor = 80)`,
	'CREATE INDEX supply_claim_of_holder ON supply_claim (holder_id)',
	'CREATE INDEX supply_claim_by_expiry ON supply_claim (expires_at)',
	// Those that wait for goods.
	`CREATE INDEX stock_document_waiting ON stock_document (id)
		WHERE kind = 'reservation' AND state = 'held' AND body @? '$.lines[*].expectedOn'`,
	`CREATE TRIGGER supply_claim_changed AFTER INSERT OR UPDATE OR DELETE ON supply_claim
		FOR EACH ROW EXECUTE FUNCTION tell_sku_changed()`,
];

export const supplyClaims: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
