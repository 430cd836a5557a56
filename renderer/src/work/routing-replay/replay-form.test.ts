import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankReplay, type ReplayForm, readReplayForm } from './replay-form.ts';

const typed = (changes: Partial<ReplayForm>, digits = 2) =>
	readReplayForm({ ...blankReplay, day: '2026-11-22', ...changes }, digits);

describe('the form of a replay', () => {
	it('changes nothing that was left blank', () => {
		expect(typed({})).toEqual({ ok: true, request: { day: '2026-11-22', rules: 'published' } });
		expect(typed({ source: 'file', day: 'whatever' })).toEqual({ ok: true, request: {} });
	});

	it('reads costs as people write them, in minor units for a day and as they are for a file', () => {
		const costs = { split: '1.50', unfilled: '40', lateDay: '0,25', hundredKm: '0' };
		const weights = { splitMinor: 150, unfilledMinor: 4000, lateDayMinor: 25, hundredKmMinor: 0 };
		expect(typed(costs)).toMatchObject({ request: { weights } });
		expect(typed({ split: '150' }, 0)).toMatchObject({ request: { weights: { splitMinor: 150 } } });
		const rates = { splitPenalty: 1.5, unfilledPenalty: 40 };
		expect(typed({ ...costs, source: 'file' })).toEqual({ ok: true, request: { rates } });
	});

	it('names closed sites and other capacities', () => {
		const sites = { closedSiteIds: ['a'], capacitySiteIds: ['b', 'c'], capacities: { b: '0', c: ' 70 ', d: 'x' } };
		expect(typed(sites)).toMatchObject({
			request: {
				closedSiteIds: ['a'],
				capacities: [
					{ siteId: 'b', units: 0 },
					{ siteId: 'c', units: 70 },
				],
			},
		});
	});

	it.each<[string, Partial<ReplayForm>, object]>([
		['no day', { day: '' }, { day: 'no_such_day' }],
		['a day that is not in the calendar', { day: '2026-02-30' }, { day: 'no_such_day' }],
		['a negative cost', { split: '-1' }, { split: 'not_an_amount' }],
		['a cost in words', { lateDay: 'two' }, { lateDay: 'not_an_amount' }],
		['fractions of a penny', { unfilled: '1.505' }, { unfilled: 'not_an_amount' }],
		['an absurd cost', { hundredKm: '999999999' }, { hundredKm: 'too_big' }],
		['a capacity left blank', { capacitySiteIds: ['b'] }, { 'capacity:b': 'missing' }],
		['half a unit', { capacitySiteIds: ['b'], capacities: { b: '1.5' } }, { 'capacity:b': 'not_whole' }],
		['an absurd capacity', { capacitySiteIds: ['b'], capacities: { b: '99999999' } }, { 'capacity:b': 'too_big' }],
	])('tells of %s at its field', (_what, changes, problems) => {
		expect(typed(changes)).toEqual({ ok: false, problems });
	});

	it('gives back every amount that is typed', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000_000 }), (minor) => {
				const split = (minor / 100).toFixed(2);
				expect(typed({ split })).toMatchObject({ request: { weights: { splitMinor: minor } } });
			}),
		);
	});
});
