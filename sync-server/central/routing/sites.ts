import { type Kysely, sql } from 'kysely';
import type { Site } from '../../../shared/schema/site.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

const readRevisions = prepared<{ readonly id: string; readonly revision: string }>(
	'site_revisions',
	'SELECT id, revision FROM site ORDER BY id',
);

/** Sites by their revision: it belongs to one state of one site in one database, so what is here stays right. */
const known = new Map<string, Site>();
const mostKnown = 10_000;

/** Every site, by id, as this transaction sees it; those that have not changed since the last time are the same objects. */
export async function listSites(db: Kysely<Tables>): Promise<readonly Site[]> {
	const rows = await readRevisions(db, []);
	const unknown = rows.filter(({ revision }) => !known.has(revision)).map(({ id }) => id);
	const read = unknown.length > 0 ? await readSites(db, unknown) : new Map<string, Site>();
	return rows.flatMap(({ id, revision }) => read.get(id) ?? known.get(revision) ?? []);
}

async function readSites(db: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlyMap<string, Site>> {
	const { rows } = await sql<{ id: string; revision: string; body: Site }>`
		SELECT id, revision, body FROM site WHERE id = ANY (${[...ids]}::text[])`.execute(db);
	if (known.size + rows.length > mostKnown) known.clear();
	for (const { revision, body } of rows) known.set(revision, body);
	return new Map(rows.map(({ id, body }) => [id, body]));
}
