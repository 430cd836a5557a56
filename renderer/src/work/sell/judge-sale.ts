import { isHeld, unitsThere } from '../../../../shared/domain/reservation-units.ts';
import type { Reservation } from '../../../../shared/schema/reservation.ts';
import { type Basket, unitsWanted } from './basket.ts';

/** What the books have of a product on the shelf of this site. */
export interface OnShelf {
	readonly available: number;
	readonly allocated: number;
}

/** A product of which a sale takes units that were promised to somebody, or that the books don't have at all. */
export interface Hurt {
	readonly sku: string;
	readonly name: string;
	/** Units of the sale that lie free here. */
	readonly free: number;
	/** Units of the sale that are kept for customers or set aside for orders. */
	readonly promised: number;
	/** Units of the sale that the books have nowhere on the shelf. */
	readonly unknown: number;
}

/**
 * What a walk-in sale takes away from others. It is never refused: the goods are in the customer's hands.
 * @param own the reservation that is being fulfilled, whose units are this customer's
 */
export function hurtBySale(
	basket: Basket,
	shelf: ReadonlyMap<string, OnShelf>,
	reservations: readonly Reservation[],
	own: string | null,
	now: Temporal.Instant,
): readonly Hurt[] {
	const kept = new Map<string, number>();
	for (const reservation of reservations) {
		if (reservation.id === own || !isHeld(reservation, now)) continue;
		for (const [sku, units] of unitsThere(reservation)) kept.set(sku, (kept.get(sku) ?? 0) + units);
	}
	return [...unitsWanted(basket)].flatMap(([sku, wanted]) => {
		const { available, allocated } = shelf.get(sku) ?? { available: 0, allocated: 0 };
		const inBooks = Math.max(0, available + allocated);
		const free = Math.min(wanted, Math.max(0, available - (kept.get(sku) ?? 0)));
		const promised = Math.min(wanted - free, Math.max(0, inBooks - free));
		const unknown = wanted - free - promised;
		const name = basket.lines.find((line) => line.sku === sku)?.name ?? sku;
		return promised + unknown === 0 ? [] : [{ sku, name, free, promised, unknown }];
	});
}
