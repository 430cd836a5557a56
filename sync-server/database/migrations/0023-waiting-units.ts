import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	`CREATE FUNCTION units_waiting(body jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
		SELECT coalesce(sum((line ->> 'unassigned')::bigint), 0)::bigint FROM jsonb_array_elements(body -> 'lines') AS line
	)`,
	// Looked at whenever stock comes in anywhere.
	'ALTER TABLE customer_order ADD COLUMN waiting_units bigint GENERATED ALWAYS AS (units_waiting(body)) STORED',
	"CREATE INDEX customer_order_waiting ON customer_order ((body ->> 'promisedAt'), id) WHERE waiting_units > 0",
];

export const waitingUnits: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
