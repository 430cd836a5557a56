import type { ExceptionCase } from '../schema/exception-case.ts';
import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import { applied, type Decision, refused, type Statement, type UnitStep } from './decision.ts';
import { totalOf } from './fulfillment-state.ts';

/** Everything that has not left goes back: what lies in its bin is free at once, what is in hand becomes a task. */
export function releasingSteps(fulfillmentOrder: FulfillmentOrder): readonly UnitStep[] {
	return fulfillmentOrder.lines.flatMap((line) => {
		const { lineId, sku, quantities } = line;
		const step = (from: 'toPick' | 'picked' | 'packed' | 'staged', bucket: UnitStep['bucket']): UnitStep => ({
			lineId,
			sku,
			quantity: quantities[from],
			count: { from, to: 'cancelled' },
			bucket,
			putBack: from === 'toPick' ? 0 : quantities[from],
		});
		return [
			step('toPick', { from: 'allocated', to: 'available' }),
			step('picked', null),
			step('packed', null),
			step('staged', { from: 'staged', to: 'picked' }),
		].filter(({ quantity }) => quantity > 0);
	});
}

/** A cancellation is refused only when nothing is left that it could stop. */
export function decideCancel(fulfillmentOrder: FulfillmentOrder, { payload }: Statement<'cancel'>): Decision {
	const steps = releasingSteps(fulfillmentOrder);
	if (fulfillmentOrder.state === 'moved') return refused('already_moved');
	if (steps.length > 0) return applied([{ kind: 'cancelled', steps, reason: payload.reason }]);
	if (totalOf(fulfillmentOrder.lines, 'shipped') > 0) return refused('already_shipped');
	if (totalOf(fulfillmentOrder.lines, 'handedOver') > 0) return refused('already_handed_over');
	return refused('already_cancelled');
}

/** A site may give an FO back only while nothing of it is in anybody's hand. */
export function decideDecline(fulfillmentOrder: FulfillmentOrder, { payload }: Statement<'decline'>): Decision {
	const { lines, state } = fulfillmentOrder;
	if (state === 'moved') return refused('already_moved');
	if (state === 'cancelled' || state === 'declined') return refused('already_cancelled');
	const touched = (['picked', 'packed', 'staged', 'shipped', 'handedOver'] as const).some(
		(name) => totalOf(lines, name) > 0,
	);
	if (touched) return refused('already_started');
	return applied([{ kind: 'declined', steps: releasingSteps(fulfillmentOrder), reason: payload.reason }]);
}

export function decideResolveException(
	exceptionCase: ExceptionCase | undefined,
	{ payload }: Statement<'resolve_exception'>,
): Decision {
	if (!exceptionCase) return refused('not_found');
	if (exceptionCase.state === 'resolved') return refused('already_resolved');
	return applied([{ kind: 'exception_resolved', steps: [], note: payload.note }]);
}
