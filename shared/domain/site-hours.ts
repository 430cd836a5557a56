import type { Site } from '../schema/site.ts';

/** When a site works. */
export type SiteCalendar = Pick<Site, 'openingHours' | 'timeZone' | 'cutOff' | 'closedDays'>;

export interface OpenHours {
	readonly opens: Temporal.ZonedDateTime;
	readonly closes: Temporal.ZonedDateTime;
}

/** The hours that begin on the local day of an instant, the earliest first; they may reach past midnight. */
export function hoursOn(site: SiteCalendar, day: Temporal.ZonedDateTime): readonly OpenHours[] {
	if (isClosedOn(site, day)) return [];
	const midnight = day.toPlainDate().toPlainDateTime();
	return site.openingHours
		.filter((hours) => hours.day === day.dayOfWeek)
		.map((hours) => {
			const [opens, closes] = [minutesOf(hours.opens), minutesOf(hours.closes)];
			const at = (minutes: number) => midnight.add({ minutes }).toZonedDateTime(day.timeZoneId);
			return { opens: at(opens), closes: at(closes <= opens ? closes + 24 * 60 : closes) };
		})
		.sort((a, b) => Temporal.ZonedDateTime.compare(a.opens, b.opens));
}

/** Whether the site is closed on the local day of an instant in spite of its opening hours. */
export function isClosedOn({ closedDays }: SiteCalendar, day: Temporal.ZonedDateTime): boolean {
	return closedDays?.includes(day.toPlainDate().toString()) ?? false;
}

/** Longer ago nobody counts: whoever asks wants to know whether it is long. */
const mostDays = 14;

/**
 * Minutes between two instants in ISO 8601 in which a site is open, the last two weeks before the second one; all of them at a site
 * without opening hours.
 */
export function openMinutesBetween(site: SiteCalendar, from: string, to: string): number {
	const end = Temporal.Instant.from(to).toZonedDateTimeISO(site.timeZone);
	const earliest = end.subtract({ days: mostDays });
	const asked = Temporal.Instant.from(from).toZonedDateTimeISO(site.timeZone);
	const start = later(asked, earliest);
	if (site.openingHours.length === 0) return Math.max(0, minutesFrom(start, end));
	let minutes = 0;
	// The hours of the day before may reach past midnight.
	for (let day = start.subtract({ days: 1 }); isNotAfter(day, end); day = day.add({ days: 1 })) {
		for (const { opens, closes } of hoursOn(site, day)) {
			minutes += Math.max(0, minutesFrom(later(opens, start), earlier(closes, end)));
		}
	}
	return minutes;
}

const minutesFrom = (from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime) =>
	(to.epochMilliseconds - from.epochMilliseconds) / 60_000;
const later = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime) =>
	Temporal.ZonedDateTime.compare(a, b) < 0 ? b : a;
const earlier = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime) => (later(a, b) === a ? b : a);
const isNotAfter = (day: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime) =>
	Temporal.PlainDate.compare(day.toPlainDate(), end.toPlainDate()) <= 0;

function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
