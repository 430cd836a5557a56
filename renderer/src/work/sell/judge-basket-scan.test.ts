import { describe, expect, it } from 'vitest';
import type { ProductScan } from '../../../../shared/codes/index.ts';
import { addUnits, emptyBasket, mostUnits, setQuantity } from './basket.ts';
import { judgeBasketScan } from './judge-basket-scan.ts';
import { sampleProduct } from './sample-product.ts';

const today = '2026-11-26';
const scan = (change: Partial<ProductScan> = {}): ProductScan => ({
	kind: 'product',
	gtins: ['05012345678900'],
	...change,
});
const mug = { product: sampleProduct('MUG'), bin: 'A-1' };
const phone = { product: sampleProduct('PHONE', { tracking: 'serial' }), bin: 'S-1' };

describe('a scan into the basket', () => {
	it('a known product is one more, with lot, date and count where the code says them', () => {
		expect(judgeBasketScan(emptyBasket, scan(), mug, today)).toMatchObject({ kind: 'added', line: { quantity: 1 } });
		const tray = judgeBasketScan(emptyBasket, scan({ quantity: 6, lot: 'L7', expiry: '2027-01-31' }), mug, today);
		expect(tray).toMatchObject({
			kind: 'added',
			remark: null,
			line: { quantity: 6, lot: 'L7', expiresOn: '2027-01-31', bin: 'A-1' },
		});
	});

	it('a code that the catalog does not have adds nothing', () => {
		expect(judgeBasketScan(emptyBasket, scan(), null, today)).toEqual({
			kind: 'unknown_product',
			code: '05012345678900',
		});
	});

	it('a count of nothing or of a part is one unit', () => {
		for (const quantity of [0, 1.5, Number.NaN, -3])
			expect(judgeBasketScan(emptyBasket, scan({ quantity }), mug, today)).toMatchObject({ line: { quantity: 1 } });
	});

	it('the same serial number twice is one unit', () => {
		const first = judgeBasketScan(emptyBasket, scan({ serial: 'S1', quantity: 5 }), phone, today);
		if (first.kind !== 'added') throw new Error('It was not added');
		expect(first.line).toMatchObject({ quantity: 1, serials: ['S1'] });
		expect(judgeBasketScan(first.basket, scan({ serial: 'S1' }), phone, today)).toEqual({
			kind: 'serial_twice',
			serial: 'S1',
		});
		expect(judgeBasketScan(first.basket, scan({ serial: 'S2' }), phone, today)).toMatchObject({
			line: { quantity: 2, serials: ['S1', 'S2'] },
		});
	});

	it('expired goods and a missing serial number are told, and kept in all the same', () => {
		const expired = judgeBasketScan(emptyBasket, scan({ lot: 'L1', expiry: '2026-11-25' }), mug, today);
		expect(expired).toMatchObject({ kind: 'added', remark: 'expired' });
		expect(judgeBasketScan(emptyBasket, scan(), phone, today)).toMatchObject({ kind: 'added', remark: 'no_serial' });
	});

	it('an absurd count is refused', () => {
		const full = setQuantity(addUnits(emptyBasket, mug.product, '', { quantity: 1 }), 'MUG', mostUnits);
		expect(judgeBasketScan(full, scan(), mug, today)).toEqual({ kind: 'too_many' });
	});
});
