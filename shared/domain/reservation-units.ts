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

/** Of what a reservation holds, the units that are there already, by SKU. */
export function unitsThere(reservation: Reservation): Map<string, number> {
	return unitsHeld({ ...reservation, lines: reservation.lines.filter(({ expectedOn }) => expectedOn === undefined) });
}

/**
 * A reservation after goods have come that it has waited for: units that were expected first are there now.
 * @param come units of each SKU that were set aside for it
 */
export function withArrivals(reservation: Reservation, come: ReadonlyMap<string, number>): Reservation {
	const left = new Map(come);
	const lines = [...reservation.lines]
		.sort((a, b) => ((a.expectedOn ?? '') < (b.expectedOn ?? '') ? -1 : 1))
		.flatMap((line) => {
			const { sku, quantity, fulfilled = 0, expectedOn, ...rest } = line;
			const here = expectedOn === undefined ? 0 : Math.min(quantity - fulfilled, left.get(sku) ?? 0);
			if (here === 0) return [line];
			left.set(sku, (left.get(sku) ?? 0) - here);
			const there = { ...rest, sku, quantity: here + fulfilled, ...(fulfilled > 0 ? { fulfilled } : {}) };
			return quantity - fulfilled === here
				? [there]
				: [there, { ...rest, sku, quantity: quantity - fulfilled - here, expectedOn }];
		});
	return { ...reservation, lines: together(lines) };
}

type Lines = Reservation['lines'];

/** Lines of one SKU that are due on the same day are one. */
function together(lines: Lines): Lines {
	const groups = Map.groupBy(lines, ({ sku, expectedOn = '' }) => `${sku} ${expectedOn}`);
	return [...groups.values()].flatMap((same) => {
		const [first] = same;
		if (first === undefined) return [];
		const fulfilled = same.reduce((sum, each) => sum + (each.fulfilled ?? 0), 0);
		const quantity = same.reduce((sum, each) => sum + each.quantity, 0);
		return [{ ...first, quantity, ...(fulfilled > 0 ? { fulfilled } : {}) }];
	});
}

/** A reservation after an order or a sale has taken units from it, as far as it has them; fulfilled when nothing is left in it. */
export function takeFromReservation(
	reservation: Reservation,
	units: readonly { readonly sku: string; readonly units: number }[],
): Reservation {
	const wanted = new Map<string, number>();
	for (const { sku, units: each } of units) wanted.set(sku, each + (wanted.get(sku) ?? 0));
	const take = (line: Lines[number]) => {
		const { sku, quantity, fulfilled = 0 } = line;
		const taken = Math.min(quantity - fulfilled, wanted.get(sku) ?? 0);
		if (taken === 0) return line;
		wanted.set(sku, (wanted.get(sku) ?? 0) - taken);
		return { ...line, fulfilled: fulfilled + taken };
	};
	// What is there goes first.
	const there = reservation.lines.map((line) => (line.expectedOn === undefined ? take(line) : line));
	const lines = there.map((line) => (line.expectedOn === undefined ? line : take(line)));
	const isEmpty = lines.every(({ quantity, fulfilled = 0 }) => fulfilled === quantity);
	return { ...reservation, lines, state: isEmpty ? 'fulfilled' : reservation.state };
}
