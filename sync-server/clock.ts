/** The time by which central judges. */
export interface Clock {
	now(): Temporal.Instant;
	/** How far it runs behind the real time, in milliseconds; absent for the real time itself. */
	readonly shiftMs?: number;
}

/** Counts in milliseconds, as devices and the database do. */
export const realClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

/** Runs as the real clock does, from another instant. */
export function clockStartingAt(instant: Temporal.Instant, real: Clock = realClock): Clock {
	const shift = instant.since(real.now());
	return { now: () => real.now().add(shift), shiftMs: -Math.round(shift.total('milliseconds')) };
}

/**
 * The real time of day on the demo's day: whole days, as the demo's zone counts them, are subtracted. They are counted once,
 * so that the clock never jumps back at a midnight.
 */
export function demoClock(demoDay: Temporal.PlainDate, real: Clock = realClock, timeZone = 'Europe/London'): Clock {
	const now = real.now().toZonedDateTimeISO(timeZone);
	const days = demoDay.until(now.toPlainDate()).days;
	return clockStartingAt(now.subtract({ days }).toInstant(), real);
}

/**
 * Chooses the clock by a setting: `real`, `demo`, or an instant in ISO 8601 at which it starts.
 * @param demoDay the day around which the demo data was laid, or null when there is none
 * @throws when the setting is none of these
 */
export function chooseClock(setting: string | undefined, demoDay: Temporal.PlainDate | null, real = realClock): Clock {
	if (setting === 'real') return real;
	if (setting === undefined || setting === '' || setting === 'demo') return demoDay ? demoClock(demoDay, real) : real;
	let instant: Temporal.Instant;
	try {
		instant = Temporal.Instant.from(setting);
	} catch {
		throw new Error(
			`BACKSTOCK_CLOCK must be "real", "demo" or an instant such as 2026-11-22T17:30:00Z, not "${setting}".`,
		);
	}
	return clockStartingAt(instant, real);
}
