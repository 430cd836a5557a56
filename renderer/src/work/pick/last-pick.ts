import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';

/**
 * What undoing the last pick of this FO means, or null where there is none left to undo. `operations` are this device's, newest first. An
 * undo takes back the newest pick of its line that is not undone yet, so that pressing the key again goes one step further back.
 */
export function lastPickToUndo(
	operations: readonly JournaledOperation[],
	fulfillmentOrder: FulfillmentOrder,
): PayloadOf<'undo_pick'> | null {
	const undone = new Map<string, number>();
	for (const { operation } of operations) {
		if (operation.type !== 'pick' && operation.type !== 'undo_pick') continue;
		// Both kinds carry the same fields, and this device made them.
		const { fulfillmentOrderId, lineId, sku, quantity, lot, expiresOn, serials } =
			operation.payload as PayloadOf<'pick'>;
		if (fulfillmentOrderId !== fulfillmentOrder.id) continue;
		const takenBack = undone.get(lineId) ?? 0;
		if (operation.type === 'undo_pick') {
			undone.set(lineId, takenBack + quantity);
			continue;
		}
		const rest = quantity - takenBack;
		undone.set(lineId, Math.max(0, -rest));
		const line = fulfillmentOrder.lines.find((each) => each.lineId === lineId);
		const units = Math.min(rest, line?.quantities.picked ?? 0);
		if (units === 0) continue;
		return {
			fulfillmentOrderId,
			orderId: fulfillmentOrder.orderId,
			lineId,
			sku,
			quantity: units,
			...(lot === undefined ? {} : { lot }),
			...(expiresOn === undefined ? {} : { expiresOn }),
			...(serials === undefined || units !== quantity ? {} : { serials }),
		};
	}
	return null;
}
