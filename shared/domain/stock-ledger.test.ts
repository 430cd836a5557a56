import { expect, test } from 'vitest';
import type { Movement } from '../schema/stock-position.ts';
import { emptyPosition, postMovement } from './stock-ledger.ts';

const came: Movement = { siteId: 'S-1', sku: 'mug', quantity: 5, from: 'supplier', to: 'available', reason: 'test' };
const start = emptyPosition('S-1', 'mug', 'A-1-1');

test('a device tells of bins and lots as far as they were said', () => {
	const received = postMovement(start, { ...came, toBin: 'B-2-2', lot: 'L1', expiresOn: '2027-01-01' }, 'lot').position;
	expect(received).toMatchObject({ units: { available: 5 }, bins: [{ bin: 'B-2-2', lot: 'L1', units: 5 }] });
	const moved: Movement = { ...came, quantity: 2, from: 'available', fromBin: 'B-2-2', toBin: 'A-1-1', lot: 'L1' };
	expect(postMovement(received, moved, 'lot').position.bins).toEqual([
		{ bin: 'A-1-1', units: 2, lot: 'L1' },
		{ bin: 'B-2-2', units: 3, lot: 'L1', expiresOn: '2027-01-01' },
	]);
});

test('of a product that is not tracked the lot is told in the movement only', () => {
	expect(postMovement(start, { ...came, lot: 'L1' }).position).not.toHaveProperty('bins');
	expect(postMovement(start, { ...came, lot: 'L1', toBin: 'B-2-2' }).position.bins).toEqual([
		{ bin: 'B-2-2', units: 5 },
	]);
});

test('a movement of another position is refused', () => {
	expect(() => postMovement(start, { ...came, sku: 'cup' })).toThrow('does not belong to');
});
