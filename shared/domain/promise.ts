import type { Method } from '../schema/order.ts';
import { hoursOn, isClosedOn, type SiteCalendar } from './site-hours.ts';

/** A pickup is promised after so much time in which its store is open. */
const preparationMinutes = 120;
/** A parcel is promised to the carrier by this local time of an open day, unless its site has another one. */
const usualCutOff = '16:00';
/** Open days are farther apart only where a site is closed meanwhile; one that has no opening hours counts as always open. */
const usualDaysAhead = 14;
const daysAhead = ({ closedDays }: SiteCalendar) => usualDaysAhead + (closedDays?.length ?? 0);

/**
 * When an order that was placed now is promised to be ready (pickup) or handed to the carrier (ship), as an instant in ISO 8601.
 * Everything is reckoned in the site's time zone.
 */
export function promisedAt(site: SiteCalendar, method: Method, placedAt: string): string {
	const placed = Temporal.Instant.from(placedAt).toZonedDateTimeISO(site.timeZone);
	return (method === 'pickup' ? pickupTime(site, placed) : carrierTime(site, placed)).toInstant().toString();
}

function pickupTime(site: SiteCalendar, placed: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
	let missing = preparationMinutes;
	const last = daysAhead(site);
	// Yesterday's hours may reach past midnight.
	for (let day = -1; day <= last; day++) {
		for (const { opens, closes } of hoursOn(site, placed.add({ days: day }))) {
			const from = Temporal.ZonedDateTime.compare(opens, placed) < 0 ? placed : opens;
			const minutes = closes.since(from).total('minutes');
			if (minutes >= missing) return from.add({ seconds: Math.round(missing * 60) });
			missing -= Math.max(0, minutes);
		}
	}
	return placed.add({ minutes: preparationMinutes });
}

function carrierTime(site: SiteCalendar, placed: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
	const cutOffOf = (day: number) => placed.add({ days: day }).withPlainTime(site.cutOff ?? usualCutOff);
	const first = Temporal.ZonedDateTime.compare(placed, cutOffOf(0)) < 0 ? 0 : 1;
	const last = daysAhead(site);
	for (let day = first; day <= last; day++) {
		const cutOff = cutOffOf(day);
		if (!isClosedOn(site, cutOff) && site.openingHours.some((hours) => hours.day === cutOff.dayOfWeek)) return cutOff;
	}
	return cutOffOf(first);
}
