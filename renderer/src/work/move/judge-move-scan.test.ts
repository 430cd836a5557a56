import { expect, test } from 'vitest';
import { emptyPosition } from '../../../../shared/domain/stock-ledger.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { shelfOf } from '../../replica/shelf.ts';
import { judgeBinScan, judgeTake, judgeTyped, type MoveState } from './judge-move-scan.ts';

const mug: Product = {
	id: 'MUG',
	kind: 'product',
	gtin: '05012345678900',
	otherGtins: [],
	name: 'Mug',
	brand: '',
	department: 'Kitchen',
	price: { minor: 300, currency: 'GBP' },
	weightGrams: 300,
	tracking: 'none',
};
const empty = emptyPosition('S-1', 'MUG', 'A-1');
const shelf = shelfOf({ ...empty, units: { ...empty.units, available: 3 } }, []);
const code = { kind: 'product', gtins: [mug.gtin] } as const;
const start: MoveState = { fromBin: null, hand: [] };

function taken(state: MoveState): MoveState {
	const verdict = judgeTake(state, code, mug, shelf);
	if (verdict.kind !== 'taken') throw new Error(verdict.kind);
	return { fromBin: verdict.line.fromBin, hand: verdict.hand };
}

test('the first bin is where units are taken; with units in hand the next one is where they go', () => {
	expect(judgeBinScan(start, 'A-1', [])).toEqual({ kind: 'from', bin: 'A-1' });
	const one = taken({ ...start, fromBin: 'A-1' });
	expect(one.hand).toMatchObject([{ quantity: 1, fromBin: 'A-1' }]);
	expect(taken(one).hand).toMatchObject([{ quantity: 2 }]);
	expect(judgeBinScan(one, 'B-1', [])).toEqual({ kind: 'put_down', bin: 'B-1' });
	expect(judgeBinScan(one, 'A-1', [])).toEqual({ kind: 'same_bin', bin: 'A-1' });
	expect(judgeBinScan({ ...one, fromBin: null }, 'C-1', [])).toEqual({ kind: 'from', bin: 'C-1' });
});

test('nothing is laid into a closed bin, and one may be emptied', () => {
	const one = taken({ ...start, fromBin: 'A-1' });
	expect(judgeBinScan(one, 'B-1', ['B-1'])).toEqual({ kind: 'closed_bin', bin: 'B-1' });
	expect(judgeBinScan(start, 'B-1', ['B-1'])).toEqual({ kind: 'from', bin: 'B-1' });
});

test('without a bin it is taken from where the books have it, and never more than they have there', () => {
	const one = taken(start);
	expect(one.fromBin).toBe('A-1');
	expect(judgeTyped(one, 3)).toMatchObject({ kind: 'taken', line: { quantity: 3 } });
	expect(judgeTyped(one, 4)).toEqual({ kind: 'more_than_books', held: 3, bin: 'A-1' });
	expect(judgeTake({ ...start, fromBin: 'Z-9' }, code, mug, shelf)).toEqual({
		kind: 'more_than_books',
		held: 0,
		bin: 'Z-9',
	});
	expect(judgeTake(start, code, null, null)).toEqual({ kind: 'unknown' });
	expect(judgeTake(start, code, mug, { ...shelf, bin: '' })).toEqual({ kind: 'no_bin' });
});

test('what is kept by lot or serial number is moved by it, each serial number once', () => {
	const byLot = { ...mug, tracking: 'lot' } as const;
	expect(judgeTake(start, code, byLot, shelf)).toEqual({ kind: 'lot_missing' });
	expect(judgeTake(start, { ...code, lot: 'L1' }, byLot, shelf)).toMatchObject({ line: { lot: 'L1' } });
	const bySerial = { ...mug, tracking: 'serial' } as const;
	expect(judgeTake(start, code, bySerial, shelf)).toEqual({ kind: 'serial_missing' });
	const first = judgeTake(start, { ...code, serial: 'S1' }, bySerial, shelf);
	if (first.kind !== 'taken') throw new Error(first.kind);
	const again = judgeTake({ fromBin: 'A-1', hand: first.hand }, { ...code, serial: 'S1' }, bySerial, shelf);
	expect(again).toEqual({ kind: 'serial_twice', serial: 'S1' });
});
