import { type Static, Type } from 'typebox';
import { Id, Instant, LongText, OneOf, ShortText } from './field.ts';

export const exceptionKinds = [
	'surplus_pick',
	'picked_after_cancel',
	'fulfilled_after_cancel',
	'second_handover',
	'fulfilled_more_than_held',
	'returned_more_than_sold',
	'stock_below_zero',
	'operation_quarantined',
	'units_short',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** Something that needs a person. `fact` is what the device says, `plan` what central held to be true. */
export const ExceptionCase = Type.Object({
	id: Id,
	kind: Type.Literal('exception'),
	exceptionKind: OneOf(exceptionKinds),
	priority: OneOf(['high', 'normal']),
	state: OneOf(['open', 'resolved']),
	siteId: Id,
	operationId: Id,
	deviceId: Id,
	actorName: ShortText,
	openedAt: Instant,
	orderNumber: Type.Optional(Id),
	fulfillmentOrderId: Type.Optional(Id),
	sku: Type.Optional(Id),
	quantity: Type.Optional(Type.Integer()),
	fact: LongText,
	plan: LongText,
	resolvedBy: Type.Optional(ShortText),
});
export type ExceptionCase = Readonly<Static<typeof ExceptionCase>>;
