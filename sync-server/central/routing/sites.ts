import type { Kysely } from 'kysely';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';

/** Every site, by id. */
export async function listSites(db: Kysely<Tables>): Promise<readonly Site[]> {
	const rows = await db.selectFrom('site').select('body').orderBy('id').execute();
	return rows.map(({ body }) => body);
}
