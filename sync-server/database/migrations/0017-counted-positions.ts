import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// When somebody last counted it: told with the position.
	'ALTER TABLE stock_position ADD COLUMN counted_at timestamptz',
	`UPDATE stock_position AS position SET counted_at = evidence.counted_at FROM stock_evidence AS evidence
		WHERE evidence.site_id = position.site_id AND evidence.sku = position.sku AND evidence.counted_at IS NOT NULL`,
];

export const countedPositions: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
