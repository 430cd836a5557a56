import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PickupDestination } from './pickup-destination.ts';

declare module '@tanstack/react-router' {
	interface HistoryState {
		/** The pass of this pickup was scanned just before: who collects is checked. */
		passChecked?: boolean;
	}
}

/** Goes to one step of a pickup. */
export function useOpenPickup(): (
	fulfillmentOrder: FulfillmentOrder,
	destination: PickupDestination,
	passChecked?: boolean,
) => void {
	const navigate = useNavigate();
	return useCallback(
		({ id, orderId }, destination, passChecked = false) => {
			const params = { fulfillmentOrderId: id };
			if (destination === 'pick') void navigate({ to: '/pick/$fulfillmentOrderId', params });
			else if (destination === 'stage') void navigate({ to: '/pickup/$fulfillmentOrderId/stage', params });
			else if (destination === 'order') void navigate({ to: '/orders/$orderId', params: { orderId } });
			else void navigate({ to: '/pickup/$fulfillmentOrderId/handover', params, state: { passChecked } });
		},
		[navigate],
	);
}
