import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { NamedUnits } from '../schema/stock-position.ts';
import {
	applied,
	type CountName,
	type Decision,
	type ExceptionDraft,
	type Statement,
	shortBucket,
	type UnitStep,
} from './decision.ts';
import { totalOf } from './fulfillment-state.ts';
import { findLine, takeFrom } from './line-units.ts';
import { nameSteps } from './named-units.ts';
import { isPlainDate, judgeExpiry } from './unit-identity.ts';

/** Cancelled, declined or moved away by somebody; an FO whose units are all short ends as cancelled too, but goes on when one is found. */
export function isStopped({ state, lines }: FulfillmentOrder): boolean {
	return state === 'declined' || state === 'moved' || (state === 'cancelled' && totalOf(lines, 'cancelled') > 0);
}

/** Units taken off the shelf that no line wants: they stay in hand until they are put back. */
export function surplusStep(lineId: string, sku: string, quantity: number): UnitStep {
	return { lineId, sku, quantity, count: null, bucket: { from: 'available', to: 'picked' }, putBack: quantity };
}

export function surplusException(fulfillmentOrder: FulfillmentOrder, sku: string, quantity: number): ExceptionDraft {
	const stopped = isStopped(fulfillmentOrder);
	const moved = fulfillmentOrder.movedTo !== undefined;
	return {
		exceptionKind: stopped ? (moved ? 'picked_after_move' : 'picked_after_cancel') : 'surplus_pick',
		priority: 'normal',
		sku,
		quantity,
		heldState: fulfillmentOrder.state,
		...(fulfillmentOrder.movedTo === undefined ? {} : { otherSiteName: fulfillmentOrder.movedTo.siteName }),
		fact: `${quantity} × ${sku} picked for ${fulfillmentOrder.number}`,
		plan: stopped
			? `${fulfillmentOrder.number} is ${fulfillmentOrder.state}`
			: `${fulfillmentOrder.number} needs no more of ${sku}`,
	};
}

/** The bucket that holds a unit which its FO line counts here, before it is picked. */
export const unpickedBucket = { toPick: 'allocated', short: 'lost' } as const;

export function decideStartPicking(fulfillmentOrder: FulfillmentOrder): Decision {
	return applied(isStopped(fulfillmentOrder) ? [] : [{ kind: 'picking_started', steps: [] }]);
}

/** Whether a unit that was reported missing is still wanted here when it turns up. */
export function isStillWanted({ reason, rerouted }: FulfillmentOrder['lines'][number]['shorts'][number]): boolean {
	return reason === 'not_found' && rerouted === undefined;
}

/** Units up to the ordered quantity are kept, found ones that were reported missing too; the surplus is to be put back. */
export function decidePick(fulfillmentOrder: FulfillmentOrder, { payload, at }: Statement<'pick'>): Decision {
	const { lineId, sku, quantity } = payload;
	const line = isStopped(fulfillmentOrder) ? undefined : findLine(fulfillmentOrder, lineId, sku);
	const notFound = line?.shorts.reduce((sum, short) => sum + (isStillWanted(short) ? short.quantity : 0), 0) ?? 0;
	const fromPlan = takeFrom(line, quantity, ['toPick']);
	const found = Math.min(fromPlan.missing, notFound);
	const surplus = fromPlan.missing - found;
	const pickedStep = (from: 'toPick' | 'short', units: number): UnitStep => ({
		lineId,
		sku,
		quantity: units,
		count: { from, to: 'picked' },
		bucket: { from: unpickedBucket[from], to: 'picked' },
		putBack: 0,
	});
	const steps: UnitStep[] = [];
	if (quantity > fromPlan.missing) steps.push(pickedStep('toPick', quantity - fromPlan.missing));
	if (found > 0) steps.push(pickedStep('short', found));
	if (surplus > 0) steps.push(surplusStep(lineId, sku, surplus));
	return applied(
		[{ kind: 'units_picked', steps: nameSteps(steps, [payload]) }],
		[
			...(surplus > 0 ? [surplusException(fulfillmentOrder, sku, surplus)] : []),
			...(isPastDate(payload.expiresOn, at) ? [expiredPick(fulfillmentOrder, payload)] : []),
		],
	);
}

export function isPastDate(expiresOn: string | undefined, at: string): boolean {
	return expiresOn !== undefined && isPlainDate(expiresOn) && judgeExpiry(expiresOn, at.slice(0, 10)) === 'expired';
}

export function expiredPick(
	{ number }: FulfillmentOrder,
	{ sku, quantity, lot, expiresOn }: NamedUnits,
): ExceptionDraft {
	return {
		exceptionKind: 'expired_picked',
		priority: 'high',
		sku,
		quantity,
		...(lot === undefined ? {} : { lot }),
		...(expiresOn === undefined ? {} : { expiresOn }),
		fact: `${quantity} × ${sku} picked for ${number} that had expired on ${expiresOn}`,
		plan: 'Nothing that has expired goes to a customer',
	};
}

export function decideUndoPick(fulfillmentOrder: FulfillmentOrder, { payload }: Statement<'undo_pick'>): Decision {
	const { lineId, sku } = payload;
	const { parts } = takeFrom(findLine(fulfillmentOrder, lineId, sku), payload.quantity, ['picked']);
	const steps = parts.map(
		({ quantity }): UnitStep => ({
			lineId,
			sku,
			quantity,
			count: { from: 'picked', to: 'toPick' },
			bucket: { from: 'picked', to: 'allocated' },
			putBack: 0,
		}),
	);
	return applied(steps.length > 0 ? [{ kind: 'pick_undone', steps: nameSteps(steps, [payload]) }] : []);
}

/** Units that could not be found or sold leave the stock that can be promised, by their reason. */
export function decideShort(fulfillmentOrder: FulfillmentOrder, { payload }: Statement<'short'>): Decision {
	const { lineId, sku, reason } = payload;
	const { parts } = takeFrom(findLine(fulfillmentOrder, lineId, sku), payload.quantity, ['toPick']);
	const steps = parts.map(
		({ from, quantity }: { from: CountName; quantity: number }): UnitStep => ({
			lineId,
			sku,
			quantity,
			count: { from, to: 'short' },
			bucket: { from: 'allocated', to: shortBucket[reason] },
			putBack: 0,
		}),
	);
	const first = steps[0];
	if (!first) return applied([]);
	return applied(
		[{ kind: 'units_short', steps, reason }],
		[
			{
				exceptionKind: 'units_short',
				priority: 'normal',
				sku,
				quantity: first.quantity,
				shortReason: reason,
				fact: `${first.quantity} × ${sku} short: ${reason}`,
				plan: `${fulfillmentOrder.number} promises them`,
			},
		],
	);
}

export function decidePutBack(fulfillmentOrder: FulfillmentOrder, { payload }: Statement<'put_back'>): Decision {
	const task = fulfillmentOrder.putBack.find(({ sku }) => sku === payload.sku);
	const quantity = Math.min(payload.quantity, task?.quantity ?? 0);
	if (quantity === 0) return applied([]);
	const bucket = { from: 'picked', to: 'available' } as const;
	const step = { lineId: '', sku: payload.sku, quantity, count: null, bucket, putBack: -quantity };
	return applied([{ kind: 'put_back', steps: nameSteps([step], [payload]) }]);
}
