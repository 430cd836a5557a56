import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleFulfillment, sampleLine } from './sample-order.ts';
import { unitPlacesOf } from './unit-places.ts';

test('each unit is told where it is: on which shelf, with whom, or at which other site', () => {
	const line = sampleLine({ ordered: 9, open: 6, withCustomer: 2, short: 1, unassigned: 1 });
	const here = sampleFulfillment({ picked: 1, staged: 2 }, { stagedAt: 'PU-03' });
	expect(unitPlacesOf(line, [here], ['York'])).toEqual([
		{ place: 'unassigned', quantity: 1, detail: undefined },
		{ place: 'picked', quantity: 1, detail: undefined },
		{ place: 'on_shelf', quantity: 2, detail: 'PU-03' },
		{ place: 'elsewhere', quantity: 2, detail: 'York' },
		{ place: 'with_customer', quantity: 2, detail: undefined },
		{ place: 'short', quantity: 1, detail: undefined },
	]);
});

test('the units at all places are the units that were ordered', () => {
	const few = fc.nat(9);
	fc.assert(
		fc.property(few, few, few, few, few, few, few, few, few, (...counts) => {
			const [
				toPick = 0,
				picked = 0,
				packed = 0,
				staged = 0,
				elsewhere = 0,
				unassigned = 0,
				gone = 0,
				back = 0,
				short = 0,
			] = counts;
			const open = toPick + picked + packed + staged + elsewhere + unassigned;
			const ordered = open + gone + back + short;
			const line = sampleLine({ ordered, open, unassigned, withCustomer: gone, returned: back, short });
			const places = unitPlacesOf(line, [sampleFulfillment({ toPick, picked, packed, staged })], ['York']);
			expect(places.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(ordered);
		}),
	);
});
