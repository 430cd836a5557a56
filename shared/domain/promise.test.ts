import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promisedAt } from './promise.ts';

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, opens: '09:00', closes: '18:00' }));
const london = { timeZone: 'Europe/London', openingHours: weekdays };

describe('a pickup is promised', () => {
	it.each([
		['two hours later while the store is open', '2026-11-20T10:30:00Z', '2026-11-20T12:30:00Z'],
		['two hours after it opens when it was placed at night', '2026-11-20T03:00:00Z', '2026-11-20T11:00:00Z'],
		['on the next open day for what is left of the two hours', '2026-11-20T17:15:00Z', '2026-11-23T10:15:00Z'],
		['just as it closes when that is two hours away', '2026-11-20T16:00:00Z', '2026-11-20T18:00:00Z'],
		['by the local clock in summer', '2026-07-03T06:00:00Z', '2026-07-03T10:00:00Z'],
	])('%s', (_words, placed, promised) => {
		expect(promisedAt(london, 'pickup', placed)).toBe(promised);
	});

	it('at a store that is open past midnight by the hours of the evening before', () => {
		const late = { ...london, openingHours: [{ day: 5, opens: '20:00', closes: '04:00' }] };
		expect(promisedAt(late, 'pickup', '2026-11-21T01:00:00Z')).toBe('2026-11-21T03:00:00Z');
	});

	it('at a store without opening hours two hours later', () => {
		expect(promisedAt({ ...london, openingHours: [] }, 'pickup', '2026-11-21T01:00:00Z')).toBe('2026-11-21T03:00:00Z');
	});
});

describe('a parcel is promised', () => {
	it.each([
		['for 16:00 of the same open day', '2026-11-20T15:59:59Z', '2026-11-20T16:00:00Z'],
		['for the next open day from 16:00 on', '2026-11-20T16:00:00Z', '2026-11-23T16:00:00Z'],
		['for the next open day when it was placed on a closed one', '2026-11-21T09:00:00Z', '2026-11-23T16:00:00Z'],
		['by the local clock in summer', '2026-07-03T06:00:00Z', '2026-07-03T15:00:00Z'],
	])('%s', (_words, placed, promised) => {
		expect(promisedAt(london, 'ship', placed)).toBe(promised);
	});
});

it("is promised by the site's own cut-off hour, and never for a day on which it is closed", () => {
	const site = { ...london, cutOff: '11:30', closedDays: ['2026-11-20', '2026-11-24'] };
	expect(promisedAt(site, 'ship', '2026-11-19T11:00:00Z')).toBe('2026-11-19T11:30:00Z');
	expect(promisedAt(site, 'ship', '2026-11-19T11:30:00Z')).toBe('2026-11-23T11:30:00Z');
	expect(promisedAt(site, 'pickup', '2026-11-19T17:00:00Z')).toBe('2026-11-23T10:00:00Z');
	expect(promisedAt(site, 'pickup', '2026-11-23T17:00:00Z')).toBe('2026-11-25T10:00:00Z');
});

it('is promised for the day on which a site opens again, however long it is closed', () => {
	const days = Array.from({ length: 60 }, (_, index) => Temporal.PlainDate.from('2026-11-20').add({ days: index }));
	const site = { ...london, closedDays: days.map(String) };
	expect(promisedAt(site, 'ship', '2026-11-20T10:00:00Z')).toBe('2027-01-19T16:00:00Z');
	expect(promisedAt(site, 'pickup', '2026-11-20T10:00:00Z')).toBe('2027-01-19T11:00:00Z');
});

it('is never promised for the past, and later orders never for an earlier time', () => {
	const minute = fc.integer({ min: 0, max: 60 * 24 * 400 });
	const instant = (minutes: number) => Temporal.Instant.from('2026-01-01T00:00:00Z').add({ minutes });
	fc.assert(
		fc.property(minute, fc.integer({ min: 0, max: 3000 }), fc.constantFrom('ship', 'pickup'), (at, later, method) => {
			const first = Temporal.Instant.from(promisedAt(london, method, instant(at).toString()));
			const second = Temporal.Instant.from(promisedAt(london, method, instant(at + later).toString()));
			expect(Temporal.Instant.compare(first, instant(at))).toBeGreaterThanOrEqual(0);
			expect(Temporal.Instant.compare(second, first)).toBeGreaterThanOrEqual(0);
		}),
	);
});
