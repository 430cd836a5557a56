import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';

export interface WorkCounts {
	readonly pick: number;
	readonly pack: number;
	readonly pickup: number;
}

/** How much open work each workflow has. */
export function countWork(fulfillmentOrders: readonly FulfillmentOrder[]): WorkCounts {
	let [pick, pack, pickup] = [0, 0, 0];
	for (const { method, state } of fulfillmentOrders) {
		if (state === 'assigned' || state === 'picking') pick++;
		else if (method === 'ship' && (state === 'picked' || state === 'packed')) pack++;
		else if (method === 'pickup' && (state === 'picked' || state === 'ready')) pickup++;
	}
	return { pick, pack, pickup };
}
