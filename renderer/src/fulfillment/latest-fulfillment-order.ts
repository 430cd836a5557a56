import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import { currentDocuments } from '../replica/index.ts';

/** The FO as it is now, also between two renderings; null when this site does not see it. */
export function latestFulfillmentOrder(fulfillmentOrderId: string): FulfillmentOrder | null {
	return currentDocuments('fulfillment_order').find((each) => each.id === fulfillmentOrderId) ?? null;
}
