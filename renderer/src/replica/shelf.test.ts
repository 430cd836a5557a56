import { expect, test } from 'vitest';
import { emptyPosition } from '../../../shared/domain/stock-ledger.ts';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import { shelfOf, unitsInBin } from './shelf.ts';

const empty = emptyPosition('S-1', 'MUG', 'A-1-1');
const position = { ...empty, units: { ...empty.units, available: 9, allocated: 3 } };
const move = (changes: Partial<Movement>): Movement => ({
	siteId: 'S-1',
	sku: 'MUG',
	quantity: 2,
	from: 'available',
	to: 'available',
	reason: 'moved_between_bins',
	...changes,
});

test('what is available and set aside lies in the own bin, and what nobody has confirmed yet counts too', () => {
	expect(shelfOf(position, [])).toMatchObject({ bin: 'A-1-1', units: 12, inBins: [{ bin: 'A-1-1', units: 12 }] });
	const sold = move({ to: 'customer', quantity: 5 });
	const foreign = [move({ siteId: 'S-2', to: 'lost' }), move({ sku: 'TEA', to: 'lost' })];
	expect(shelfOf(position, [sold, ...foreign]).units).toBe(7);
	expect(shelfOf(position, [move({ from: 'allocated', to: 'picked' })]).units).toBe(10);
});

test('units that were moved to another bin are there, and in the own bin no more', () => {
	const shelf = shelfOf(position, [move({ fromBin: 'A-1-1', toBin: 'B-2-1' })]);
	expect(shelf.units).toBe(12);
	expect([unitsInBin(shelf, 'A-1-1'), unitsInBin(shelf, 'B-2-1'), unitsInBin(shelf, 'C-1')]).toEqual([10, 2, 0]);
	const back = shelfOf(position, [
		move({ fromBin: 'A-1-1', toBin: 'B-2-1' }),
		move({ fromBin: 'B-2-1', toBin: 'A-1-1' }),
	]);
	expect(back.inBins).toEqual([{ bin: 'A-1-1', units: 12 }]);
});
