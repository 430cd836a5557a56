import { expect, it } from 'vitest';
import type { ReplayTotals } from '../../../../shared/protocol/replay-messages.ts';
import { costFigures, siteFigures, totalFigures } from './replay-figures.ts';

const none = { shipping: 0, handling: 0, split: 0, unfilled: 0, lateness: 0, rules: 0, stock: 0 };
const totals = (changes: Partial<ReplayTotals>): ReplayTotals => ({
	orders: 4,
	lines: 5,
	units: 8,
	shippedUnits: 6,
	unfilledUnits: 2,
	wholeOrders: 3,
	parcels: 5,
	splitOrders: 1,
	lateParcels: 0,
	lateDays: 0,
	terms: none,
	cost: 100,
	ownCost: 100,
	...changes,
});

it('says of each total how it changes, and whether that is good', () => {
	const after = totals({ shippedUnits: 8, unfilledUnits: 0, parcels: 6, lateDays: 3, cost: 90, ownCost: 300 });
	const figures = new Map(totalFigures({ before: totals({}), after }).map((each) => [each.name, each]));
	expect(figures.get('fillRate')).toMatchObject({ before: 0.75, after: 1, difference: 0.25, verdict: 'better' });
	expect(figures.get('unfilledUnits')).toMatchObject({ difference: -2, verdict: 'better' });
	expect(figures.get('parcels')).toMatchObject({ verdict: 'worse' });
	expect(figures.get('lateDays')).toMatchObject({ verdict: 'worse' });
	expect(figures.get('splitOrders')).toMatchObject({ difference: 0, verdict: 'neither' });
	expect(figures.get('cost')).toMatchObject({ difference: -10, verdict: 'better' });
	expect(figures.get('ownCost')).toMatchObject({ difference: 200, verdict: 'neither' });
	const nothing = totals({ units: 0, shippedUnits: 0 });
	expect(totalFigures({ before: nothing, after: nothing })[2]).toMatchObject({ name: 'fillRate', before: 0 });
});

it('leaves out what costs nothing in either run, and shares of a capacity of none', () => {
	const before = totals({ terms: { ...none, shipping: 10, split: 5 } });
	const after = totals({ terms: { ...none, shipping: 12 } });
	expect(costFigures({ before, after }).map(({ name, difference }) => [name, difference])).toEqual([
		['shipping', 2],
		['split', -5],
	]);
	const load = { parcels: 1, capacityUnits: 4 };
	const sites = [
		{ siteId: 'a', siteName: 'A', before: { units: 1, ...load }, after: { ...load, units: 2, capacityUnits: 0 } },
	];
	expect(siteFigures({ sites })).toMatchObject([{ shareBefore: 0.25, shareAfter: null, unitsAfter: 2 }]);
});
