import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepFor, reservationEnd } from './reservation-end.ts';

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, opens: '09:00', closes: '18:00' }));
const site = { timeZone: 'Europe/London', openingHours: weekdays };
const at = (time: string) => Temporal.Instant.from(time);

describe('until when goods are kept', () => {
	it('a span is counted from now', () => {
		expect(reservationEnd(site, 'half_hour', at('2026-11-26T10:00:00Z'))).toBe('2026-11-26T10:30:00Z');
		expect(reservationEnd(site, 'two_hours', at('2026-11-26T23:30:00Z'))).toBe('2026-11-27T01:30:00Z');
	});

	it('closing is today’s, or that of the next day with hours', () => {
		expect(reservationEnd(site, 'closing', at('2026-11-26T10:00:00Z'))).toBe('2026-11-26T18:00:00Z');
		expect(reservationEnd(site, 'next_closing', at('2026-11-26T10:00:00Z'))).toBe('2026-11-27T18:00:00Z');
		expect(reservationEnd(site, 'closing', at('2026-11-27T19:00:00Z'))).toBe('2026-11-30T18:00:00Z');
	});

	it('hours past midnight belong to the evening, and a day of summer time closes by its own clock', () => {
		const late = { timeZone: 'Europe/London', openingHours: [{ day: 4, opens: '17:00', closes: '02:00' }] };
		expect(reservationEnd(late, 'closing', at('2026-11-26T23:00:00Z'))).toBe('2026-11-27T02:00:00Z');
		expect(reservationEnd(late, 'closing', at('2026-11-27T01:00:00Z'))).toBe('2026-11-27T02:00:00Z');
		expect(reservationEnd(site, 'closing', at('2026-07-01T10:00:00Z'))).toBe('2026-07-01T17:00:00Z');
	});

	it('a site without hours keeps them until midnight', () => {
		const always = { timeZone: 'Europe/London', openingHours: [] };
		expect(reservationEnd(always, 'closing', at('2026-11-26T10:00:00Z'))).toBe('2026-11-27T00:00:00Z');
	});

	it('it always ends later than now, and the next closing after the next', () => {
		const hour = fc.integer({ min: 0, max: 23 }).map((each) => `${String(each).padStart(2, '0')}:00`);
		const hours = fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), opens: hour, closes: hour }));
		const time = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
		fc.assert(
			fc.property(hours, fc.constantFrom(...keepFor), time, (openingHours, choice, ms) => {
				const now = Temporal.Instant.fromEpochMilliseconds(ms);
				const end = Temporal.Instant.from(reservationEnd({ ...site, openingHours }, choice, now));
				expect(Temporal.Instant.compare(end, now)).toBe(1);
			}),
		);
	});
});
