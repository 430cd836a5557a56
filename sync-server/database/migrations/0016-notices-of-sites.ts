import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const channel = 'backstock_stock';

const statements = [
	// Which site it is at: only that needs to be read again.
	`CREATE OR REPLACE FUNCTION tell_sku_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		PERFORM pg_notify('${channel}', coalesce(NEW.sku, OLD.sku) || chr(9) || coalesce(NEW.site_id, OLD.site_id));
		RETURN NULL;
	END $$`,
	// What is known of the stock itself stays right when sites or rules change.
	`CREATE FUNCTION tell_answers_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		PERFORM pg_notify('${channel}', chr(9));
		RETURN NULL;
	END $$`,
	...['site', 'rule_set_version'].flatMap((table) => [
		`DROP TRIGGER ${table}_changed ON ${table}`,
		`CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
			FOR EACH STATEMENT EXECUTE FUNCTION tell_answers_changed()`,
	]),
	'CREATE INDEX stock_doubt_of_sku ON stock_doubt (sku)',
];

export const noticesOfSites: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
