import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshHandover, type HandoverState, handoverStep } from './handover-step.ts';
import { after, handedOver, picked, type SamplePickup, samplePickup, staged } from './sample-pickup.ts';

const goods = [
	{ sku: 'MUG', quantity: 2 },
	{ sku: 'JAR', quantity: 1 },
];
const ready = staged(samplePickup(goods));
const identity = { check: 'pass_code', collectedBy: 'Ada Byron' } as const;
const step = (pickup: SamplePickup, state: Partial<HandoverState> = {}) =>
	handoverStep(pickup.fulfillmentOrder, { ...freshHandover, ...state });

describe('Enter', () => {
	test('asks who collects before anything else', () => {
		expect(step(ready)).toEqual({ kind: 'check' });
		expect(step(ready, { chosen: { 'line-1': 2 } })).toEqual({ kind: 'check' });
	});
	test('hands everything over when nothing was scanned', () =>
		expect(step(ready, { identity })).toMatchObject({ kind: 'hand_over', units: { units: 3, staying: 0 } }));
	test('hands over only what was scanned', () =>
		expect(step(ready, { identity, chosen: { 'line-2': 1 } })).toMatchObject({
			kind: 'hand_over',
			units: { units: 1, staying: 2 },
		}));
	test('hands over what is picked but on no shelf yet', () =>
		expect(step(picked(samplePickup(goods)), { identity })).toMatchObject({ kind: 'hand_over', units: { units: 3 } }));
	test('leaves after a part was handed over: the rest needs its own check', () =>
		expect(step(handedOver(ready, [{ lineId: 'line-2', sku: 'JAR', quantity: 1 }]), { gaveSomething: true })).toEqual({
			kind: 'leave',
		}));
	test('hands over nothing when what was scanned is gone meanwhile', () => {
		const less = handedOver(ready, [{ lineId: 'line-2', sku: 'JAR', quantity: 1 }]);
		expect(step(less, { identity, chosen: { 'line-2': 1 } })).toEqual({ kind: 'choose' });
	});
});

describe('nothing can be handed over', () => {
	test.each([
		['twice', handedOver(ready), 'handed_over'],
		['before it is picked', samplePickup(goods), 'not_prepared'],
		['after it was cancelled', after(ready, 'cancel', { reason: 'asked' }), 'cancelled'],
		['after the site gave it back', after(samplePickup(goods), 'decline', { reason: 'no space' }), 'declined'],
		['of an order that is shipped', samplePickup(goods, '1', { method: 'ship' }), 'ships'],
	] as const)('%s', (_, pickup, obstacle) =>
		expect(step(pickup, { identity })).toEqual({ kind: 'obstacle', obstacle }),
	);
});

test('whatever was scanned, nothing goes over the counter without a check', () => {
	const chosen = fc.dictionary(fc.constantFrom('line-1', 'line-2'), fc.nat(3));
	fc.assert(
		fc.property(chosen, fc.boolean(), (units, gaveSomething) => {
			expect(step(ready, { chosen: units, gaveSomething }).kind).not.toBe('hand_over');
		}),
	);
});
