import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import { unitsWanted } from './units-wanted.ts';

/** What happened to an FO from elsewhere while somebody here works on it. */
export type OutsideChange =
	| { readonly kind: 'cancelled' }
	| { readonly kind: 'moved' }
	| { readonly kind: 'less_wanted'; readonly name: string; readonly wanted: number }
	| { readonly kind: 'other_picker'; readonly name: string }
	| { readonly kind: 'put_back'; readonly name: string; readonly quantity: number };

/**
 * Compares two states of one FO and says what the person at it must hear, or null. `after` is null when the FO has left this site's sight;
 * `ownName` is whoever is signed in here: what they do themselves is no news to them.
 */
export function outsideChange(
	before: FulfillmentOrder,
	after: FulfillmentOrder | null,
	ownName: string,
): OutsideChange | null {
	if (after === null) return { kind: 'moved' };
	const isElsewhere = after.state === 'declined' || after.state === 'moved';
	if (isElsewhere && before.state !== after.state) return { kind: 'moved' };
	// An FO of which nothing could be found ends as cancelled too; that is the picker's own doing.
	const hasMoreCancelled = after.lines.some(
		(line, index) => line.quantities.cancelled > (before.lines[index]?.quantities.cancelled ?? 0),
	);
	if (after.state === 'cancelled' && before.state !== 'cancelled' && hasMoreCancelled) return { kind: 'cancelled' };
	for (const line of after.lines) {
		const old = before.lines.find((each) => each.lineId === line.lineId);
		if (old !== undefined && unitsWanted(line) < unitsWanted(old)) {
			return { kind: 'less_wanted', name: line.name, wanted: unitsWanted(line) };
		}
	}
	for (const task of after.putBack) {
		const old = before.putBack.find((each) => each.sku === task.sku)?.quantity ?? 0;
		if (task.quantity > old) {
			const name = after.lines.find((line) => line.sku === task.sku)?.name ?? task.sku;
			return { kind: 'put_back', name, quantity: task.quantity };
		}
	}
	const { pickerName } = after;
	if (pickerName !== null && pickerName !== before.pickerName && pickerName !== ownName) {
		return { kind: 'other_picker', name: pickerName };
	}
	return null;
}
