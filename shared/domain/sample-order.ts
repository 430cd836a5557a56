import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { Order } from '../schema/order.ts';
import { noQuantities } from './fulfillment-state.ts';

/** An order and its one FO for tests: lines by SKU and quantity, all allocated at the site. */
export function sampleOrder(
	lines: readonly { readonly sku: string; readonly quantity: number }[],
	method: 'ship' | 'pickup' = 'ship',
	number = '1042',
): { readonly order: Order; readonly fulfillmentOrder: FulfillmentOrder } {
	const customer = { name: 'Ada Byron', email: 'ada@example.com' };
	const shipTo = { line1: '12 Mill Lane', town: 'Leeds', postalCode: 'LS1', country: 'GB' };
	const common = { customer, shipTo, method, promisedAt: '2026-11-22T17:30:00Z' };
	const orderId = `order-${number}`;
	const fulfillmentOrder: FulfillmentOrder = {
		...common,
		id: `fo-${number}`,
		kind: 'fulfillment_order',
		number: `${number}-1`,
		orderId,
		orderNumber: number,
		siteId: 'S-1',
		state: 'assigned',
		passCode: 'K7M4Q2',
		lines: lines.map(({ sku, quantity }, index) => ({
			lineId: `line-${index + 1}`,
			sku,
			name: `Product ${sku}`,
			gtins: [],
			bin: `A-1-${index + 1}`,
			unitPrice: { minor: 250, currency: 'GBP' },
			unitWeightGrams: 300,
			ordered: quantity,
			quantities: noQuantities(quantity),
			shorts: [],
		})),
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
	};
	const order: Order = {
		...common,
		id: orderId,
		number,
		channel: 'web',
		externalId: number,
		placedAt: '2026-11-22T09:00:00Z',
		currency: 'GBP',
		lines: fulfillmentOrder.lines.map((line) => ({
			id: line.lineId,
			sku: line.sku,
			name: line.name,
			unitPrice: line.unitPrice,
			ordered: line.ordered,
			open: line.ordered,
			short: 0,
			cancelled: 0,
			withCustomer: 0,
			returned: 0,
			unassigned: 0,
		})),
		fulfillments: [
			{
				fulfillmentOrderId: fulfillmentOrder.id,
				number: fulfillmentOrder.number,
				siteId: 'S-1',
				siteName: 'Leeds',
				method,
			},
		],
		timeline: [{ at: '2026-11-22T09:00:00Z', what: 'placed' }],
	};
	return { order, fulfillmentOrder };
}
