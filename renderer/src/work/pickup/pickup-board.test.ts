import { expect, test } from 'vitest';
import { freeShelves, pickupBoard, shelves, stagingLocation, standingAt } from './pickup-board.ts';
import { pickupProgress } from './pickup-progress.ts';
import { after, handedOver, picked, samplePickup, site, staged } from './sample-pickup.ts';

const mug = { sku: 'MUG', quantity: 2 };
const numbers = (list: readonly { readonly orderNumber: string }[]) => list.map((each) => each.orderNumber);

test('each pickup stands in the column of what it needs next, the earliest promise first', () => {
	const due = (number: string, promisedAt: string) => samplePickup([mug], number, { promisedAt });
	const all = [
		due('3', '2026-11-22T18:00:00Z'),
		due('1', '2026-11-22T16:00:00+01:00'),
		due('2', '2026-11-22T15:30:00Z'),
		picked(due('4', '2026-11-22T18:00:00Z')),
		staged(due('5', '2026-11-22T18:00:00Z')),
		handedOver(staged(due('6', '2026-11-22T18:00:00Z'))),
		after(due('7', '2026-11-22T18:00:00Z'), 'cancel', { reason: 'asked' }),
	].map((each) => each.fulfillmentOrder);
	const board = pickupBoard(all);
	expect(numbers(board.toPrepare)).toEqual(['1', '2', '3']);
	expect(numbers(board.toShelve)).toEqual(['4']);
	expect(numbers(board.onShelf)).toEqual(['5']);
});

test('orders that are shipped are not on the pickup board', () => {
	const { fulfillmentOrder } = samplePickup([mug], '9', { method: 'ship' });
	expect(pickupBoard([fulfillmentOrder])).toEqual({ toPrepare: [], toShelve: [], onShelf: [] });
});

test('a pickup that waits for one more unit is still to be prepared', () => {
	const started = after(samplePickup([mug]), 'pick', { lineId: 'line-1', sku: 'MUG', quantity: 1 });
	expect(pickupProgress(started.fulfillmentOrder)).toBe('to_prepare');
});

test('a part of a pickup that stays behind keeps it on the shelf', () => {
	const part = handedOver(staged(samplePickup([mug])), [{ lineId: 'line-1', sku: 'MUG', quantity: 1 }]);
	expect(pickupProgress(part.fulfillmentOrder)).toBe('on_shelf');
	expect(standingAt([part.fulfillmentOrder], 'PU-01')).toHaveLength(1);
});

test('a shelf is free again when its pickup is with the customer', () => {
	const gone = handedOver(staged(samplePickup([mug], '1')));
	const there = staged(samplePickup([mug], '2'), 'PU-02');
	const all = shelves(site, [gone.fulfillmentOrder, there.fulfillmentOrder]);
	expect(all).toEqual([
		{ location: 'PU-01', pickups: 0 },
		{ location: 'PU-02', pickups: 1 },
		{ location: 'PU-03', pickups: 0 },
	]);
	expect(freeShelves(all, 5)).toEqual(['PU-01', 'PU-03']);
	expect(freeShelves(all, 1)).toEqual(['PU-01']);
});

test('a shelf code counts in any case, and only where the site has that shelf', () => {
	expect(stagingLocation(site, ' pu-02 ')).toBe('PU-02');
	expect(stagingLocation(site, 'PU-2')).toBeNull();
	expect(stagingLocation(site, '')).toBeNull();
});
