import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMinutesBetween } from './site-hours.ts';

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, opens: '09:00', closes: '18:00' }));
const london = { timeZone: 'Europe/London', openingHours: weekdays };

describe('open minutes between two instants', () => {
	it.each([
		['are those of the day where it is open all the while', '2026-11-20T10:00:00Z', '2026-11-20T11:30:00Z', 90],
		['leave the night out', '2026-11-19T17:00:00Z', '2026-11-20T10:00:00Z', 120],
		['leave the weekend out', '2026-11-20T17:30:00Z', '2026-11-23T09:15:00Z', 45],
		['are by the local clock in summer', '2026-07-03T07:00:00Z', '2026-07-03T08:30:00Z', 30],
		['are none from later to earlier', '2026-11-20T12:00:00Z', '2026-11-20T10:00:00Z', 0],
	])('%s', (_words, from, to, minutes) => {
		expect(openMinutesBetween(london, from, to)).toBe(minutes);
	});

	it('are none on a day on which the site is closed', () => {
		const closed = { ...london, closedDays: ['2026-11-20'] };
		expect(openMinutesBetween(closed, '2026-11-20T09:00:00Z', '2026-11-20T18:00:00Z')).toBe(0);
	});

	it('reach past midnight by the hours of the evening before', () => {
		const late = { ...london, openingHours: [{ day: 5, opens: '20:00', closes: '04:00' }] };
		expect(openMinutesBetween(late, '2026-11-21T01:00:00Z', '2026-11-21T06:00:00Z')).toBe(180);
	});

	it('are all of them without opening hours', () => {
		expect(openMinutesBetween({ ...london, openingHours: [] }, '2026-11-21T01:00:00Z', '2026-11-21T03:00:00Z')).toBe(
			120,
		);
	});
});

it('open minutes of two spans that meet are those of both together, and never more than there are minutes', () => {
	const minute = fc.integer({ min: 0, max: 60 * 24 * 5 });
	const instant = (minutes: number) => Temporal.Instant.from('2026-03-26T00:00:00Z').add({ minutes }).toString();
	fc.assert(
		fc.property(minute, minute, minute, (start, first, second) => {
			const [from, middle, to] = [start, start + first, start + first + second];
			const open = (a: number, b: number) => openMinutesBetween(london, instant(a), instant(b));
			expect(open(from, middle) + open(middle, to)).toBe(open(from, to));
			expect(open(from, to)).toBeLessThanOrEqual(first + second);
		}),
	);
});
