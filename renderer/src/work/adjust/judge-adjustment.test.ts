import { expect, test } from 'vitest';
import { emptyPosition } from '../../../../shared/domain/stock-ledger.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { shelfOf } from '../../replica/shelf.ts';
import { judgeAdjustment, type WishedAdjustment } from './judge-adjustment.ts';

const product: Product = {
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
const shelf = shelfOf({ ...empty, units: { ...empty.units, available: 8, quarantine: 1 } }, []);
const wished: WishedAdjustment = { product, shelf, reason: 'damaged', quantity: 2, bin: '', lot: '', serials: [] };

test('an associate adjusts few cheap units, and more only with a manager', () => {
	expect(judgeAdjustment(wished, ['associate'], [])).toEqual({ kind: 'may' });
	expect(judgeAdjustment({ ...wished, quantity: 6 }, ['associate'], [])).toEqual({ kind: 'needs_manager' });
	expect(judgeAdjustment({ ...wished, quantity: 6 }, ['manager'], [])).toEqual({ kind: 'may' });
	expect(judgeAdjustment(wished, [], [])).toEqual({ kind: 'needs_manager' });
});

test('nothing is taken off that the books do not have, whoever does it: it is counted instead', () => {
	expect(judgeAdjustment({ ...wished, quantity: 9 }, ['operations'], [])).toEqual({ kind: 'more_than_books', held: 8 });
	expect(judgeAdjustment({ ...wished, quantity: 100_000 }, ['manager'], [])).toMatchObject({ kind: 'more_than_books' });
	const released = { ...wished, reason: 'released' } as const;
	expect(judgeAdjustment(released, ['manager'], [])).toEqual({ kind: 'more_than_books', held: 1 });
	expect(judgeAdjustment({ ...wished, reason: 'found', quantity: 4 }, ['associate'], [])).toEqual({ kind: 'may' });
});

test('nothing is found into a closed bin, and goods may be written off in one', () => {
	expect(judgeAdjustment({ ...wished, reason: 'found' }, ['manager'], ['A-1'])).toEqual({
		kind: 'closed_bin',
		bin: 'A-1',
	});
	expect(judgeAdjustment(wished, ['manager'], ['A-1'])).toEqual({ kind: 'may' });
});

test('what is kept by lot or serial number is named', () => {
	const byLot = { ...wished, product: { ...product, tracking: 'lot' } } as const;
	expect(judgeAdjustment(byLot, ['manager'], [])).toEqual({ kind: 'lot_missing' });
	expect(judgeAdjustment({ ...byLot, lot: 'L1' }, ['manager'], [])).toEqual({ kind: 'may' });
	const bySerial = { ...wished, product: { ...product, tracking: 'serial' } } as const;
	expect(judgeAdjustment({ ...bySerial, serials: ['S1'] }, ['manager'], [])).toEqual({ kind: 'serials', count: 1 });
	expect(judgeAdjustment({ ...bySerial, serials: ['S1', 'S2'] }, ['manager'], [])).toEqual({ kind: 'may' });
});
