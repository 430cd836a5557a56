import { describe, expect, test } from 'vitest';
import { ageText, daysAway, dayText, dueText, spanText, type TimeContext, timeText } from './time-text.ts';

const at = (now: string, timeZone = 'Europe/London'): TimeContext => ({
	now: Temporal.Instant.from(now),
	timeZone,
	language: 'en',
	words: {
		tomorrow: (time) => `tomorrow ${time}`,
		yesterday: (time) => `yesterday ${time}`,
		within: (span) => `in ${span}`,
		late: (span) => `${span} late`,
	},
});

describe('time in words', () => {
	test('a time of today is its wall clock in the site’s zone, not the device’s', () => {
		expect(timeText('2026-07-01T12:05:00Z', at('2026-07-01T09:00:00Z'))).toBe('13:05');
		expect(timeText('2026-07-01T12:05:00Z', at('2026-07-01T09:00:00Z', 'America/New_York'))).toBe('08:05');
	});

	test('a day is named by how near it is, else by its date; another year says so', () => {
		const now = at('2026-12-30T23:30:00Z', 'Europe/Berlin');
		expect(['2026-12-30', '2026-12-31', '2027-01-01'].map((day) => dayText(day, now))).toEqual([
			'yesterday',
			'today',
			'tomorrow',
		]);
		expect(dayText('2026-12-24', now)).toBe('Thu, Dec 24');
		expect(dayText('2027-01-04', now)).toBe('Mon, Jan 4, 2027');
	});

	test('midnight belongs to the day that it begins', () => {
		expect(timeText('2026-11-22T00:00:00Z', at('2026-11-21T23:59:00Z'))).toBe('tomorrow 00:00');
		expect(timeText('2026-11-21T23:59:00Z', at('2026-11-22T00:00:00Z'))).toBe('yesterday 23:59');
	});

	test('the day on which clocks go forward is one day, though it lasts 23 hours', () => {
		const saturdayNight = at('2026-03-28T23:30:00Z');
		expect(daysAway('2026-03-29T22:30:00Z', saturdayNight)).toBe(1);
		expect(timeText('2026-03-29T01:30:00Z', saturdayNight)).toBe('tomorrow 02:30');
		// 23 hours later it is already Monday in London.
		expect(daysAway('2026-03-29T23:15:00Z', saturdayNight)).toBe(2);
	});

	test('the hour that comes twice when clocks go back keeps its order and its distance', () => {
		const beforeIt = at('2026-10-25T00:00:00Z');
		expect(timeText('2026-10-25T00:30:00Z', beforeIt)).toBe('01:30');
		expect(timeText('2026-10-25T01:30:00Z', beforeIt)).toBe('01:30');
		expect(dueText('2026-10-25T01:30:00Z', beforeIt)).toBe('01:30 · in 1 hr 30 min');
	});

	test('another year is named', () => {
		expect(timeText('2027-01-04T10:00:00Z', at('2026-12-22T10:00:00Z'))).toBe('Mon, Jan 4, 2027, 10:00');
	});

	test('a promise says how near it is, and how late from its first second on', () => {
		expect(dueText('2026-11-22T17:30:00Z', at('2026-11-22T17:05:00Z'))).toBe('17:30 · in 25 min');
		expect(dueText('2026-11-22T17:30:00Z', at('2026-11-22T17:30:01Z'))).toBe('17:30 · 1 min late');
		expect(dueText('2026-11-22T16:00:00Z', at('2026-11-22T17:05:00Z'))).toBe('16:00 · 1 hr 5 min late');
		expect(dueText('2026-11-23T10:00:00Z', at('2026-11-22T17:05:00Z'))).toBe('tomorrow 10:00');
	});

	test('long spans are told in days', () => {
		expect(spanText(60 * 72, 'en')).toBe('3 days');
		expect(spanText(120, 'en')).toBe('2 hr');
	});

	test('an age is told in the largest unit that fits', () => {
		expect(ageText('2026-11-22T17:00:00Z', at('2026-11-22T17:05:00Z'))).toBe('5 minutes ago');
		expect(ageText('2026-11-22T14:00:00Z', at('2026-11-22T17:05:00Z'))).toBe('3 hours ago');
		expect(ageText('2026-11-20T14:00:00Z', at('2026-11-22T17:05:00Z'))).toBe('2 days ago');
	});
});
