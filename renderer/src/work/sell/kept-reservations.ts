import { isHeld } from '../../../../shared/domain/reservation-units.ts';
import type { Reservation } from '../../../../shared/schema/reservation.ts';

/** The reservations that still keep goods, the one that ends first on top. */
export function keptReservations(all: readonly Reservation[], now: Temporal.Instant): readonly Reservation[] {
	const endOf = ({ expiresAt }: Reservation) => Temporal.Instant.from(expiresAt).epochMilliseconds;
	return all
		.filter((each) => isHeld(each, now))
		.map((each) => ({ each, end: endOf(each) }))
		.sort((a, b) => a.end - b.end || (a.each.id < b.each.id ? -1 : 1))
		.map(({ each }) => each);
}
