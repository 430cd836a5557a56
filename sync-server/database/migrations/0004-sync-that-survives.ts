import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// Every key that a device ever signed with: old operations are verified with the key of their time.
	`CREATE TABLE device_key (
		id text PRIMARY KEY, device_id text NOT NULL, public_key text NOT NULL, created_at timestamptz NOT NULL
	)`,
	'CREATE INDEX device_key_of_device ON device_key (device_id)',
	// An operation that an older lane of its device had brought already: it keeps its place in the new lane, and is not applied again.
	`CREATE TABLE repeated_operation (
		lane_id text NOT NULL, seq bigint NOT NULL, op_id uuid NOT NULL, hash text NOT NULL, body json NOT NULL,
		received_at timestamptz NOT NULL, PRIMARY KEY (lane_id, seq)
	)`,
	// Whether its signature was verified when it came; false for releases that did not sign.
	'ALTER TABLE operation ADD COLUMN signed boolean NOT NULL DEFAULT false',
	// Tombstones up to here were deleted for good: a checkpoint below starts anew.
	'ALTER TABLE stream ADD COLUMN horizon bigint NOT NULL DEFAULT 0',
	'CREATE INDEX stream_document_tombstones ON stream_document (changed_at) WHERE deleted',
	// A site that came up short of a SKU is not asked for it until somebody has counted it there.
	`CREATE TABLE stock_doubt (
		site_id text NOT NULL, sku text NOT NULL, since timestamptz NOT NULL, operation_id text,
		PRIMARY KEY (site_id, sku)
	)`,
];

export const syncThatSurvives: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
