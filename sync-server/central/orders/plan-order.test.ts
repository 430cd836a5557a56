import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { goodsOf, planOrder } from '../../../shared/domain/plan-order.ts';
import { promisedAt } from '../../../shared/domain/promise.ts';
import { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import { Order } from '../../../shared/schema/order.ts';
import { shopCapture, shopProducts, shopSites } from '../../../test/shop-for-tests.ts';
import { assignNearestSite } from '../routing/nearest-site.ts';

const goods = new Map(shopProducts.map((product) => [product.id, goodsOf(product, 'A-1-1')]));
const identity = { orderId: 'o1', number: '700001', fulfillmentOrderIds: ['f1', 'f2'], passCode: 'ACDEFG' };
const capturedAt = Temporal.Instant.from('2026-11-20T10:00:05Z');

function plan(lines: readonly { sku: string; quantity: number }[], free: (sku: string) => number) {
	const capture = shopCapture({ lines: [...lines] });
	const { method, shipTo } = capture;
	const request = { method, lines, place: { lat: 53.96, lon: -1.08 }, country: shipTo.country };
	const assignment = assignNearestSite(request, shopSites.slice(0, 1), (_site, sku) => free(sku));
	if (assignment === undefined) throw new Error('a site that ships should have been found');
	const promiseOf = (placedAt: string) => promisedAt(assignment.site, method, placedAt);
	const planned = planOrder({ capture, identity, goods, assignments: [assignment], promiseOf, capturedAt });
	return { ...planned, fulfillmentOrder: planned.fulfillmentOrders[0] };
}

describe('whatever is ordered, and however little is there', () => {
	const lines = fc.array(fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 9 }) }), {
		minLength: 1,
		maxLength: 6,
	});
	const stock = fc.record({ A: fc.nat(20), B: fc.nat(20), C: fc.nat(20) });

	it('each ordered unit is open, and either set aside once or unassigned', () => {
		fc.assert(
			fc.property(lines, stock, (asked, free) => {
				const { order, fulfillmentOrder, movements } = plan(asked, (sku) => free[sku as 'A']);
				expect(Value.Check(Order, order)).toBe(true);
				if (fulfillmentOrder) expect(Value.Check(FulfillmentOrder, fulfillmentOrder)).toBe(true);
				for (const line of order.lines) {
					const toPick = fulfillmentOrder?.lines.find(({ lineId }) => lineId === line.id)?.quantities.toPick ?? 0;
					expect(line.open).toBe(line.ordered);
					expect(toPick + line.unassigned).toBe(line.ordered);
				}
				for (const sku of ['A', 'B', 'C'] as const) {
					const moved = movements
						.filter((movement) => movement.sku === sku)
						.reduce((sum, each) => sum + each.quantity, 0);
					expect(moved).toBeLessThanOrEqual(free[sku]);
				}
			}),
		);
	});
});

it('an order of which nothing is there has no fulfillment order, and its story says so', () => {
	const { order, fulfillmentOrder, movements } = plan([{ sku: 'A', quantity: 2 }], () => 0);
	expect(fulfillmentOrder).toBeUndefined();
	expect(movements).toEqual([]);
	expect(order.fulfillments).toEqual([]);
	expect(order.timeline.map(({ what, quantity }) => [what, quantity])).toEqual([
		['placed', 2],
		['not_enough_stock', 2],
	]);
});

it('the catalog gives the price that the channel leaves out', () => {
	const { order } = plan([{ sku: 'C', quantity: 1 }], () => 5);
	expect(order.lines[0]?.unitPrice).toEqual({ minor: 300, currency: 'GBP' });
});

it('an order that two sites have a part of has a fulfillment order at each, with its own bins', () => {
	const capture = shopCapture({
		lines: [
			{ sku: 'A', quantity: 3 },
			{ sku: 'B', quantity: 1 },
		],
	});
	const { order, fulfillmentOrders, movements } = planOrder({
		capture,
		identity,
		goods,
		assignments: [
			{ site: { id: 'leeds', name: 'Leeds' }, allocated: [2, 0] },
			{ site: { id: 'london', name: 'London' }, allocated: [1, 0], binOf: () => 'Z-9' },
		],
		promiseOf: () => '2026-11-21T10:00:00Z',
		capturedAt,
	});
	expect(Value.Check(Order, order)).toBe(true);
	expect(
		fulfillmentOrders.map(({ id, number, siteId, lines }) => [id, number, siteId, lines[0]?.ordered, lines[0]?.bin]),
	).toEqual([
		['f1', '700001-1', 'leeds', 2, 'A-1-1'],
		['f2', '700001-2', 'london', 1, 'Z-9'],
	]);
	expect(order.lines.map(({ unassigned }) => unassigned)).toEqual([0, 1]);
	expect(order.fulfillments.map(({ siteName }) => siteName)).toEqual(['Leeds', 'London']);
	expect(order.timeline.map(({ what, quantity, siteId }) => [what, quantity, siteId])).toEqual([
		['placed', 4, undefined],
		['assigned', 2, 'leeds'],
		['assigned', 1, 'london'],
		['not_enough_stock', 1, 'leeds'],
	]);
	expect(movements.map(({ siteId, quantity }) => [siteId, quantity])).toEqual([
		['leeds', 2],
		['london', 1],
	]);
});
