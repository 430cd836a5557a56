import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const rightsAskedBack: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		// Units that somebody lacked: until then they are given to no device.
		await sql
			.raw(`CREATE TABLE rights_asked_back (
				site_id text NOT NULL, sku text NOT NULL, units bigint NOT NULL CHECK (units > 0), until timestamptz NOT NULL,
				PRIMARY KEY (site_id, sku)
			) WITH (fillfactor = 80)`)
			.execute(db);
	},
};
