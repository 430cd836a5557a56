import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUnits, type Basket, emptyBasket } from './basket.ts';
import { coverOf, fewer, isCovered, rightsTaken } from './cover.ts';
import { sampleProduct } from './sample-product.ts';

const basketOf = (lines: readonly (readonly [sku: string, quantity: number, lot?: string])[]): Basket =>
	lines.reduce(
		(basket, [sku, quantity, lot]) => addUnits(basket, sampleProduct(sku), '', { quantity, lot }),
		emptyBasket,
	);

describe('what a device may promise of a basket', () => {
	it('two lots of one product share what may be promised of it', () => {
		const basket = basketOf([
			['MUG', 2, 'L1'],
			['MUG', 3, 'L2'],
		]);
		const left = new Map([['MUG', 4]]);
		expect(coverOf(basket, left).map(({ covered }) => covered)).toEqual([2, 2]);
		expect(rightsTaken(basket, left)).toEqual([{ sku: 'MUG', quantity: 4 }]);
	});

	it('fewer is exactly what may be promised, and lines of which nothing may be promised leave', () => {
		const basket = basketOf([
			['MUG', 5],
			['CUP', 1],
			['TEA', 2],
		]);
		const left = new Map([
			['MUG', 2],
			['TEA', 9],
		]);
		expect(fewer(basket, left).lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
			['MUG', 2],
			['TEA', 2],
		]);
		expect(fewer(basket, new Map())).toEqual(emptyBasket);
	});

	it('no right is spent twice, none beyond what is wanted, and what is made fewer is covered', () => {
		const line = fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 9 }), fc.constantFrom(undefined, 'L1'));
		const rights = fc.record({ A: fc.integer({ min: -1, max: 12 }), B: fc.integer({ min: 0, max: 12 }) });
		fc.assert(
			fc.property(fc.array(line, { maxLength: 6 }), rights, (lines, given) => {
				const [basket, left] = [basketOf(lines), new Map(Object.entries(given))];
				for (const { sku, quantity } of rightsTaken(basket, left)) {
					const wanted = lines.reduce((sum, [each, units]) => sum + (each === sku ? units : 0), 0);
					expect(quantity).toBe(Math.min(wanted, Math.max(0, left.get(sku) ?? 0)));
				}
				expect(isCovered(coverOf(fewer(basket, left), left))).toBe(true);
			}),
		);
	});
});
