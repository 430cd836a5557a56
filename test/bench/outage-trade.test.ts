import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { playTrade, tradePolicies, type Wish } from './outage-trade.ts';

const wish = fc.record({
	hour: fc.nat(24 * 21 - 1),
	product: fc.nat(1),
	quantity: fc.integer({ min: 1, max: 4 }),
	isAtSite: fc.boolean(),
	device: fc.nat(1),
});
const settings = { fullShelf: [12, 5], devices: 2, days: 21, outageDays: 1, fractile: 0.9, mostPart: 0.5 };

test('promises under rights are never broken, nor are those of a site that promises nothing while it is cut off', () => {
	const cut = fc.uniqueArray(fc.nat(24 * 21 - 1), { maxLength: 400 }).map((hours) => new Set(hours));
	fc.assert(
		fc.property(fc.array(wish, { maxLength: 150 }), cut, (unordered: readonly Wish[], hours) => {
			const wishes = unordered.toSorted((a, b) => a.hour - b.hour);
			for (const policy of tradePolicies) {
				const result = playTrade(wishes, { ...settings, policy, isCutOff: (hour) => hours.has(hour) });
				const { askedUnits, keptUnits, brokenUnits, refusedAtSiteUnits, refusedOnlineUnits } = result;
				expect(keptUnits + brokenUnits + refusedAtSiteUnits + refusedOnlineUnits).toBe(askedUnits);
				if (policy !== 'optimistic') expect(brokenUnits).toBe(0);
			}
		}),
		{ numRuns: 20 },
	);
});
