import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUnits, emptyBasket, type FilledLine, filledLines, setQuantity } from './basket.ts';
import { rightsOfSale, saleLines } from './sale-lines.ts';
import { sampleProduct } from './sample-product.ts';

const phone = sampleProduct('PHONE', { tracking: 'serial' });
const scanned = ['S1', 'S2'].reduce(
	(basket, serial) => addUnits(basket, phone, '', { quantity: 1, serial }),
	emptyBasket,
);
const linesOf = (quantity: number): readonly FilledLine[] => filledLines(setQuantity(scanned, 'PHONE', quantity)) ?? [];

describe('the lines of a sale', () => {
	it('serial numbers go with as many units; the others are sold without', () => {
		expect(saleLines(linesOf(2))).toEqual([{ sku: 'PHONE', quantity: 2, serials: ['S1', 'S2'] }]);
		expect(saleLines(linesOf(3))).toEqual([
			{ sku: 'PHONE', quantity: 2, serials: ['S1', 'S2'] },
			{ sku: 'PHONE', quantity: 1 },
		]);
		expect(saleLines(linesOf(1))).toEqual([{ sku: 'PHONE', quantity: 1, serials: ['S1'] }]);
	});

	it('a lot and its date stay with the units', () => {
		const basket = addUnits(emptyBasket, sampleProduct('TEA'), '', { quantity: 2, lot: 'L1', expiresOn: '2027-01-31' });
		expect(saleLines(filledLines(basket) ?? [])).toEqual([
			{ sku: 'TEA', quantity: 2, lot: 'L1', expiresOn: '2027-01-31' },
		]);
	});

	it('what is kept for the customer takes no right, and only the rest does', () => {
		fc.assert(
			fc.property(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 9 }), (left, kept, sold) => {
				const basket = addUnits(emptyBasket, phone, '', { quantity: sold });
				const taken = rightsOfSale(basket, new Map([['PHONE', left]]), new Map([['PHONE', kept]]));
				expect(taken[0]?.quantity ?? 0).toBe(Math.min(left, Math.max(0, sold - kept)));
			}),
		);
	});
});
