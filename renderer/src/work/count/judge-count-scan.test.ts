import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { emptyPosition } from '../../../../shared/domain/stock-ledger.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { shelfOf } from '../../replica/shelf.ts';
import { judgeCountScan, type Tally } from './judge-count-scan.ts';

const product = (id: string): Product => ({
	id,
	kind: 'product',
	gtin: '05012345678900',
	otherGtins: [],
	name: id,
	brand: '',
	department: 'Kitchen',
	price: { minor: 300, currency: 'GBP' },
	weightGrams: 300,
	tracking: 'none',
});
const mug = product('MUG');
const shelf = shelfOf(emptyPosition('S-1', 'MUG', 'A-1'), []);
const tally: Tally = { product: mug, scanned: 2, serials: [], shelf };
const ean = readScanCode('5012345678900');

test('the first scan of a product begins its number, and each further one adds a unit', () => {
	expect(judgeCountScan(ean, mug, null, false, [])).toMatchObject({ kind: 'first', units: 1 });
	expect(judgeCountScan(ean, mug, tally, false, [])).toMatchObject({ kind: 'one_more', tally: { scanned: 3 } });
});

test('another product or bin does not drop what was scanned or typed', () => {
	for (const [code, found] of [
		[ean, product('TEA')],
		[readScanCode('LOC-B-1'), null],
	] as const)
		expect(judgeCountScan(code, found, tally, false, [])).toMatchObject({ kind: 'finish_first', units: 2 });
	const typed = { ...tally, scanned: 0 };
	expect(judgeCountScan(ean, product('TEA'), typed, true, [])).toMatchObject({ kind: 'finish_first' });
	expect(judgeCountScan(ean, product('TEA'), typed, false, [])).toMatchObject({ kind: 'first' });
});

test('a bin is named by its label, and a closed one is refused with a clear answer', () => {
	expect(judgeCountScan(readScanCode('LOC-a-12-3'), null, null, false, [])).toEqual({ kind: 'bin', bin: 'A-12-3' });
	expect(judgeCountScan(readScanCode('LOC-A-12-3'), null, null, false, ['A-12-3'])).toEqual({
		kind: 'closed_bin',
		bin: 'A-12-3',
	});
});

test('what the catalog does not know goes into the tray; what was misread does not', () => {
	expect(judgeCountScan(ean, null, null, false, [])).toEqual({ kind: 'unknown_product', code: '05012345678900' });
	expect(judgeCountScan(readScanCode('SHELF TAG 7'), null, null, false, [])).toEqual({
		kind: 'unknown_product',
		code: 'SHELF TAG 7',
	});
	expect(judgeCountScan(readScanCode('5012345678901'), null, null, false, [])).toMatchObject({ kind: 'misread' });
	expect(judgeCountScan(readScanCode('ORD-1042'), null, null, false, [])).toEqual({ kind: 'not_goods' });
});

test('a serial number counts once, and a second lot of the same product is a number of its own', () => {
	const serial = readScanCode('(01)05012345678900(21)S1');
	const first = judgeCountScan(serial, mug, { ...tally, serials: [] }, false, []);
	expect(first).toMatchObject({ kind: 'one_more', tally: { serials: ['S1'] } });
	expect(judgeCountScan(serial, mug, { ...tally, serials: ['S1'] }, false, [])).toEqual({
		kind: 'serial_twice',
		serial: 'S1',
	});
	const lot = readScanCode('(01)05012345678900(10)L2');
	expect(judgeCountScan(lot, mug, { ...tally, lot: 'L1' }, false, [])).toEqual({ kind: 'other_lot', lot: 'L2' });
});

test('the GS1 code of a unit names its lot, its last good day and how many there are', () => {
	const code = readScanCode('(01)05012345678900(17)261224(10)L1(30)6');
	expect(judgeCountScan(code, mug, null, false, [])).toMatchObject({
		kind: 'first',
		units: 6,
		lot: 'L1',
		expiresOn: '2026-12-24',
	});
	expect(judgeCountScan(code, mug, tally, false, [])).toMatchObject({
		kind: 'one_more',
		tally: { scanned: 8, lot: 'L1', expiresOn: '2026-12-24' },
	});
});
