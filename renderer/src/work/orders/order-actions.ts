import { mayRecord } from '../../../../shared/domain/permissions.ts';
import type { Role } from '../../../../shared/schema/associate.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';

/** Why an action is not offered. */
export type WhyNot = 'nothing_here' | 'role' | 'left_already' | 'stopped_already' | 'nothing_sold' | 'started_already';

export type Allowed = { readonly allowed: true } | { readonly allowed: false; readonly why: WhyNot };

const yes: Allowed = { allowed: true };
const no = (why: WhyNot): Allowed => ({ allowed: false, why });

/** Whether these roles may cancel this fulfillment order as it stands. Central decides again. */
export function mayCancel(fulfillment: FulfillmentOrder | undefined, roles: readonly Role[]): Allowed {
	if (fulfillment === undefined) return no('nothing_here');
	if (fulfillment.state === 'shipped' || fulfillment.state === 'handed_over') return no('left_already');
	if (isStoppedState(fulfillment.state)) return no('stopped_already');
	return mayRecord('cancel', roles) ? yes : no('role');
}

/** Whether these roles may give this fulfillment order back to routing. */
export function mayDecline(fulfillment: FulfillmentOrder | undefined, roles: readonly Role[]): Allowed {
	const cancel = mayCancel(fulfillment, ['operations']);
	if (!cancel.allowed) return cancel;
	const isUntouched = fulfillment?.lines.every(
		({ ordered, quantities }) => quantities.toPick + quantities.short + quantities.cancelled === ordered,
	);
	if (isUntouched !== true) return no('started_already');
	return mayRecord('decline', roles) ? yes : no('role');
}

/** Whether these roles may change where it goes. */
export function mayEditAddress(order: Order, roles: readonly Role[]): Allowed {
	if (order.lines.every(({ open }) => open === 0)) {
		return no(
			order.lines.some(({ withCustomer, returned }) => withCustomer + returned > 0)
				? 'left_already'
				: 'stopped_already',
		);
	}
	return mayRecord('edit_address', roles) ? yes : no('role');
}

/** Whether something of this order can come back. */
export function mayReturn(order: Order): Allowed {
	return order.lines.some(({ withCustomer }) => withCustomer > 0) ? yes : no('nothing_sold');
}

const laterStates: readonly FulfillmentOrder['state'][] = ['shipped', 'handed_over', 'declined', 'moved', 'cancelled'];

const isStoppedState = (state: FulfillmentOrder['state']): boolean =>
	state === 'cancelled' || state === 'declined' || state === 'moved';

/** The fulfillment order that the screen's actions are about: the first that is still open. */
export function currentFulfillment(fulfillments: readonly FulfillmentOrder[]): FulfillmentOrder | undefined {
	return fulfillments.find(({ state }) => !laterStates.includes(state)) ?? fulfillments[0];
}
