import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';

/** How far a pickup has come, as the counter sees it. */
export type PickupProgress = 'to_prepare' | 'to_shelve' | 'on_shelf' | 'handed_over' | 'cancelled' | 'declined';

/** Units of a line that are ready to be given to the customer: on the shelf, or picked and not on one yet. */
export function inHand(line: FulfillmentLine): number {
	return line.quantities.staged + line.quantities.packed + line.quantities.picked;
}

export function unitsOf(fulfillmentOrder: FulfillmentOrder, count: (line: FulfillmentLine) => number): number {
	return fulfillmentOrder.lines.reduce((sum, line) => sum + count(line), 0);
}

export function unitsInHand(fulfillmentOrder: FulfillmentOrder): number {
	return unitsOf(fulfillmentOrder, inHand);
}

/** Units that were picked and that no shelf holds yet. */
export function unitsToShelve(fulfillmentOrder: FulfillmentOrder): number {
	return unitsOf(fulfillmentOrder, (line) => line.quantities.picked);
}

export function unitsToPick(fulfillmentOrder: FulfillmentOrder): number {
	return unitsOf(fulfillmentOrder, (line) => line.quantities.toPick);
}

export function unitsHandedOver(fulfillmentOrder: FulfillmentOrder): number {
	return unitsOf(fulfillmentOrder, (line) => line.quantities.handedOver);
}

/** Follows from where the units are; a pickup that is waiting for one more unit is still to be prepared. */
export function pickupProgress(fulfillmentOrder: FulfillmentOrder): PickupProgress {
	if (fulfillmentOrder.state === 'moved') return 'declined';
	if (fulfillmentOrder.state === 'cancelled' || fulfillmentOrder.state === 'declined') return fulfillmentOrder.state;
	if (unitsToPick(fulfillmentOrder) > 0) return 'to_prepare';
	if (unitsToShelve(fulfillmentOrder) > 0) return 'to_shelve';
	if (unitsInHand(fulfillmentOrder) > 0) return 'on_shelf';
	return unitsHandedOver(fulfillmentOrder) > 0 ? 'handed_over' : 'cancelled';
}
