import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import { currentDocuments } from '../replica/index.ts';

/** The FO with the address to which its order goes now; the FO's own is as old as the FO. */
export function addressed(fulfillmentOrder: FulfillmentOrder, order: Order | null | undefined): FulfillmentOrder {
	return order === null || order === undefined ? fulfillmentOrder : { ...fulfillmentOrder, shipTo: order.shipTo };
}

/** The same between two renderings, for the handler of a scan. */
export function addressedNow(fulfillmentOrder: FulfillmentOrder): FulfillmentOrder {
	return addressed(
		fulfillmentOrder,
		currentDocuments('order').find(({ id }) => id === fulfillmentOrder.orderId),
	);
}
