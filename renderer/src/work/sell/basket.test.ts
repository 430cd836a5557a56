import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addProduct,
	addUnits,
	type Basket,
	emptyBasket,
	filledLines,
	moveActive,
	setQuantity,
	takeOut,
	totalOf,
	unitsIn,
	unitsWanted,
} from './basket.ts';
import { sampleProduct } from './sample-product.ts';

const mug = sampleProduct('MUG');
const cup = sampleProduct('CUP', { price: { minor: 1200, currency: 'GBP' } });

describe('a basket', () => {
	it('each scan counts one more; a product chosen by name waits for its quantity', () => {
		const once = addUnits(emptyBasket, mug, 'A-1', { quantity: 1 });
		const twice = addUnits(once, mug, 'A-1', { quantity: 1 });
		expect(twice.lines.map(({ quantity }) => quantity)).toEqual([2]);
		const chosen = addProduct(twice, cup, '');
		expect(chosen.lines.map(({ quantity }) => quantity)).toEqual([2, null]);
		expect(filledLines(chosen)).toBeNull();
		expect(filledLines(setQuantity(chosen, 'CUP', 3))?.map(({ quantity }) => quantity)).toEqual([2, 3]);
		expect(filledLines(emptyBasket)).toBeNull();
	});

	it('a product chosen again is not begun again', () => {
		const begun = setQuantity(addProduct(emptyBasket, mug, ''), 'MUG', 4);
		expect(addProduct(addProduct(begun, cup, ''), mug, '')).toMatchObject({
			activeKey: 'MUG',
			lines: [{ quantity: 4 }, { quantity: null }],
		});
	});

	it('lots of one product are lines of their own and one product together', () => {
		const one = addUnits(emptyBasket, mug, '', { quantity: 2, lot: 'L1' });
		const two = addUnits(one, mug, '', { quantity: 3, lot: 'L2' });
		expect(two.lines.map(({ key }) => key)).toEqual(['MUG L1', 'MUG L2']);
		expect([...unitsWanted(two)]).toEqual([['MUG', 5]]);
	});

	it('the total is what all units cost; a line without a quantity costs nothing yet', () => {
		const basket = addProduct(addUnits(emptyBasket, mug, '', { quantity: 3 }), cup, '');
		expect(totalOf(basket)).toEqual({ minor: 1350, currency: 'GBP' });
		expect(totalOf(emptyBasket)).toBeNull();
	});

	it('whatever is done, the active line is in the basket, and nobody but the hand takes units away', () => {
		type Step = (basket: Basket) => Basket;
		const step = fc.oneof(
			fc.constantFrom(mug, cup).map(
				(product): Step =>
					(basket) =>
						addUnits(basket, product, '', { quantity: 1 }),
			),
			fc.constantFrom(mug, cup).map(
				(product): Step =>
					(basket) =>
						addProduct(basket, product, ''),
			),
			fc.constantFrom(1 as const, -1 as const).map(
				(move): Step =>
					(basket) =>
						moveActive(basket, move),
			),
		);
		fc.assert(
			fc.property(fc.array(step), fc.boolean(), (steps, isTaking) => {
				let basket = emptyBasket;
				for (const each of steps) {
					const before = unitsIn(basket);
					basket = each(basket);
					expect(unitsIn(basket)).toBeGreaterThanOrEqual(before);
				}
				if (isTaking && basket.activeKey !== null) basket = takeOut(basket, basket.activeKey);
				const keys = basket.lines.map(({ key }) => key);
				expect(basket.activeKey === null ? keys : keys.includes(basket.activeKey)).toEqual(
					basket.activeKey === null ? [] : true,
				);
			}),
		);
	});
});
