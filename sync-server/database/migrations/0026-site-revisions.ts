import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
	// Another one for each state of each site, in whichever database: who has it read needs not read the site again.
	'ALTER TABLE site ADD COLUMN revision uuid NOT NULL DEFAULT gen_random_uuid()',
	`CREATE FUNCTION revise_site() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		NEW.revision := gen_random_uuid();
		RETURN NEW;
	END $$`,
	'CREATE TRIGGER site_revised BEFORE UPDATE ON site FOR EACH ROW EXECUTE FUNCTION revise_site()',
];

export const siteRevisions: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const statement of statements) await sql.raw(statement).execute(db);
	},
};
