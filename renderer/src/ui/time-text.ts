/** The words that numbers of time need and that Intl has none for. */
export interface TimeWords {
	readonly tomorrow: (time: string) => string;
	readonly yesterday: (time: string) => string;
	readonly within: (span: string) => string;
	readonly late: (span: string) => string;
}

export interface TimeContext {
	readonly now: Temporal.Instant;
	readonly timeZone: string;
	/** BCP 47, for instance en-GB. */
	readonly language: string;
	readonly words: TimeWords;
}

const clockFormat: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** The instant's wall clock in the site's zone, for instance 14:05. */
export function clockText(instant: string, { timeZone, language }: TimeContext): string {
	return formatted(language, { ...clockFormat, timeZone }, instant);
}

function formatted(language: string, options: Intl.DateTimeFormatOptions, instant: string): string {
	const format = kept(dateFormats, [language, options], () => new Intl.DateTimeFormat(language, options));
	return format.format(Temporal.Instant.from(instant).epochMilliseconds);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const unitFormats = new Map<string, Intl.NumberFormat>();

/** Making a format costs a scan's answer a millisecond for every time on the screen; there are few different ones. */
function kept<T>(formats: Map<string, T>, key: readonly unknown[], make: () => T): T {
	const name = JSON.stringify(key);
	const format = formats.get(name) ?? make();
	formats.set(name, format);
	return format;
}

/** Whole days from today to the instant, by the site's calendar: a day that lasts 23 or 25 hours is one day. */
export function daysAway(instant: string, { now, timeZone }: TimeContext): number {
	const day = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
	return now.toZonedDateTimeISO(timeZone).toPlainDate().until(day, { largestUnit: 'days' }).days;
}

/** When it was or will be: 14:05 for today, else with its day. */
export function timeText(instant: string, context: TimeContext): string {
	const clock = clockText(instant, context);
	const days = daysAway(instant, context);
	if (days === 0) return clock;
	if (days === 1) return context.words.tomorrow(clock);
	if (days === -1) return context.words.yesterday(clock);
	const { timeZone, language, now } = context;
	const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
	const isThisYear = zoned.year === now.toZonedDateTimeISO(timeZone).year;
	const day = formatted(
		language,
		{ timeZone, weekday: 'short', day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) },
		instant,
	);
	return `${day}, ${clock}`;
}

/** Minutes from now to the instant: negative when it is over. Cut towards zero. */
export function minutesUntil(instant: string, { now }: TimeContext): number {
	return Math.trunc((Temporal.Instant.from(instant).epochMilliseconds - now.epochMilliseconds) / 60_000);
}

/** A span in its one or two largest units: 25 min, 1 hr 5 min, 3 days. */
export function spanText(minutes: number, language: string): string {
	const whole = Math.abs(minutes);
	const part = (value: number, unit: 'minute' | 'hour' | 'day') => {
		const options = { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' } as const;
		return kept(unitFormats, [language, unit], () => new Intl.NumberFormat(language, options)).format(value);
	};
	if (whole < 60) return part(whole, 'minute');
	if (whole >= 48 * 60) return part(Math.floor(whole / (24 * 60)), 'day');
	const rest = whole % 60;
	return rest === 0 ? part(whole / 60, 'hour') : `${part(Math.floor(whole / 60), 'hour')} ${part(rest, 'minute')}`;
}

/** A promise: when, and how near. 17:30 · in 25 min, or 16:00 · 1 hr 5 min late. */
export function dueText(instant: string, context: TimeContext): string {
	const minutes = minutesUntil(instant, context);
	const when = timeText(instant, context);
	const isOver = Temporal.Instant.compare(context.now, Temporal.Instant.from(instant)) > 0;
	if (isOver) return `${when} · ${context.words.late(spanText(Math.max(1, -minutes), context.language))}`;
	if (minutes < 24 * 60 && daysAway(instant, context) === 0)
		return `${when} · ${context.words.within(spanText(minutes, context.language))}`;
	return when;
}

/** How long ago: 5 minutes ago, yesterday. */
export function ageText(instant: string, context: TimeContext): string {
	const minutes = minutesUntil(instant, context);
	const format = new Intl.RelativeTimeFormat(context.language, { numeric: 'auto' });
	if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
	if (Math.abs(minutes) < 24 * 60) return format.format(Math.trunc(minutes / 60), 'hour');
	return format.format(daysAway(instant, context), 'day');
}

/** A calendar day: today, tomorrow, yesterday, else Thu 26 Nov; with its year when it is another one. */
export function dayText(date: string, { now, timeZone, language }: TimeContext): string {
	const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
	const day = Temporal.PlainDate.from(date);
	const away = today.until(day, { largestUnit: 'days' }).days;
	if (Math.abs(away) <= 1) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(away, 'day');
	const options: Intl.DateTimeFormatOptions = {
		timeZone: 'UTC',
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		...(day.year === today.year ? {} : { year: 'numeric' }),
	};
	return formatted(language, options, `${day.toString()}T12:00:00Z`);
}
