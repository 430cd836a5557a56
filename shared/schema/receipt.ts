import { type Static, Type } from 'typebox';
import { Bin, Id, Instant, OneOf, Quantity, ShortText, Sscc } from './field.ts';
import { UnitIdentity } from './stock-position.ts';

export const receivedConditions = ['good', 'damaged'] as const;

/** Goods as somebody counted them in. Its id is the device's own, so that the same line is never counted twice. */
export const IncomingLine = Type.Object({
	lineId: Id,
	sku: Id,
	name: ShortText,
	quantity: Quantity,
	condition: OneOf(receivedConditions),
	bin: Type.Optional(Bin),
	...UnitIdentity.properties,
	/** The logistic unit in which they came. */
	sscc: Type.Optional(Sscc),
});
export type IncomingLine = Readonly<Static<typeof IncomingLine>>;

export const ReceivedLine = Type.Object({
	...IncomingLine.properties,
	/** Where its units went: what has expired is nobody's to sell. */
	bucket: OneOf(['available', 'damaged', 'quarantine']),
	/** Why it counts no more: its units had come before, or it was a mistake. */
	notCounted: Type.Optional(OneOf(['received_before', 'taken_back'])),
});
export type ReceivedLine = Readonly<Static<typeof ReceivedLine>>;

/** What a receipt is against: a purchase order, a transfer, or nothing that anybody announced. */
export const ReceivedAgainst = Type.Object({ kind: OneOf(['purchase_order', 'transfer']), id: Id });
export type ReceivedAgainst = Readonly<Static<typeof ReceivedAgainst>>;

/** Goods that came in at one site in one go, by one person. Several people may receive the same order at once, each with a receipt of their own. */
export const Receipt = Type.Object({
	id: Id,
	kind: Type.Literal('receipt'),
	siteId: Id,
	against: Type.Union([ReceivedAgainst, Type.Null()]),
	/** Closed: this person is done. */
	state: OneOf(['open', 'closed']),
	lines: Type.Array(ReceivedLine),
	openedAt: Instant,
	actorName: ShortText,
});
export type Receipt = Readonly<Static<typeof Receipt>>;
