import type { Order } from '../../../../shared/schema/order.ts';
import { openDeviceClient } from '../../device/index.ts';
import { orderWhenHere } from '../../replica/index.ts';

/** What central made of the question for an order that this device doesn't have. */
export type AskedOrder =
	| { readonly kind: 'here'; readonly order: Order }
	| { readonly kind: 'unknown_order' | 'unreachable' | 'refused'; readonly number: string };

const shownWithinMs = 3000;

/** Asks central for an order of another site; answers when it is on the screens' side, or why it is not. */
export async function askCentral(number: string): Promise<AskedOrder> {
	try {
		const result = await (await openDeviceClient()).bringOrder(number);
		if (!result.ok) return { kind: result.reason, number };
		const order = await orderWhenHere(result.orderId, shownWithinMs);
		return order === null ? { kind: 'unreachable', number } : { kind: 'here', order };
	} catch (error) {
		console.error('The device core did not ask for the order', error);
		return { kind: 'refused', number };
	}
}
