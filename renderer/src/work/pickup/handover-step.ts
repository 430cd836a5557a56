import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import { type ChosenSerials, type ChosenUnits, type HandoverUnits, handoverUnits } from './handover-units.ts';
import { pickupProgress, unitsInHand } from './pickup-progress.ts';

export type IdentityCheck = PayloadOf<'hand_over'>['identityCheck'];

/** Who was found to be allowed to collect, and how. */
export interface Identity {
	readonly check: IdentityCheck;
	readonly collectedBy: string;
}

/** What has been done at the counter for one pickup, and is not recorded yet. */
export interface HandoverState {
	readonly identity: Identity | null;
	readonly chosen: ChosenUnits;
	readonly serials: ChosenSerials;
	/** What the collector signed, if they did. */
	readonly signature: string | null;
	/** Something was handed over since this screen was opened. */
	readonly gaveSomething: boolean;
}

export const freshHandover: HandoverState = {
	identity: null,
	chosen: {},
	serials: {},
	signature: null,
	gaveSomething: false,
};

/** Why nothing of this pickup can be handed over. */
export type HandoverObstacle = 'handed_over' | 'not_prepared' | 'cancelled' | 'declined' | 'ships' | 'nothing';

/** What Enter does. Nothing goes over the counter before somebody checked who collects. */
export type HandoverStep =
	| { readonly kind: 'obstacle'; readonly obstacle: HandoverObstacle }
	| { readonly kind: 'check' }
	/** What was chosen is not there any more; it must be chosen anew. */
	| { readonly kind: 'choose' }
	| { readonly kind: 'hand_over'; readonly units: HandoverUnits; readonly identity: Identity }
	/** A part went to its customer: the rest is for another time. */
	| { readonly kind: 'leave' };

export function handoverObstacle(fulfillmentOrder: FulfillmentOrder): HandoverObstacle | null {
	if (fulfillmentOrder.method !== 'pickup') return 'ships';
	const progress = pickupProgress(fulfillmentOrder);
	if (progress === 'cancelled' || progress === 'declined' || progress === 'handed_over') return progress;
	if (unitsInHand(fulfillmentOrder) > 0) return null;
	return progress === 'to_prepare' ? 'not_prepared' : 'nothing';
}

export function handoverStep(fulfillmentOrder: FulfillmentOrder, state: HandoverState): HandoverStep {
	const obstacle = handoverObstacle(fulfillmentOrder);
	if (obstacle !== null) return { kind: 'obstacle', obstacle };
	const { identity, chosen, serials, gaveSomething } = state;
	const untouched = identity === null && Object.keys(chosen).length === 0;
	if (untouched && gaveSomething) return { kind: 'leave' };
	if (identity === null) return { kind: 'check' };
	const units = handoverUnits(fulfillmentOrder, chosen, serials);
	return units.units === 0 ? { kind: 'choose' } : { kind: 'hand_over', units, identity };
}
