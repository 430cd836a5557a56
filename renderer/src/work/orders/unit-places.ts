import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { OrderLine } from '../../../../shared/schema/order.ts';

export const unitPlaces = [
	'unassigned',
	'to_pick',
	'picked',
	'packed',
	'on_shelf',
	'elsewhere',
	'with_customer',
	'returned',
	'short',
	'cancelled',
] as const;
export type UnitPlace = (typeof unitPlaces)[number];

/** Units of one line at one place; `detail` is the shelf or the other site. */
export interface UnitsAtPlace {
	readonly place: UnitPlace;
	readonly quantity: number;
	readonly detail?: string | undefined;
}

/**
 * Where each unit of an order line is now. The open ones are told apart by this site's fulfillment orders; what is open and in none of
 * them is another site's, or nobody's. The quantities sum to what was ordered.
 */
export function unitPlacesOf(
	line: OrderLine,
	fulfillmentsHere: readonly FulfillmentOrder[],
	otherSiteNames: readonly string[],
): readonly UnitsAtPlace[] {
	const places: UnitsAtPlace[] = [];
	const add = (place: UnitPlace, quantity: number, detail?: string) => {
		if (quantity > 0) places.push({ place, quantity, detail });
	};
	let elsewhere = line.open - line.unassigned;
	add('unassigned', line.unassigned);
	for (const { lines, stagedAt } of fulfillmentsHere) {
		for (const { lineId, quantities } of lines) {
			if (lineId !== line.id) continue;
			add('to_pick', quantities.toPick);
			add('picked', quantities.picked);
			add('packed', quantities.packed);
			add('on_shelf', quantities.staged, stagedAt ?? undefined);
			elsewhere -= quantities.toPick + quantities.picked + quantities.packed + quantities.staged;
		}
	}
	add('elsewhere', elsewhere, otherSiteNames.join(', '));
	add('with_customer', line.withCustomer);
	add('returned', line.returned);
	add('short', line.short);
	add('cancelled', line.cancelled);
	return places;
}
