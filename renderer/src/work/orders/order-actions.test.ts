import { expect, test } from 'vitest';
import { currentFulfillment, mayCancel, mayDecline, mayEditAddress, mayReturn } from './order-actions.ts';
import { sampleFulfillment, sampleLine, sampleOrder } from './sample-order.ts';

const untouched = sampleFulfillment({ toPick: 5 });
const begun = sampleFulfillment({ toPick: 3, picked: 2 }, { state: 'picking' });
const left = sampleFulfillment({ handedOver: 5 }, { state: 'handed_over' });

test('who may not cancel is told that a role is missing', () => {
	expect(mayCancel(untouched, ['associate'])).toEqual({ allowed: false, why: 'role' });
	expect(mayCancel(untouched, ['order_desk'])).toEqual({ allowed: true });
});

test('what has left can’t be cancelled by anybody', () => {
	expect(mayCancel(left, ['manager'])).toEqual({ allowed: false, why: 'left_already' });
});

test('only what nobody has picked goes back to routing, and the order desk may not send it', () => {
	expect(mayDecline(untouched, ['manager'])).toEqual({ allowed: true });
	expect(mayDecline(begun, ['manager'])).toEqual({ allowed: false, why: 'started_already' });
	expect(mayDecline(untouched, ['order_desk'])).toEqual({ allowed: false, why: 'role' });
});

test('an address is edited as long as something has not left, by those in charge', () => {
	expect(mayEditAddress(sampleOrder('1'), ['associate'])).toEqual({ allowed: false, why: 'role' });
	expect(mayEditAddress(sampleOrder('1'), ['order_desk'])).toEqual({ allowed: true });
	const gone = sampleOrder('1', { lines: [sampleLine({ open: 0, withCustomer: 5 })] });
	expect(mayEditAddress(gone, ['manager'])).toEqual({ allowed: false, why: 'left_already' });
	const stopped = sampleOrder('1', { lines: [sampleLine({ open: 0, cancelled: 5 })] });
	expect(mayEditAddress(stopped, ['manager'])).toEqual({ allowed: false, why: 'stopped_already' });
});

test('only what the customer has can come back', () => {
	expect(mayReturn(sampleOrder('1')).allowed).toBe(false);
	expect(mayReturn(sampleOrder('1', { lines: [sampleLine({ open: 0, withCustomer: 5 })] })).allowed).toBe(true);
});

test('the actions are about what is still open', () => {
	expect(currentFulfillment([left, begun])).toBe(begun);
	expect(currentFulfillment([left])).toBe(left);
	expect(currentFulfillment([])).toBeUndefined();
});
