import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop } from '../../../test/shop-for-tests.ts';
import { findAvailability } from './availability.ts';
import { postMovements } from './stock-ledger.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
	shop = await openShop({ 'leeds A': 3, 'london A': 5, 'london B': 1 });
});
afterAll(() => shop.drop());

it('a position that facts have drawn below zero promises nothing, and takes nothing from what others can promise', async () => {
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T10:00:00Z' };
	const gone = { siteId: 'leeds', sku: 'A', quantity: 4, from: 'available', to: 'customer', reason: 'test' } as const;
	const { belowZero } = await postMovements(shop.db, [gone], posting);
	expect(belowZero).toMatchObject([{ siteId: 'leeds', sku: 'A', units: -1 }]);
	expect(await findAvailability(shop.db, ['A'])).toEqual([
		{
			sku: 'A',
			name: 'Product A',
			available: 5,
			sites: [
				{ siteId: 'london', siteName: 'The shop in london', available: 5 },
				{ siteId: 'leeds', siteName: 'The shop in leeds', available: 0 },
			],
		},
	]);
});

it('answers each SKU once, in the order of the question, and leaves out what is not in the catalog', async () => {
	const answer = await findAvailability(shop.db, ['C', 'B', 'nothing', 'C']);
	expect(answer.map(({ sku, available, sites }) => [sku, available, sites.length])).toEqual([
		['C', 0, 0],
		['B', 1, 1],
	]);
});
