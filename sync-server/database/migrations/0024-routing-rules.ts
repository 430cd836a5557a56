import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What routing weighed before it could be changed; in minor units. */
const firstWeights = {
	currency: 'GBP',
	zones: [
		{ upToKm: 50, parcelMinor: 320, unitMinor: 8, kilogramMinor: 20 },
		{ upToKm: 150, parcelMinor: 360, unitMinor: 9, kilogramMinor: 25 },
		{ upToKm: 400, parcelMinor: 410, unitMinor: 11, kilogramMinor: 32 },
		{ parcelMinor: 520, unitMinor: 14, kilogramMinor: 45 },
	],
	handlingMinor: { store: 30, warehouse: 30, supplier: 60 },
	hundredKmMinor: 40,
	splitMinor: 150,
	unfilledMinor: 5000,
	lateDayMinor: 200,
	fallbackMinor: 1500,
	coverWeeks: 2,
	coverMinor: 10,
	agingWeeks: 26,
	agingMinor: 5,
	doubtMinor: 10,
};

const statements = [
	// The rules of promising were the only ones.
	"ALTER TABLE rule_set_version ADD COLUMN subject text NOT NULL DEFAULT 'promising' CHECK (subject IN ('promising', 'routing'))",
	'ALTER TABLE rule_set_version ALTER COLUMN subject DROP DEFAULT',
	'ALTER TABLE rule_set_version DROP CONSTRAINT rule_set_version_pkey',
	'ALTER TABLE rule_set_version ADD PRIMARY KEY (subject, version)',
	'DROP INDEX one_published_rule_set',
	'DROP INDEX one_draft_rule_set',
	"CREATE UNIQUE INDEX one_published_rule_set ON rule_set_version (subject) WHERE state = 'published'",
	"CREATE UNIQUE INDEX one_draft_rule_set ON rule_set_version (subject) WHERE state = 'draft'",
	"ALTER TABLE rule_set_change ADD COLUMN subject text NOT NULL DEFAULT 'promising'",
	'ALTER TABLE rule_set_change ALTER COLUMN subject DROP DEFAULT',
	`INSERT INTO rule_set_version (subject, version, state, revision, body, changed_by, changed_at, published_by, published_at)
		VALUES ('routing', 1, 'published', 1, '${JSON.stringify({ rules: [], groups: [], weights: firstWeights })}',
			'central', now(), 'central', now())`,
];

export const routingRules: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
