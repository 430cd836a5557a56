import { type Static, Type } from 'typebox';
import { Count, Id, Instant, OneOf, PlainDate, Quantity, ShortText } from './field.ts';
import { Customer } from './order.ts';

export const reservationStates = ['held', 'fulfilled', 'released', 'expired'] as const;

/** A soft claim on stock of one site that expires: for a customer at the counter, or for a channel while somebody pays. */
export const Reservation = Type.Object({
	id: Id,
	kind: Type.Literal('reservation'),
	siteId: Id,
	channel: ShortText,
	customer: Type.Optional(Customer),
	state: OneOf(reservationStates),
	lines: Type.Array(
		Type.Object({
			sku: Id,
			name: ShortText,
			quantity: Quantity,
			/** Of these, units that an order or a sale has taken by now; absent for none. */
			fulfilled: Type.Optional(Count),
			/** They are still to come, on this day in the site's time zone; absent for what is there. */
			expectedOn: Type.Optional(PlainDate),
		}),
	),
	/** Units that were asked for and that nobody had: the channel was content with a part. */
	missing: Type.Optional(Type.Array(Type.Object({ sku: Id, quantity: Quantity }))),
	/** The reservation of which this is the part at another site. */
	partOf: Type.Optional(Id),
	reservedAt: Instant,
	expiresAt: Instant,
});
export type Reservation = Readonly<Static<typeof Reservation>>;
