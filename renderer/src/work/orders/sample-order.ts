import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order, OrderLine } from '../../../../shared/schema/order.ts';

// For tests only.

const price = { minor: 500, currency: 'GBP' };
const shipTo = { line1: '1 High Street', town: 'Leeds', postalCode: 'LS1', country: 'GB' };

export function sampleLine(change: Partial<OrderLine> = {}): OrderLine {
	return {
		id: 'l1',
		sku: 'MUG',
		name: 'Mug',
		unitPrice: price,
		ordered: 5,
		open: 5,
		short: 0,
		cancelled: 0,
		withCustomer: 0,
		returned: 0,
		unassigned: 0,
		...change,
	};
}

export function sampleOrder(number: string, change: Partial<Order> = {}): Order {
	return {
		id: `O-${number}`,
		number,
		channel: 'web',
		externalId: `W-${number}`,
		placedAt: '2026-11-22T08:00:00Z',
		promisedAt: '2026-11-22T17:00:00Z',
		method: 'pickup',
		customer: { name: 'Zoë García', email: 'zoe@example.com', phone: '+44 7700 900-123' },
		shipTo,
		currency: 'GBP',
		lines: [sampleLine()],
		fulfillments: [
			{ fulfillmentOrderId: `F-${number}`, number: `${number}-1`, siteId: 'S-1', siteName: 'Leeds', method: 'pickup' },
		],
		timeline: [],
		...change,
	};
}

export function sampleFulfillment(
	quantities: Partial<FulfillmentOrder['lines'][number]['quantities']>,
	change: Partial<FulfillmentOrder> = {},
): FulfillmentOrder {
	const none = { toPick: 0, picked: 0, packed: 0, staged: 0, shipped: 0, handedOver: 0, short: 0, cancelled: 0 };
	return {
		id: 'F-1',
		kind: 'fulfillment_order',
		number: '1042-1',
		orderId: 'O-1042',
		orderNumber: '1042',
		siteId: 'S-1',
		method: 'pickup',
		state: 'assigned',
		promisedAt: '2026-11-22T17:00:00Z',
		customer: { name: 'Zoë García' },
		shipTo,
		passCode: 'ABC123',
		lines: [
			{
				lineId: 'l1',
				sku: 'MUG',
				name: 'Mug',
				gtins: ['05012345678900'],
				bin: 'A-1-1',
				unitPrice: price,
				unitWeightGrams: 300,
				ordered: 5,
				quantities: { ...none, ...quantities },
				shorts: [],
			},
		],
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
		...change,
	};
}
