import { promisedAt } from '../../../shared/domain/promise.ts';
import type { Method } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';

export interface SiteCalendarAt {
	/** The calendar day at a site, as 2026-11-22, so many days from its today. */
	dayAt(site: Site, day: number): string;
	/** Days from the site's today until a date; below zero for the past. */
	daysUntil(site: Site, date: string): number;
	/** Days from the site's today until it opens, where it is closed today in spite of its opening hours; else 0. */
	opensIn(site: Site): number;
	/** When goods that are there on a day can be ready: an instant in ISO 8601. */
	readyAt(site: Site, method: Method, day: number): string;
}

const msPerDay = 86_400_000;
const msPerMinute = 60_000;
const epochDay = (date: string) => Date.parse(`${date}T00:00:00Z`) / msPerDay;
/** By ISO 8601: 1970-01-01 was a Thursday. */
const weekday = (day: number) => ((day + 3) % 7) + 1;
/** More days than a site can say that it is closed on. */
const mostDaysClosed = 500;
const dateOf = (day: number) => new Date(day * msPerDay).toISOString().slice(0, 10);

/**
 * Days and ready times of sites. Reckoning by time zones and opening hours is slow, and the same for everybody who asks in the same
 * minute: what was reckoned is kept as long.
 * @returns the calendar as it is at an instant; a time is promised as if it were asked for at the end of its minute
 */
export function openCalendar(): (now: Temporal.Instant) => SiteCalendarAt {
	let minute = -1;
	let calendar: SiteCalendarAt | null = null;
	return (now) => {
		const nowMinute = Math.ceil(now.epochMilliseconds / msPerMinute);
		if (calendar === null || minute !== nowMinute) {
			minute = nowMinute;
			calendar = calendarAt(now, Temporal.Instant.fromEpochMilliseconds(nowMinute * msPerMinute));
		}
		return calendar;
	};
}

function calendarAt(now: Temporal.Instant, endOfMinute: Temporal.Instant): SiteCalendarAt {
	const todays = new Map<string, number>();
	const ready = new WeakMap<Site, Map<string, string>>();
	const todayAt = ({ timeZone }: Site) => {
		const known = todays.get(timeZone);
		if (known !== undefined) return known;
		const today = epochDay(now.toZonedDateTimeISO(timeZone).toPlainDate().toString());
		todays.set(timeZone, today);
		return today;
	};
	const dates = new Map<number, string>();
	const dayAt = (site: Site, day: number) => {
		const number = todayAt(site) + day;
		const known = dates.get(number);
		if (known !== undefined) return known;
		const date = dateOf(number);
		dates.set(number, date);
		return date;
	};
	return {
		dayAt,
		opensIn(site) {
			const { closedDays, openingHours } = site;
			if (closedDays === undefined || !closedDays.includes(dayAt(site, 0))) return 0;
			const opens = (day: number) =>
				openingHours.length === 0 || openingHours.some((hours) => hours.day === weekday(todayAt(site) + day));
			let day = 1;
			while (day < mostDaysClosed && (closedDays.includes(dayAt(site, day)) || !opens(day))) day += 1;
			return day;
		},
		daysUntil: (site, date) => epochDay(date) - todayAt(site),
		readyAt(site, method, day) {
			const times = ready.get(site) ?? new Map<string, string>();
			ready.set(site, times);
			const key = `${method} ${day}`;
			const known = times.get(key);
			if (known !== undefined) return known;
			const from =
				day === 0 ? endOfMinute : Temporal.PlainDate.from(dayAt(site, day)).toZonedDateTime(site.timeZone).toInstant();
			const time = promisedAt(site, method, from.toString());
			times.set(key, time);
			return time;
		},
	};
}

const msPerQuarter = 15 * msPerMinute;

/** Until when an answer holds that has days in it: no time zone begins a day but at a quarter of an hour. */
export function endOfQuarter(nowMs: number): number {
	return (Math.floor(nowMs / msPerQuarter) + 1) * msPerQuarter;
}
