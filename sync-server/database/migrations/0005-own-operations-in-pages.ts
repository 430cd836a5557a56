import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A page names the last of the asking device's operations that it holds: found by position, however long the lane is. */
export const ownOperationsInPages: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		await sql.raw('CREATE INDEX operation_of_lane_by_position ON operation (lane_id, position, seq)').execute(db);
	},
};
