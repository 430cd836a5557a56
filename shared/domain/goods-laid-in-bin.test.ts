import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjustReasonNames, adjustReasons } from '../schema/adjust-operation.ts';
import type { AnyStatement } from './decision.ts';
import { goodsLaidInBins } from './goods-laid-in-bin.ts';

const author = { opId: 'o', actorName: 'Ann', at: '2026-11-22T10:00:00Z' } as const;
const laid = (statement: Pick<AnyStatement, 'type' | 'payload'>) =>
	goodsLaidInBins({ ...author, ...statement } as AnyStatement);

test('goods are in the bin where they were counted, or into which they were moved', () => {
	const count = { countId: 'c', sku: 'MUG', posts: 'at_once', scans: [{ expected: 1, counted: 1 }] } as const;
	expect(laid({ type: 'count', payload: { ...count, bin: 'Z-1' } })).toMatchObject([{ bin: 'Z-1' }]);
	expect(laid({ type: 'count', payload: count })).toEqual([]);
	const move = { sku: 'MUG', quantity: 1, fromBin: 'A-1', toBin: 'Z-1' };
	expect(laid({ type: 'move_between_bins', payload: move })).toEqual([{ sku: 'MUG', bin: 'Z-1' }]);
	const line = { lineId: 'l', sku: 'MUG', name: 'Mug', quantity: 1, condition: 'good' } as const;
	const received = { receiptId: 'r', lines: [{ ...line, bin: 'Z-1' }, line, { ...line, bin: 'Z-2' }] };
	expect(laid({ type: 'receive', payload: received }).map(({ bin }) => bin)).toEqual(['Z-1', 'Z-2']);
	const picked = { orderId: 'o', fulfillmentOrderId: 'f', lineId: 'l', sku: 'MUG', quantity: 1 };
	expect(laid({ type: 'pick', payload: picked })).toEqual([]);
});

test('of all adjustments only those that bring units onto the shelf lay them into the bin that they name', () => {
	fc.assert(
		fc.property(fc.constantFrom(...adjustReasonNames), fc.constantFrom('Z-1', undefined), (reason, bin) => {
			const adjust = { adjustmentId: 'a', sku: 'MUG', name: 'Mug', quantity: 1, reason };
			const [found] = laid({ type: 'adjust', payload: bin === undefined ? adjust : { ...adjust, bin } });
			expect(found?.bin).toBe(adjustReasons[reason].to === 'available' ? bin : undefined);
		}),
	);
});
