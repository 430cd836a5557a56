import { expect, test } from 'vitest';
import { firstRouting } from '../../../../shared/schema/routing-rules.ts';
import { shopSites } from '../../../../test/shop-for-tests.ts';
import type { BatchQuestion, MovableOrder } from './batch-question.ts';
import { planInThread } from './plan-in-thread.ts';

/** Orders of three lines that all lie at one site, while the others have some of it too. */
function busyDay(count: number): BatchQuestion {
	const skus = Array.from({ length: 40 }, (_, index) => `sku-${index}`);
	const orders = Array.from({ length: count }, (_, index): MovableOrder => {
		const held = [0, 1, 2].map((line) => ({
			fulfillmentOrderId: `fo-${index}`,
			siteId: 'london',
			sku: skus[(index * 7 + line * 3) % skus.length] ?? '',
			units: 1 + (line % 2),
		}));
		return {
			orderId: `order-${index}`,
			orderNumber: `${index}`,
			ruled: { channel: 'web', country: 'GB', currency: 'GBP', valueMinor: 1000, products: [], on: '2026-11-20' },
			place: { lat: 51 + (index % 9) / 2, lon: -2 + (index % 7) / 3 },
			dueAt: '2026-11-20T16:00:00Z',
			barredSites: new Set(),
			held,
		};
	});
	const heldOf = (sku: string) =>
		orders.flatMap(({ held }) => held).reduce((sum, each) => sum + (each.sku === sku ? each.units : 0), 0);
	return {
		routing: firstRouting,
		at: '2026-11-20T10:00:00Z',
		sites: shopSites.map((site) => ({ ...site, dailyCapacityUnits: 10_000 })),
		stock: skus.flatMap((sku, index) =>
			shopSites.map(({ id: siteId }) => ({
				siteId,
				sku,
				units: siteId === 'london' ? heldOf(sku) : 2 + (index % 5),
				health: { coverWeeks: 8, confidence: 1 },
			})),
		),
		unitGrams: new Map(skus.map((sku) => [sku, 250])),
		fixedWork: new Map(),
		orders,
		expectedOrders: 0,
	};
}

test('while a batch is planned everything else goes on, and its plan comes with its gap and by what it was chosen', async () => {
	let turns = 0;
	const timer = setInterval(() => {
		turns += 1;
	}, 5);
	const plan = await planInThread(busyDay(150));
	clearInterval(timer);
	expect(turns).toBeGreaterThan(10);
	expect(plan).toMatchObject({ orders: 150, choice: { by: expect.any(String) } });
	expect(plan.gap).toBeLessThan(0.05);
	expect(plan.groups.length).toBeGreaterThan(0);
	expect(plan.movedCost).toBeLessThan(plan.presentCost);
});

test('a plan that is called off is no plan', async () => {
	const calledOff = new AbortController();
	const planning = planInThread(busyDay(150), calledOff.signal);
	calledOff.abort(new Error('The server was stopped.'));
	await expect(planning).rejects.toThrow('The server was stopped.');
});
