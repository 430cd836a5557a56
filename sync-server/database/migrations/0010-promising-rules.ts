import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// One version is published and at most one is a draft; older ones stay as they were.
	`CREATE TABLE rule_set_version (
		version bigint PRIMARY KEY, state text NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
		revision bigint NOT NULL, body jsonb NOT NULL, changed_by text NOT NULL, changed_at timestamptz NOT NULL,
		published_by text, published_at timestamptz, note text NOT NULL DEFAULT ''
	)`,
	"CREATE UNIQUE INDEX one_published_rule_set ON rule_set_version (state) WHERE state = 'published'",
	"CREATE UNIQUE INDEX one_draft_rule_set ON rule_set_version (state) WHERE state = 'draft'",
	// Only ever added to.
	`CREATE TABLE rule_set_change (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, actor_id text, actor_name text NOT NULL,
		action text NOT NULL, version bigint NOT NULL, note text NOT NULL DEFAULT '', changes jsonb NOT NULL
	)`,
	`INSERT INTO rule_set_version (version, state, revision, body, changed_by, changed_at, published_by, published_at)
		VALUES (1, 'published', 1, '{"rules": [], "groups": []}', 'central', now(), 'central', now())`,
];

export const promisingRules: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
