import type { Kysely } from 'kysely';
import { openMinutesBetween } from '../../../shared/domain/site-hours.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

/** A site is quiet when none of its devices was heard of for so long while it was open. */
const quietMinutes = 60;

const lastHeard = prepared<{ readonly site_id: string; readonly heard_at: string }>(
	'last_heard_sites',
	`SELECT site_id, max(last_seen_at) AS heard_at FROM device WHERE revoked_at IS NULL GROUP BY site_id
		HAVING max(last_seen_at) < $1::timestamptz`,
);

/** The sites that are probably cut off: they see nothing that they are given. One that never had a device works in another way, and is not quiet. */
export async function readQuietSites(
	db: Kysely<Tables>,
	sites: readonly Site[],
	at: string,
): Promise<ReadonlySet<string>> {
	const latest = Temporal.Instant.from(at).subtract({ minutes: quietMinutes }).toString();
	const silent = await lastHeard(db, [latest]);
	const byId = new Map(sites.map((site) => [site.id, site]));
	return new Set(
		silent.flatMap(({ site_id, heard_at }) => {
			const site = byId.get(site_id);
			return site && openMinutesBetween(site, heard_at, at) >= quietMinutes ? [site_id] : [];
		}),
	);
}
