import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Id, Instant, OneOf, Quantity, ShortText } from './field.ts';
import { UnitIdentity } from './stock-position.ts';

export const returnReasons = ['unwanted', 'damaged', 'wrong_item', 'not_as_described', 'too_late', 'other'] as const;
export const grades = ['as_new', 'opened', 'damaged', 'unsellable'] as const;
export const dispositions = ['restock', 'quarantine', 'damaged'] as const;
export type ReturnReason = (typeof returnReasons)[number];
export type Grade = (typeof grades)[number];
export type Disposition = (typeof dispositions)[number];

export const ReturnLine = Type.Object({
	lineId: Id,
	sku: Id,
	quantity: Quantity,
	reason: OneOf(returnReasons),
	grade: OneOf(grades),
	disposition: OneOf(dispositions),
	...UnitIdentity.properties,
});
export type ReturnLine = Readonly<Static<typeof ReturnLine>>;

export const returnProofs = ['receipt_scanned', 'number_typed', 'found_by_name'] as const;
export type ReturnProof = (typeof returnProofs)[number];

/** By what the goods were taken for those of the order, and what was noted about them. */
export const ReturnEvidence = Type.Object({
	proof: OneOf(returnProofs),
	conditionNote: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});
export type ReturnEvidence = Readonly<Static<typeof ReturnEvidence>>;

/** One return as its order remembers it: who took what back where, and by what evidence. */
export const ReturnRecord = Type.Object({
	returnId: Id,
	siteId: Id,
	actorName: ShortText,
	at: Instant,
	lines: Type.Array(Type.Object({ lineId: Id, sku: Id, quantity: Quantity })),
	/** What the customer took along instead: the sales that were made in exchange. */
	exchanges: Type.Optional(Type.Array(Type.Object({ saleId: Id, units: Quantity }))),
	/** Absent from the first release's returns, which asked for none. */
	evidence: Type.Optional(ReturnEvidence),
});
export type ReturnRecord = Readonly<Static<typeof ReturnRecord>>;

/** Goods of one order that came back at one site (RMA), with the instruction to pay the customer. */
export const ReturnCase = Type.Object({
	id: Id,
	kind: Type.Literal('return'),
	orderId: Id,
	orderNumber: Id,
	siteId: Id,
	state: OneOf(['settled', 'needs_review']),
	lines: Type.Array(ReturnLine),
	/** What the payment provider is told to pay back; nothing for units that were never sold. */
	refund: Money,
	receivedAt: Instant,
	actorName: ShortText,
	evidence: Type.Optional(ReturnEvidence),
});
export type ReturnCase = Readonly<Static<typeof ReturnCase>>;
