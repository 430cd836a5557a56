import { applyStatement } from '../../../../shared/domain/apply-statement.ts';
import type { AnyStatement, Subject } from '../../../../shared/domain/decision.ts';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { OperationType, PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import type { Site } from '../../../../shared/schema/site.ts';

export const site: Site = {
	id: 'S-1',
	name: 'Leeds',
	kind: 'store',
	retailer: 'Mill Stores',
	town: 'Leeds',
	postalCode: 'LS1',
	country: 'GB',
	lat: 53.8,
	lon: -1.5,
	timeZone: 'Europe/London',
	openingHours: [],
	capabilities: ['ship', 'pickup', 'return'],
	dailyCapacityUnits: 900,
	stagingLocations: ['PU-01', 'PU-02', 'PU-03'],
};

export interface SamplePickup {
	readonly order: Order;
	readonly fulfillmentOrder: FulfillmentOrder;
}

/** The GTIN-14 that tests give a SKU. */
export const gtinOf = (sku: string) => sku.padStart(14, '0');

/** A pickup for tests, with a GTIN and a pass code of its own. */
export function samplePickup(
	lines: readonly { readonly sku: string; readonly quantity: number }[],
	number = '1042',
	changes: Partial<FulfillmentOrder> = {},
): SamplePickup {
	const { order, fulfillmentOrder } = sampleOrder(lines, 'pickup', number);
	return {
		order,
		fulfillmentOrder: {
			...fulfillmentOrder,
			passCode: `PASS${number}`,
			lines: fulfillmentOrder.lines.map((line) => ({ ...line, gtins: [gtinOf(line.sku)] })),
			...changes,
		},
	};
}

let statements = 0;

/** What the real rules make of an operation. */
export function after<T extends OperationType>(
	{ order, fulfillmentOrder }: SamplePickup,
	type: T,
	payload: Omit<PayloadOf<T>, 'fulfillmentOrderId' | 'orderId'>,
): SamplePickup {
	const subject: Subject = { siteId: 'S-1', order, fulfillmentOrder };
	const statement = {
		opId: `op-${++statements}`,
		type,
		payload: { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id, ...payload },
		actorName: 'Sam Reed',
		at: '2026-11-22T15:20:00Z',
	} as unknown as AnyStatement;
	const result = applyStatement(subject, statement);
	if (result.outcome === 'refused') throw new Error(result.reason);
	const { order: newOrder, fulfillmentOrder: newFulfillmentOrder } = result.subject;
	if (newOrder === undefined || newFulfillmentOrder === undefined) throw new Error('a document went missing');
	return { order: newOrder, fulfillmentOrder: newFulfillmentOrder };
}

/** The pickup with every unit picked. */
export function picked(pickup: SamplePickup): SamplePickup {
	return pickup.fulfillmentOrder.lines.reduce(
		(sofar, { lineId, sku, ordered }) => after(sofar, 'pick', { lineId, sku, quantity: ordered }),
		pickup,
	);
}

export function staged(pickup: SamplePickup, location = 'PU-01'): SamplePickup {
	return after(picked(pickup), 'stage', { location });
}

/** The pickup with these units given to the customer: all that is on the shelf unless told. */
export function handedOver(
	pickup: SamplePickup,
	units: readonly { lineId: string; sku: string; quantity: number }[] = pickup.fulfillmentOrder.lines.map((line) => ({
		lineId: line.lineId,
		sku: line.sku,
		quantity: line.ordered,
	})),
): SamplePickup {
	return after(pickup, 'hand_over', { lines: [...units], identityCheck: 'pass_code', collectedBy: 'Ada Byron' });
}
