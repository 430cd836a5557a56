import type { Kysely } from 'kysely';
import { openMinutesBetween } from '../../../shared/domain/site-hours.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

/** A site is quiet, probably cut off, when none of its devices was heard of for so many minutes in which it was open: it gets nothing new. */
export const quietMinutes = 60;
/** After so many, its people may have begun what central doesn't know of: nothing is taken from it. */
export const contactMinutes = 5;

const lastHeard = prepared<{ readonly site_id: string; readonly heard_at: string }>(
	'silent_sites',
	`SELECT site_id, max(last_seen_at) AS heard_at FROM device WHERE revoked_at IS NULL GROUP BY site_id
		HAVING max(last_seen_at) < $1::timestamptz`,
);

/**
 * The sites of which no device was heard for so many minutes in which they were open. One that never had a device works in another way,
 * and is not among them.
 */
export async function readSilentSites(
	db: Kysely<Tables>,
	sites: readonly Site[],
	at: string,
	minutes: number,
): Promise<ReadonlySet<string>> {
	const latest = Temporal.Instant.from(at).subtract({ minutes }).toString();
	const silent = await lastHeard(db, [latest]);
	const byId = new Map(sites.map((site) => [site.id, site]));
	return new Set(
		silent.flatMap(({ site_id, heard_at }) => {
			const site = byId.get(site_id);
			return site && openMinutesBetween(site, heard_at, at) >= minutes ? [site_id] : [];
		}),
	);
}
