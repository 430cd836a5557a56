import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// What customers want of each SKU at each site, reckoned once a day.
	`CREATE TABLE stock_demand (
		site_id text NOT NULL, sku text NOT NULL, units_per_day double precision NOT NULL, PRIMARY KEY (sku, site_id)
	)`,
	'CREATE INDEX movement_by_time ON movement USING brin (recorded_at)',
	// Finds the goods of a SKU that are still to come.
	`CREATE INDEX stock_document_supply ON stock_document USING gin ((body -> 'lines') jsonb_path_ops)
		WHERE kind IN ('purchase_order', 'transfer') AND state IN ('open', 'in_transit')`,
	`CREATE TRIGGER stock_evidence_changed AFTER INSERT OR UPDATE OR DELETE ON stock_evidence
		FOR EACH ROW EXECUTE FUNCTION tell_sku_changed()`,
	...['stock_demand', 'rule_set_version'].map(
		(table) => `CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
			FOR EACH STATEMENT EXECUTE FUNCTION tell_all_changed()`,
	),
];

export const supplyAndDemand: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
