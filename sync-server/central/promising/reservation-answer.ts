import { type Static, Type } from 'typebox';
import { isHeld } from '../../../shared/domain/reservation-units.ts';
import { Id } from '../../../shared/schema/field.ts';
import { Reservation } from '../../../shared/schema/reservation.ts';

const { siteId, partOf, lines, ...fields } = Reservation.properties;

/** A reservation as its channel sees it: all of its parts, each line with its site. */
export const ReservationAnswer = Type.Object({
	...fields,
	/** Where all of it is at one site. */
	siteId: Type.Optional(siteId),
	lines: Type.Array(Type.Object({ ...lines.items.properties, siteId: Id })),
});
export type ReservationAnswer = Readonly<Static<typeof ReservationAnswer>>;

/** The first of the parts is the one by whose id the reservation is known. */
export function reservationAnswer(parts: readonly Reservation[], now: Temporal.Instant): ReservationAnswer {
	const main = parts.find((part) => part.partOf === undefined) ?? parts[0];
	if (main === undefined) throw new Error('A reservation has no part.');
	const { partOf: _, siteId: mainSite, lines: __, ...rest } = main;
	return {
		...rest,
		...(parts.length === 1 ? { siteId: mainSite } : {}),
		state: stateOf(parts, now),
		lines: parts.flatMap((part) => part.lines.map((line) => ({ ...line, siteId: part.siteId }))),
	};
}

/** Held while a part is; one whose time has passed has expired, even before it has been swept. */
function stateOf(parts: readonly Reservation[], now: Temporal.Instant): Reservation['state'] {
	const states = new Set(
		parts.map((part) => (part.state === 'held' && !isHeld(part, now) ? ('expired' as const) : part.state)),
	);
	if (states.has('held')) return 'held';
	if (states.size === 1 && states.has('fulfilled')) return 'fulfilled';
	return states.has('expired') ? 'expired' : 'released';
}
