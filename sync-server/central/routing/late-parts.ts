import { type Kysely, sql } from 'kysely';
import { isClosedOn } from '../../../shared/domain/site-hours.ts';
import type { RoutingCause } from '../../../shared/schema/routing-decision.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { contactMinutes, readSilentSites } from './silent-sites.ts';
import { listSites } from './sites.ts';
import { daysLate, leavesAt } from './workload.ts';

/** A part that nobody has started, and that its site can't send in time any more. */
export interface LatePart {
	readonly id: string;
	readonly orderId: string;
	/** Units that its site works off before it. */
	readonly unitsAhead: number;
	readonly lateDays: number;
	readonly cause: Extract<RoutingCause, 'site_closed' | 'cut_off_passed' | 'capacity_used_up'>;
}

interface Row {
	readonly id: string;
	readonly order_id: string;
	readonly site_id: string;
	readonly promised_at: string;
	readonly units: number;
	readonly ahead: number;
}

const mostParts = 500;

/**
 * Parts that routing gave to sites, and that can't leave in time there as it looks now, the earliest promise first. A site that was not
 * heard of lately keeps what it has: its people may be at it. What a person has given to a site stays there too.
 */
export async function findLateParts(
	db: Kysely<Tables>,
	at: string,
	siteIds?: readonly string[],
): Promise<readonly LatePart[]> {
	const sites = await listSites(db);
	const silent = await readSilentSites(db, sites, at, contactMinutes);
	const byId = new Map(sites.filter(({ id }) => !silent.has(id)).map((site) => [site.id, site]));
	const asked = siteIds?.filter((id) => byId.has(id)) ?? [...byId.keys()];
	const { rows } = await sql<Row>`
		SELECT id, order_id, site_id, promised_at, to_pick AS units, ahead::bigint FROM (
			SELECT id, order_id, site_id, promised_at, to_pick, state, body,
				sum(to_pick) OVER (PARTITION BY site_id ORDER BY promised_at, id) - to_pick AS ahead
			FROM fulfillment_order
			WHERE state IN ('assigned', 'picking') AND to_pick > 0 AND site_id = ANY (${asked}::text[])
		) AS work
		WHERE state = 'assigned' AND body ->> 'method' = 'ship' AND body ? 'routing'
		ORDER BY promised_at, id`.execute(db);
	const late = rows.flatMap((row): LatePart[] => {
		const part = latePart(byId.get(row.site_id) as Site, row, at);
		return part === undefined ? [] : [part];
	});
	return late.slice(0, mostParts);
}

function latePart(site: Site, { id, order_id, promised_at, units, ahead }: Row, at: string): LatePart | undefined {
	const lateDays = daysLate(site, leavesAt(site, at, ahead, units), promised_at);
	if (lateDays === 0) return undefined;
	return { id, orderId: order_id, unitsAhead: ahead, lateDays, cause: causeOf(site, promised_at, at) };
}

/** What keeps it from leaving in time: the day that the site is closed, the hour that has passed, or else the work before it. */
function causeOf(site: Site, promisedAt: string, at: string): LatePart['cause'] {
	if (daysLate(site, leavesAt(site, at, 0, 1), promisedAt) === 0) return 'capacity_used_up';
	const isClosedNow = isClosedOn(site, Temporal.Instant.from(at).toZonedDateTimeISO(site.timeZone));
	const isClosedThen = isClosedOn(site, Temporal.Instant.from(promisedAt).toZonedDateTimeISO(site.timeZone));
	return isClosedNow || isClosedThen ? 'site_closed' : 'cut_off_passed';
}
