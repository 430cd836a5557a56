import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ownDemand: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		await sql
			.raw(`CREATE TABLE own_demand (
				site_id text NOT NULL, sku text NOT NULL, day date NOT NULL, units bigint NOT NULL, PRIMARY KEY (site_id, sku, day)
			) WITH (fillfactor = 80)`)
			.execute(db);
	},
};
