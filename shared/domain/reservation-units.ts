import type { Reservation } from '../schema/reservation.ts';

/** Whether a reservation still claims its units. One that has expired claims nothing, even before anybody has written that down. */
export function isHeld({ state, expiresAt }: Reservation, now: Temporal.Instant): boolean {
	return state === 'held' && Temporal.Instant.compare(Temporal.Instant.from(expiresAt), now) > 0;
}

/** The units that nobody has taken from a reservation yet, by SKU; it says nothing of whether it is still held. */
export function unitsHeld({ lines }: Reservation): Map<string, number> {
	const held = new Map<string, number>();
	for (const { sku, quantity, fulfilled = 0 } of lines) held.set(sku, quantity - fulfilled + (held.get(sku) ?? 0));
	return held;
}

/** A reservation after an order or a sale has taken units from it, as far as it has them; fulfilled when nothing is left in it. */
export function takeFromReservation(
	reservation: Reservation,
	units: readonly { readonly sku: string; readonly units: number }[],
): Reservation {
	const wanted = new Map<string, number>();
	for (const { sku, units: each } of units) wanted.set(sku, each + (wanted.get(sku) ?? 0));
	const lines = reservation.lines.map((line) => {
		const { sku, quantity, fulfilled = 0 } = line;
		const taken = Math.min(quantity - fulfilled, wanted.get(sku) ?? 0);
		if (taken === 0) return line;
		wanted.set(sku, (wanted.get(sku) ?? 0) - taken);
		return { ...line, fulfilled: fulfilled + taken };
	});
	const isEmpty = lines.every(({ quantity, fulfilled = 0 }) => fulfilled === quantity);
	return { ...reservation, lines, state: isEmpty ? 'fulfilled' : reservation.state };
}
