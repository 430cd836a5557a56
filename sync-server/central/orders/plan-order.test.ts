import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { goodsOf, planOrder } from '../../../shared/domain/plan-order.ts';
import { promisedAt } from '../../../shared/domain/promise.ts';
import { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import { Order } from '../../../shared/schema/order.ts';
import { shopCapture, shopProducts, shopSites } from '../../../test/shop-for-tests.ts';
import { assignNearestSite } from '../routing/nearest-site.ts';

const goods = new Map(shopProducts.map((product) => [product.id, goodsOf(product)]));
const identity = { orderId: 'o1', number: '700001', passCode: 'ACDEFG' };
const capturedAt = Temporal.Instant.from('2026-11-20T10:00:05Z');

function plan(lines: readonly { sku: string; quantity: number }[], free: (sku: string) => number) {
	const capture = shopCapture({ lines: [...lines] });
	const { method, shipTo } = capture;
	const request = { method, lines, place: { lat: 53.96, lon: -1.08 }, country: shipTo.country };
	const assignment = assignNearestSite(request, shopSites.slice(0, 1), (_site, sku) => free(sku));
	if (assignment === undefined) throw new Error('a site that ships should have been found');
	const { site } = assignment;
	const promiseOf = (_site: string, placedAt: string) => promisedAt(site, method, placedAt);
	const assignments = [{ ...assignment, fulfillmentOrderId: 'f1', binOf: () => 'A-1-1' }];
	return planOrder({ capture, identity, goods, assignments, askedSite: site, promiseOf, capturedAt });
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
				const { order, fulfillmentOrders, movements } = plan(asked, (sku) => free[sku as 'A']);
				expect(Value.Check(Order, order)).toBe(true);
				const [fulfillmentOrder] = fulfillmentOrders;
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
	const { order, fulfillmentOrders, movements } = plan([{ sku: 'A', quantity: 2 }], () => 0);
	expect(fulfillmentOrders).toEqual([]);
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
