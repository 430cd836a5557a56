import { setImmediate as nextTurn } from 'node:timers/promises';
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

const heardOfAll = prepared<{ readonly heard_at: string | null }>(
	'heard_last',
	'SELECT max(last_seen_at) AS heard_at FROM device WHERE revoked_at IS NULL',
);

/** When any device was heard of last, as an instant; null for never. */
export async function readHeardLast(db: Kysely<Tables>): Promise<string | null> {
	const [row] = await heardOfAll(db, []);
	return row?.heard_at ?? null;
}

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
	const found = new Set<string>();
	let turnEndsMs = performance.now() + turnMs;
	for (const { site_id, heard_at } of silent) {
		const site = byId.get(site_id);
		if (site && isSilent(site, heard_at, at, minutes)) found.add(site_id);
		if (performance.now() < turnEndsMs) continue;
		await nextTurn();
		turnEndsMs = performance.now() + turnMs;
	}
	return found;
}

/** So long others wait while opening hours of many sites are reckoned. */
const turnMs = 10;

interface Silence {
	readonly heardAt: string;
	readonly isSilent: boolean;
	/** From the first of these instants until before the second one. */
	readonly fromMs: number;
	readonly untilMs: number;
}

/** Only being heard of, or a long time in which it is closed, ends a silence. */
const silentMinutes = 60;
const silences = new WeakMap<Site, Map<number, Silence>>();

/**
 * Whether a site was open for so many minutes since it was heard of. Reckoning that by opening hours is slow, and every night all sites are silent
 * for hours: one that has still to be open for 20 minutes until it counts is not looked at again before they have passed.
 */
export function isSilent(site: Site, heardAt: string, at: string, minutes: number): boolean {
	const atMs = Date.parse(at);
	const known = silences.get(site) ?? new Map<number, Silence>();
	silences.set(site, known);
	const before = known.get(minutes);
	if (before?.heardAt === heardAt && before.fromMs <= atMs && atMs < before.untilMs) return before.isSilent;
	const missing = minutes - openMinutesBetween(site, heardAt, at);
	const again = missing > 0 ? missing : silentMinutes;
	known.set(minutes, { heardAt, isSilent: missing <= 0, fromMs: atMs, untilMs: atMs + again * 60_000 });
	return missing <= 0;
}
