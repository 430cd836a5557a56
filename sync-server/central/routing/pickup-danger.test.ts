import { expect, test } from 'vitest';
import { shopSites } from '../../../test/shop-for-tests.ts';
import { pickupDanger } from './pickup-danger.ts';

/** Open from 9 to 18 every day. */
const [shop] = shopSites;
const closed = ['2026-11-21', '2026-11-22'];
const friday = '2026-11-20T10:00:00Z';
const saturday = '2026-11-21T10:00:00Z';
const [quiet, heard] = [true, false];

test.each([
	[
		'in less than the time that it takes, at a quiet site',
		quiet,
		[],
		'assigned',
		friday,
		'2026-11-20T11:59:00Z',
		'quiet',
	],
	['and begun, but not ready, at a quiet site', quiet, [], 'picked', friday, '2026-11-20T11:00:00Z', 'quiet'],
	['for a time that has passed, at a quiet site', quiet, [], 'assigned', friday, '2026-11-20T09:00:00Z', 'quiet'],
	['late enough to be made ready yet, at a quiet site', quiet, [], 'assigned', friday, '2026-11-20T12:00:00Z', null],
	['and ready at a quiet site, which can hand it over', quiet, [], 'ready', friday, '2026-11-20T11:00:00Z', null],
	['soon at a site that is heard of', heard, [], 'assigned', friday, '2026-11-20T10:30:00Z', null],
	['for a day on which the site is closed', heard, closed, 'assigned', friday, '2026-11-21T12:00:00Z', 'closed'],
	[
		'and ready, for a day on which the site is closed',
		heard,
		closed,
		'ready',
		friday,
		'2026-11-21T12:00:00Z',
		'closed',
	],
	['and ready since a day before the site closed', heard, closed, 'ready', saturday, '2026-11-20T12:00:00Z', null],
	['for the day on which it opens, too early', heard, closed, 'assigned', saturday, '2026-11-23T10:00:00Z', 'closed'],
	[
		'for the day on which it opens, with time enough',
		heard,
		closed,
		'assigned',
		saturday,
		'2026-11-23T11:00:00Z',
		null,
	],
	['before the days on which it is closed', heard, closed, 'assigned', friday, '2026-11-20T10:30:00Z', null],
	['at a site that was closed long ago', heard, ['2026-11-01'], 'assigned', friday, '2026-11-20T09:00:00Z', null],
] as const)('a pickup that is promised %s', (_words, isQuiet, closedDays, state, at, promisedAt, danger) => {
	const site = { ...shop, closedDays: [...closedDays] } as (typeof shopSites)[number];
	expect(pickupDanger(site, { state, promisedAt }, { at, isQuiet })).toBe(danger);
});
