import type { Kysely } from 'kysely';
import { promisedAt } from '../../../shared/domain/promise.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

const unitsToPick = prepared<{ readonly site_id: string; readonly units: number }>(
	'units_to_pick_of_sites',
	`SELECT site_id, sum(to_pick)::bigint AS units FROM fulfillment_order
	WHERE state IN ('assigned', 'picking') AND to_pick > 0 GROUP BY site_id`,
);

/** Units that each site still has to pick. */
export async function readWorkload(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
	return new Map((await unitsToPick(db, [])).map(({ site_id, units }) => [site_id, units]));
}

/** Days of work ahead count at most so many: farther off, everything is late anyway. */
const mostDays = 10;

/**
 * When a parcel of so many units leaves a site that works off `ahead` units first, at its daily capacity: on the first cut-off at
 * which its turn has come.
 */
export function leavesAt(site: Site, from: string, ahead: number, units: number): string {
	const daysOfWork = site.dailyCapacityUnits > 0 ? Math.floor((ahead + units - 1) / site.dailyCapacityUnits) : mostDays;
	let leaves = cutOffAfter(site, from);
	for (let day = 0; day < Math.min(mostDays, daysOfWork); day++) leaves = cutOffAfter(site, afterwards(leaves));
	return leaves;
}

interface Stretch {
	readonly fromMs: number;
	readonly cutOff: string;
	readonly cutOffMs: number;
}

const stretchesOf = new WeakMap<Site, Stretch[]>();
const mostStretches = 20;

/** The first cut-off of a site after an instant. Calendars are slow, and every instant between one that was asked about and its cut-off has the same one. */
export function cutOffAfter(site: Site, instant: string): string {
	const atMs = Date.parse(instant);
	const stretches = stretchesOf.get(site) ?? [];
	stretchesOf.set(site, stretches);
	const found = stretches.find(({ fromMs, cutOffMs }) => fromMs <= atMs && atMs < cutOffMs);
	if (found !== undefined) return found.cutOff;
	const cutOff = promisedAt(site, 'ship', instant);
	if (stretches.length >= mostStretches) stretches.shift();
	stretches.push({ fromMs: atMs, cutOff, cutOffMs: Date.parse(cutOff) });
	return cutOff;
}

/** Days by the site's calendar that a parcel leaves after the day on which it is due; both are instants in ISO 8601. */
export function daysLate({ timeZone }: Site, leaves: string, due: string): number {
	return Date.parse(leaves) <= Date.parse(due) ? 0 : localDay(timeZone, leaves) - localDay(timeZone, due);
}

const localDays = new Map<string, number>();
const mostLocalDays = 10_000;
const msPerDay = 86_400_000;

/** The local calendar day of an instant, in days since 1970-01-01. A few instants are asked about again and again. */
function localDay(timeZone: string, instant: string): number {
	const key = `${timeZone} ${instant}`;
	const before = localDays.get(key);
	if (before !== undefined) return before;
	const { year, month, day } = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
	const days = Date.UTC(year, month - 1, day) / msPerDay;
	if (localDays.size >= mostLocalDays) localDays.clear();
	localDays.set(key, days);
	return days;
}

function afterwards(instant: string): string {
	return Temporal.Instant.from(instant).add({ minutes: 1 }).toString();
}
