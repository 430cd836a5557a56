import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { pickupProgress } from './pickup-progress.ts';

export type PickupDestination = 'pick' | 'stage' | 'handover' | 'order';

/** The next sensible step of a pickup; `customerIsHere` when somebody asks for it at the counter, shelf or not. */
export function pickupDestination(fulfillmentOrder: FulfillmentOrder, customerIsHere: boolean): PickupDestination {
	const next = { to_prepare: 'pick', to_shelve: 'stage', on_shelf: 'handover' } as const;
	const progress = pickupProgress(fulfillmentOrder);
	if (progress === 'handed_over' || progress === 'cancelled' || progress === 'declined') return 'order';
	return customerIsHere && progress === 'to_shelve' ? 'handover' : next[progress];
}
