import type {
	FulfillmentLine,
	FulfillmentOrder,
	FulfillmentQuantities,
	FulfillmentState,
} from '../schema/fulfillment-order.ts';

/** From which state an FO may come into which; evolve asserts it, so a step that is not here can't happen silently. */
export const stateTransitions: Readonly<Record<FulfillmentState, readonly FulfillmentState[]>> = {
	assigned: ['picking', 'picked', 'declined', 'moved', 'cancelled', 'packed', 'ready', 'shipped', 'handed_over'],
	picking: ['assigned', 'picked', 'packed', 'ready', 'shipped', 'handed_over', 'declined', 'moved', 'cancelled'],
	picked: ['assigned', 'picking', 'packed', 'ready', 'shipped', 'handed_over', 'declined', 'moved', 'cancelled'],
	packed: ['picking', 'picked', 'shipped', 'moved', 'cancelled', 'handed_over', 'ready'],
	ready: ['picking', 'picked', 'packed', 'handed_over', 'moved', 'cancelled', 'shipped'],
	// A fact may still come after the end: goods that left all the same, or came back.
	shipped: ['picking', 'picked', 'packed'],
	handed_over: ['picking', 'picked', 'ready'],
	declined: ['shipped', 'handed_over'],
	moved: ['assigned', 'picking', 'picked', 'shipped', 'handed_over'],
	cancelled: ['shipped', 'handed_over', 'picking', 'picked', 'packed', 'ready'],
};

const quantityNames = [
	'toPick',
	'picked',
	'packed',
	'staged',
	'shipped',
	'handedOver',
	'short',
	'cancelled',
] as const satisfies readonly (keyof FulfillmentQuantities)[];

export function noQuantities(toPick: number): FulfillmentQuantities {
	return { toPick, picked: 0, packed: 0, staged: 0, shipped: 0, handedOver: 0, short: 0, cancelled: 0 };
}

/** The sum of a line's counts; always the units ordered. */
export function countedUnits(line: FulfillmentLine): number {
	return quantityNames.reduce((sum, name) => sum + line.quantities[name], 0);
}

export function totalOf(lines: readonly FulfillmentLine[], name: keyof FulfillmentQuantities): number {
	return lines.reduce((sum, line) => sum + line.quantities[name], 0);
}

/** The state that follows from where the units are. Declined, moved and cancelled stay, unless goods left all the same. */
export function stateOf(fulfillmentOrder: FulfillmentOrder): FulfillmentState {
	const of = (name: keyof FulfillmentQuantities) => totalOf(fulfillmentOrder.lines, name);
	const left = of('shipped') + of('handedOver');
	const inHand = of('picked') + of('packed') + of('staged');
	const gone = fulfillmentOrder.method === 'ship' ? 'shipped' : 'handed_over';
	if (of('toPick') === 0 && inHand === 0) {
		if (left > 0) return gone;
		const { state } = fulfillmentOrder;
		return state === 'declined' || state === 'moved' ? state : 'cancelled';
	}
	if (of('toPick') > 0) {
		if (inHand + left + of('short') > 0) return 'picking';
		return fulfillmentOrder.pickerName === null ? 'assigned' : 'picking';
	}
	if (of('picked') > 0) return 'picked';
	return of('staged') > 0 ? 'ready' : 'packed';
}
