import { type Static, Type } from 'typebox';
import { Count, Gtin14, Id, Instant, LongText, OneOf, PlainDate, ShortText } from './field.ts';
import { AnnouncedUnit } from './purchase-order.ts';
import { NamedUnits } from './stock-position.ts';

export const transferStates = [
	'requested',
	'open',
	'in_transit',
	'received',
	'discrepancy',
	'declined',
	'cancelled',
] as const;

export const TransferLine = Type.Object({
	sku: Id,
	name: ShortText,
	gtins: Type.Array(Gtin14),
	/** None of a product that came unasked. */
	requested: Count,
	/** Picked and not put back, what of it was sent, and what could not be found at the sending site. */
	picked: Count,
	short: Count,
	sent: Count,
	/** What has come in good condition, and damaged. */
	received: Count,
	damaged: Count,
});
export type TransferLine = Readonly<Static<typeof TransferLine>>;

/** Goods that go from one site to another. Both sites see it. */
export const Transfer = Type.Object({
	id: Id,
	kind: Type.Literal('transfer'),
	number: Id,
	fromSiteId: Id,
	fromSiteName: ShortText,
	toSiteId: Id,
	toSiteName: ShortText,
	state: OneOf(transferStates),
	/** The sending site gives it of itself: nobody has asked for anything. */
	unasked: Type.Optional(Type.Literal(true)),
	requestedAt: Instant,
	requestedBy: ShortText,
	/** The day on which the receiving site may count on it. */
	expectedOn: PlainDate,
	/** Why it was declined or cancelled. */
	stoppedBecause: Type.Optional(LongText),
	sentAt: Type.Union([Instant, Type.Null()]),
	lines: Type.Array(TransferLine),
	/** Of what is picked and not sent, the units of which it is known which they are. */
	inHand: Type.Optional(Type.Array(NamedUnits)),
	/** The boxes that were packed for it, by their SSCC. */
	boxes: Type.Array(AnnouncedUnit),
});
export type Transfer = Readonly<Static<typeof Transfer>>;
