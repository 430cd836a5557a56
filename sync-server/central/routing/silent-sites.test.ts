import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMinutesBetween } from '../../../shared/domain/site-hours.ts';
import { shopSites } from '../../../test/shop-for-tests.ts';
import { isSilent } from './silent-sites.ts';

const start = Temporal.Instant.from('2026-11-20T06:00:00Z');
const after = (minutes: number) => start.add({ minutes }).toString();

it('a site is silent exactly when it was open for so many minutes since it was heard of, whatever was asked before', () => {
	const asks = fc.array(
		fc.record({ wait: fc.integer({ min: 0, max: 500 }), heard: fc.boolean(), minutes: fc.constantFrom(5, 60) }),
		{ maxLength: 20 },
	);
	fc.assert(
		fc.property(asks, (all) => {
			const [shop] = shopSites;
			const site = { ...shop } as (typeof shopSites)[number];
			let [at, heardAt] = [0, 0];
			for (const { wait, heard, minutes } of all) {
				at += wait;
				if (heard) heardAt = at;
				const open = openMinutesBetween(site, after(heardAt), after(at));
				expect(isSilent(site, after(heardAt), after(at), minutes)).toBe(open >= minutes);
			}
		}),
		{ numRuns: 50 },
	);
});
