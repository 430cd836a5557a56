import { describe, expect, it } from 'vitest';
import { exampleFulfillmentOrder, mugLine } from './example-fulfillment-order.ts';
import { outsideChange } from './notice-change.ts';

const before = exampleFulfillmentOrder({ state: 'picking', pickerName: 'Leah Hall', lines: [mugLine] });
const withQuantities = (change: Partial<typeof mugLine.quantities>) => [
	{ ...mugLine, quantities: { ...mugLine.quantities, ...change } },
];

describe('what the picker must hear while at work', () => {
	it('the order was cancelled', () => {
		const after = { ...before, state: 'cancelled' as const, lines: withQuantities({ toPick: 0, cancelled: 2 }) };
		expect(outsideChange(before, after, 'Leah Hall')).toEqual({ kind: 'cancelled' });
	});

	it('nothing could be found: that is no news to whoever looked', () => {
		const after = { ...before, state: 'cancelled' as const, lines: withQuantities({ toPick: 0, short: 2 }) };
		expect(outsideChange(before, after, 'Leah Hall')).toBeNull();
	});

	it('the order went to another site', () => {
		expect(outsideChange(before, null, 'Leah Hall')).toEqual({ kind: 'moved' });
		for (const state of ['declined', 'moved'] as const)
			expect(outsideChange(before, { ...before, state }, 'Leah Hall')).toEqual({ kind: 'moved' });
	});

	it('fewer units are wanted', () => {
		const after = { ...before, lines: withQuantities({ toPick: 1, cancelled: 1 }) };
		expect(outsideChange(before, after, 'Leah Hall')).toEqual({ kind: 'less_wanted', name: mugLine.name, wanted: 1 });
	});

	it('somebody else works on it, but not oneself', () => {
		const after = { ...before, pickerName: 'Joe Murray' };
		expect(outsideChange(before, after, 'Leah Hall')).toEqual({ kind: 'other_picker', name: 'Joe Murray' });
		expect(outsideChange(before, after, 'Joe Murray')).toBeNull();
	});

	it('units are to be put back', () => {
		const after = { ...before, putBack: [{ sku: 'MUG', quantity: 1 }] };
		expect(outsideChange(before, after, 'Leah Hall')).toEqual({ kind: 'put_back', name: mugLine.name, quantity: 1 });
		expect(outsideChange(after, before, 'Leah Hall')).toBeNull();
	});

	it('one’s own picks are no news', () => {
		const after = { ...before, lines: withQuantities({ toPick: 1, picked: 1 }) };
		expect(outsideChange(before, after, 'Leah Hall')).toBeNull();
	});
});
