import type { Site } from '../../../../shared/schema/site.ts';

export const keepFor = ['half_hour', 'hour', 'two_hours', 'closing', 'next_closing'] as const;
export type KeepFor = (typeof keepFor)[number];

const minutesOf: Readonly<Partial<Record<KeepFor, number>>> = { half_hour: 30, hour: 60, two_hours: 120 };
const daysAhead = 14;

/**
 * Until when goods are kept, as an instant in ISO 8601. Closing is the end of the hours in which the site is open now or opens next; a
 * site without hours closes at midnight.
 */
export function reservationEnd(
	site: Pick<Site, 'openingHours' | 'timeZone'>,
	choice: KeepFor,
	now: Temporal.Instant,
): string {
	const minutes = minutesOf[choice];
	if (minutes !== undefined) return now.add({ minutes }).round('second').toString();
	const [closing, next] = closings(site, now.toZonedDateTimeISO(site.timeZone));
	return ((choice === 'closing' ? closing : next) ?? now.add({ hours: 24 })).toString();
}

/** The next times at which the site closes. */
function closings(site: Pick<Site, 'openingHours'>, now: Temporal.ZonedDateTime): readonly Temporal.Instant[] {
	const found: Temporal.Instant[] = [];
	// Yesterday's hours may reach past midnight.
	for (let day = -1; day <= daysAhead; day += 1) {
		const date = now.add({ days: day }).toPlainDate();
		const hours =
			site.openingHours.length === 0
				? [{ opens: '00:00', closes: '24:00' }]
				: site.openingHours.filter((each) => each.day === date.dayOfWeek);
		for (const { opens, closes } of hours) {
			const endsNextDay = closes <= opens || closes === '24:00';
			const end = (endsNextDay ? date.add({ days: 1 }) : date).toZonedDateTime({
				timeZone: now.timeZoneId,
				plainTime: closes === '24:00' ? '00:00' : closes,
			});
			if (Temporal.ZonedDateTime.compare(end, now) > 0) found.push(end.toInstant());
		}
	}
	return found.sort(Temporal.Instant.compare);
}
