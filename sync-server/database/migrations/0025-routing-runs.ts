import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	`CREATE TABLE routing_run (
		id text PRIMARY KEY, server text NOT NULL, state text NOT NULL, started_at timestamptz NOT NULL, planned_at timestamptz,
		finished_at timestamptz, findings jsonb, problem text
	)`,
	// Never two at once, whatever becomes of the lock.
	`CREATE UNIQUE INDEX routing_run_under_way ON routing_run ((true)) WHERE state IN ('planning', 'publishing')`,
	'CREATE INDEX routing_run_started ON routing_run (started_at)',
	`CREATE TABLE routing_move (
		run_id text NOT NULL REFERENCES routing_run ON DELETE CASCADE, group_number integer NOT NULL, order_id text NOT NULL,
		state text NOT NULL, reason text, body jsonb NOT NULL,
		PRIMARY KEY (run_id, order_id)
	) WITH (fillfactor = 80)`,
	// Of the last run that planned; SKU '' is the site's capacity.
	`CREATE TABLE routing_price (
		sku text NOT NULL, site_id text NOT NULL, minor bigint NOT NULL CHECK (minor > 0), PRIMARY KEY (sku, site_id)
	)`,
];

export const routingRuns: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
