import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const tell = (name: string, statement: string) =>
	`CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statement}; RETURN NULL; END $$`;

/** What can be promised is remembered by each server: whoever changes what it follows from tells them the SKU; nothing for all SKUs. */
const channel = 'backstock_stock';

const statements = [
	// What a channel sends again gets the reservation that is there.
	`CREATE TABLE reservation_request (
		channel text NOT NULL, external_id text NOT NULL, reservation_id text NOT NULL, body jsonb NOT NULL,
		PRIMARY KEY (channel, external_id)
	)`,
	'CREATE INDEX stock_claim_by_expiry ON stock_claim (expires_at) WHERE expires_at IS NOT NULL',
	tell('tell_sku_changed', `PERFORM pg_notify('${channel}', coalesce(NEW.sku, OLD.sku))`),
	tell('tell_all_changed', `PERFORM pg_notify('${channel}', '')`),
	tell(
		'tell_supply_changed',
		`PERFORM pg_notify('${channel}', line ->> 'sku') FROM jsonb_array_elements(NEW.body -> 'lines') AS line`,
	),
	`CREATE TRIGGER stock_position_kept AFTER INSERT OR DELETE ON stock_position
		FOR EACH ROW EXECUTE FUNCTION tell_sku_changed()`,
	// Not for goods that are picked, packed and shipped: they were promised before.
	`CREATE TRIGGER stock_position_changed AFTER UPDATE ON stock_position FOR EACH ROW
		WHEN (OLD.available <> NEW.available OR OLD.in_transit <> NEW.in_transit) EXECUTE FUNCTION tell_sku_changed()`,
	`CREATE TRIGGER stock_claim_changed AFTER INSERT OR UPDATE OR DELETE ON stock_claim
		FOR EACH ROW EXECUTE FUNCTION tell_sku_changed()`,
	`CREATE TRIGGER stock_doubt_changed AFTER INSERT OR UPDATE OR DELETE ON stock_doubt
		FOR EACH ROW EXECUTE FUNCTION tell_sku_changed()`,
	`CREATE TRIGGER supply_changed AFTER INSERT OR UPDATE ON stock_document FOR EACH ROW
		WHEN (NEW.kind IN ('purchase_order', 'transfer')) EXECUTE FUNCTION tell_supply_changed()`,
	...['site', 'product'].map(
		(table) => `CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
			FOR EACH STATEMENT EXECUTE FUNCTION tell_all_changed()`,
	),
];

export const promising: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
