import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whose counter it was that wanted the goods; nobody's where they were ordered elsewhere, and for all that was noted before. */
export const demandOfDevices: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		await sql
			.raw(`ALTER TABLE own_demand ADD COLUMN device_id text NOT NULL DEFAULT '',
				DROP CONSTRAINT own_demand_pkey, ADD PRIMARY KEY (site_id, sku, day, device_id)`)
			.execute(db);
	},
};
