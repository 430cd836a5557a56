import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Site } from '../../../shared/schema/site.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

const readDigest = prepared<{ readonly digest: string | null }>(
	'sites_digest',
	"SELECT md5(string_agg(revision::text, '' ORDER BY id)) AS digest FROM site",
);
const readSites = prepared<{ readonly revision: string; readonly body: Site }>(
	'sites',
	'SELECT revision, body FROM site ORDER BY id',
);

/** All sites by the digest of their revisions: each belongs to one state of one site in one database, so what is here stays right. */
const remembered = new Map<string, readonly Site[]>();
const mostRemembered = 8;

/** Every site, by id, as this transaction sees it; if none has changed since the last time, the same list. */
export async function listSites(db: Kysely<Tables>): Promise<readonly Site[]> {
	const [asked] = await readDigest(db, []);
	const known = remembered.get(asked?.digest ?? '');
	if (known !== undefined) return known;
	const rows = await readSites(db, []);
	const sites = rows.map(({ body }) => body);
	// Of what was read: outside of a transaction a site may have changed since the question.
	const digest = createHash('md5')
		.update(rows.map(({ revision }) => revision).join(''))
		.digest('hex');
	const [oldest] = remembered.keys();
	if (oldest !== undefined && remembered.size >= mostRemembered) remembered.delete(oldest);
	remembered.set(digest, sites);
	return sites;
}
