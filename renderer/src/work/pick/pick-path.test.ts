import { describe, expect, it } from 'vitest';
import { exampleFulfillmentOrder, exampleLine, mugLine, teaLine } from '../../fulfillment/example-fulfillment-order.ts';
import { currentLine, linesOnPath, neighborLine, unitsRerouted } from './pick-path.ts';

describe('the way through the shop', () => {
	it('goes by bin, counting in numbers and not in letters', () => {
		expect(linesOnPath(exampleFulfillmentOrder()).map((line) => line.bin)).toEqual(['A-2-1', 'A-12-3', 'B-1-1']);
	});

	it('tells the units that another site sends from those that are just missing', () => {
		const shorts = [
			{ reason: 'not_found' as const, quantity: 2, rerouted: true as const },
			{ reason: 'damaged' as const, quantity: 1 },
		];
		expect(unitsRerouted({ ...mugLine, shorts })).toBe(2);
		expect(unitsRerouted(mugLine)).toBe(0);
	});

	it('goes on to the next bin when a line is complete', () => {
		const done = exampleLine({ ...teaLine, toPick: 0 });
		const lines = [mugLine, { ...done, quantities: { ...done.quantities, toPick: 0, picked: 1 } }];
		expect(currentLine(exampleFulfillmentOrder({ lines }), 'l2')?.lineId).toBe('l1');
	});

	it('stays at the line that the picker chose while it needs units', () => {
		expect(currentLine(exampleFulfillmentOrder(), 'l3')?.lineId).toBe('l3');
	});

	it('leads around its end in both directions', () => {
		const start = exampleFulfillmentOrder();
		expect(neighborLine(start, 'l3', 1)?.lineId).toBe('l2');
		expect(neighborLine(start, 'l2', -1)?.lineId).toBe('l3');
		expect(neighborLine(exampleFulfillmentOrder({ lines: [] }), null, 1)).toBeNull();
	});
});
