import { type Kysely, sql } from 'kysely';
import { promisedAt } from '../../../shared/domain/promise.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';

/** Units that each site still has to pick. */
export async function readWorkload(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
	const { rows } = await sql<{ site_id: string; units: number }>`
		SELECT site_id, sum(to_pick)::bigint AS units FROM fulfillment_order
		WHERE state IN ('assigned', 'picking') AND to_pick > 0 GROUP BY site_id`.execute(db);
	return new Map(rows.map(({ site_id, units }) => [site_id, units]));
}

/** Days of work ahead count at most so many: farther off, everything is late anyway. */
const mostDays = 10;

/** The first cut-off of a site after an instant. */
export type CutOffAfter = (site: Site, instant: string) => string;
const cutOffByCalendar: CutOffAfter = (site, instant) => promisedAt(site, 'ship', instant);

/**
 * When a parcel of so many units leaves a site that works off `ahead` units first, at its daily capacity: on the first cut-off at
 * which its turn has come.
 */
export function leavesAt(
	site: Site,
	from: string,
	ahead: number,
	units: number,
	cutOffAfter: CutOffAfter = cutOffByCalendar,
): string {
	const daysOfWork = site.dailyCapacityUnits > 0 ? Math.floor((ahead + units - 1) / site.dailyCapacityUnits) : mostDays;
	let leaves = cutOffAfter(site, from);
	for (let day = 0; day < Math.min(mostDays, daysOfWork); day++) leaves = cutOffAfter(site, afterwards(leaves));
	return leaves;
}

/** Days by the site's calendar that a parcel leaves after the day on which it is due; both are instants in ISO 8601. */
export function daysLate({ timeZone }: Site, leaves: string, due: string): number {
	if (Date.parse(leaves) <= Date.parse(due)) return 0;
	const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
	return dayOf(leaves).since(dayOf(due)).days;
}

function afterwards(instant: string): string {
	return Temporal.Instant.from(instant).add({ minutes: 1 }).toString();
}
