import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Id, Instant, OneOf, Quantity, ShortText } from './field.ts';

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
});
export type ReturnLine = Readonly<Static<typeof ReturnLine>>;

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
});
export type ReturnCase = Readonly<Static<typeof ReturnCase>>;
