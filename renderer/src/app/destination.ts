import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Scan } from '../scanning/index.ts';
import { inOrderOfPromise } from '../ui/promise-order.ts';

/** The screen of the next sensible step of a fulfillment order. */
export function destinationOf({ id, orderId, method, state }: FulfillmentOrder): string {
	const key = encodeURIComponent(id);
	if (state === 'assigned' || state === 'picking') return `/pick/${key}`;
	if (method === 'ship' && (state === 'picked' || state === 'packed')) return `/pack/${key}`;
	if (method === 'pickup' && state === 'picked') return `/pickup/${key}/stage`;
	if (method === 'pickup' && state === 'ready') return `/pickup/${key}/handover`;
	return `/orders/${encodeURIComponent(orderId)}`;
}

export type ScanDestination =
	| { readonly kind: 'go'; readonly to: string }
	/** A product that no open work here needs. */
	| { readonly kind: 'look_up'; readonly gtins: readonly string[] }
	| { readonly kind: 'nothing'; readonly why: 'unknown_code' | 'no_such_order' | 'no_such_pass' | 'empty_shelf' };

interface Documents {
	readonly orders: readonly { readonly id: string; readonly number: string }[];
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
}

/** Where a scan leads that the screen on top did not take. */
export function scanDestination({ code }: Scan, { orders, fulfillmentOrders }: Documents): ScanDestination {
	const nothing = (why: Extract<ScanDestination, { kind: 'nothing' }>['why']): ScanDestination => ({
		kind: 'nothing',
		why,
	});
	const go = (fulfillment: FulfillmentOrder | undefined, why: Extract<ScanDestination, { kind: 'nothing' }>['why']) =>
		fulfillment === undefined ? nothing(why) : ({ kind: 'go', to: destinationOf(fulfillment) } as const);
	if (code.kind === 'order') {
		const wished = code.number.toUpperCase();
		const fulfillment = fulfillmentOrders.find((each) => each.number.toUpperCase() === wished);
		if (fulfillment !== undefined) return go(fulfillment, 'no_such_order');
		const order = orders.find((each) => each.number.toUpperCase() === wished);
		return order === undefined
			? nothing('no_such_order')
			: { kind: 'go', to: `/orders/${encodeURIComponent(order.id)}` };
	}
	if (code.kind === 'pass')
		return go(
			fulfillmentOrders.find((each) => each.passCode.toUpperCase() === code.code.toUpperCase()),
			'no_such_pass',
		);
	if (code.kind === 'location')
		return go(
			fulfillmentOrders.find((each) => each.state === 'ready' && each.stagedAt === code.code),
			'empty_shelf',
		);
	if (code.kind === 'product') {
		const needsIt = fulfillmentOrders
			.filter(({ state }) => state === 'assigned' || state === 'picking')
			.filter(({ lines }) =>
				lines.some((line) => line.quantities.toPick > 0 && line.gtins.some((gtin) => code.gtins.includes(gtin))),
			);
		const [first] = inOrderOfPromise(needsIt);
		return first === undefined ? { kind: 'look_up', gtins: code.gtins } : { kind: 'go', to: destinationOf(first) };
	}
	return nothing('unknown_code');
}
