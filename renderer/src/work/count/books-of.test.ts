import { expect, test } from 'vitest';
import { emptyPosition } from '../../../../shared/domain/stock-ledger.ts';
import type { Movement } from '../../../../shared/schema/stock-position.ts';
import { shelfOf } from '../../replica/shelf.ts';
import { booksOf, expectedOf, isAsInBooks, isSameBooks } from './books-of.ts';

const empty = emptyPosition('S-1', 'MILK', 'A-1');
const position = {
	...empty,
	units: { ...empty.units, available: 8, allocated: 2 },
	bins: [
		{ bin: 'A-1', lot: 'early', units: 4, expiresOn: '2026-12-24' },
		{ bin: 'B-2', lot: 'early', units: 1, expiresOn: '2026-12-24' },
		{ bin: 'A-1', lot: 'late', units: 4, expiresOn: '2027-05-01' },
	],
};
const options = { tracking: 'lot', on: '2026-11-22' } as const;
const milk = { tracking: 'lot' } as const;
const left = (more: Partial<Movement> = {}): Movement => {
	return { siteId: 'S-1', sku: 'MILK', quantity: 3, from: 'allocated', to: 'picked', reason: 'units_picked', ...more };
};

test('the books of a lot are those of the bin where somebody counts, or of the whole site', () => {
	const shelf = shelfOf(position, [], options);
	const early = { lot: 'early', units: 5 };
	expect(booksOf(milk, shelf, '')).toEqual({
		scope: 'site',
		expected: 10,
		lotBooks: [early, { lot: 'late', units: 4 }],
	});
	expect(booksOf(milk, shelf, 'B-2')).toEqual({ scope: 'bin', expected: 1, lotBooks: [{ lot: 'early', units: 1 }] });
	expect(booksOf({ tracking: 'none' }, shelf, '')).toEqual({ scope: 'site', expected: 10 });
	const books = booksOf(milk, shelf, '');
	expect([expectedOf(books, 'late'), expectedOf(books, 'never seen'), expectedOf(books, undefined)]).toEqual([
		4, 0, 10,
	]);
});

test('what was picked here and is not confirmed is off the lot that was named, or off the one that expires first', () => {
	const books = (movement: Movement) => booksOf(milk, shelfOf(position, [movement], options), '').lotBooks;
	expect(books(left({ lot: 'late' }))).toEqual([
		{ lot: 'early', units: 5 },
		{ lot: 'late', units: 1 },
	]);
	expect(books(left())).toEqual([
		{ lot: 'early', units: 2 },
		{ lot: 'late', units: 4 },
	]);
});

test('a quick count is as in the books only when each of its lots is; one lot taken for another is a difference', () => {
	const books = booksOf(milk, shelfOf({ ...position, units: { ...empty.units, available: 9 } }, [], options), '');
	const counted = (early: number, late: number) => ({
		units: early + late,
		lots: [
			{ lot: 'early', counted: early },
			{ lot: 'late', counted: late },
		],
	});
	expect(isAsInBooks(counted(5, 4), books)).toBe(true);
	expect(isAsInBooks(counted(4, 5), books)).toBe(false);
	expect(isAsInBooks({ units: 9, lots: [{ lot: 'early', counted: 9 }] }, books)).toBe(false);
	expect(isAsInBooks({ units: 9 }, { scope: 'site', expected: 9 })).toBe(true);
});

test('goods that moved from lot to lot while somebody counted are noticed, although their sum is the same', () => {
	const books = { scope: 'site', expected: 2, lotBooks: [{ lot: 'early', units: 2 }] } as const;
	expect(
		isSameBooks({ ...books, lotBooks: [...books.lotBooks] }, { ...books, lotBooks: [{ lot: 'late', units: 2 }] }),
	).toBe(false);
});
