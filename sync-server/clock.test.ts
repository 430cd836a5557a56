import { expect, test } from 'vitest';
import { chooseClock, demoClock } from './clock.ts';

const at = (text: string) => ({ now: () => Temporal.Instant.from(text) });

test('the demo day stays today at the same time of day, across a change to summer time', () => {
	const clock = demoClock(Temporal.PlainDate.from('2026-03-20'), at('2026-04-10T12:30:00+01:00'));
	expect(clock.now().toZonedDateTimeISO('Europe/London').toPlainDateTime().toString()).toBe('2026-03-20T12:30:00');
});

test('without demo data the clock is the real one', () => {
	const real = at('2026-04-10T12:30:00Z');
	expect(chooseClock(undefined, null, real).now().toString()).toBe('2026-04-10T12:30:00Z');
});

test('an instant starts the clock there, and anything else is refused in words', () => {
	expect(chooseClock('2030-01-01T00:00:00Z', null, at('2026-04-10T12:30:00Z')).now().toString()).toBe(
		'2030-01-01T00:00:00Z',
	);
	expect(() => chooseClock('tomorrow', null)).toThrow(/BACKSTOCK_CLOCK/);
});
