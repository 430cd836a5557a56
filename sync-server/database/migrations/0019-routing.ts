import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	`CREATE FUNCTION units_to_pick(body jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
		SELECT coalesce(sum((line -> 'quantities' ->> 'toPick')::bigint), 0)::bigint FROM jsonb_array_elements(body -> 'lines') AS line
	)`,
	// What a site still has to pick, for its workload: asked for with each order.
	'ALTER TABLE fulfillment_order ADD COLUMN to_pick bigint GENERATED ALWAYS AS (units_to_pick(body)) STORED',
	`CREATE INDEX fulfillment_order_to_pick ON fulfillment_order (site_id) INCLUDE (to_pick)
		WHERE state IN ('assigned', 'picking') AND to_pick > 0`,
	// Only ever added to.
	`CREATE TABLE routing_decision (
		id text PRIMARY KEY, order_id text NOT NULL, at timestamptz NOT NULL, cause text NOT NULL, run_id text, body jsonb NOT NULL
	)`,
	'CREATE INDEX routing_decision_of_order ON routing_decision (order_id, at)',
];

export const routing: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
