import { expect, test } from 'vitest';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import { returnableLines, unitsThatCanComeBack } from './returnable-units.ts';
import { afterReturn, sampleSale } from './sample-sale.ts';

const back = { lineId: 'line-1', sku: 'MUG', reason: 'unwanted', grade: 'as_new', disposition: 'restock' } as const;

test('what the customer has can come back, and what came back can not come back again', () => {
	const sale = sampleSale([{ sku: 'MUG', quantity: 3 }]);
	expect(returnableLines(sale)).toMatchObject([{ sold: 3, returned: 0, canComeBack: 3 }]);
	const { order } = afterReturn(sale, [{ ...back, quantity: 2 }]);
	expect(returnableLines(order)).toMatchObject([{ sold: 3, returned: 2, canComeBack: 1 }]);
	expect(unitsThatCanComeBack(order)).toBe(1);
});

test('what was never handed over can not come back', () => {
	const { order } = sampleOrder([{ sku: 'MUG', quantity: 3 }], 'pickup');
	expect(returnableLines(order)).toMatchObject([{ sold: 0, canComeBack: 0 }]);
	expect(unitsThatCanComeBack(order)).toBe(0);
});
