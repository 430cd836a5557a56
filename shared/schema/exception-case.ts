import { type Static, Type } from 'typebox';
import { type AdjustReason, adjustReasonNames } from './adjust-operation.ts';
import { Bin, Count, Id, Instant, LongText, OneOf, Position, SerialNumber, ShortText, Sscc } from './field.ts';
import { fulfillmentStates, HandoverProof, shortReasons } from './fulfillment-order.ts';
import { Address } from './order.ts';
import { ReturnRecord } from './return-case.ts';
import { siteBuckets, UnitIdentity } from './stock-position.ts';

export const exceptionKinds = [
	'surplus_pick',
	'picked_after_cancel',
	'fulfilled_after_cancel',
	'second_handover',
	'fulfilled_more_than_held',
	'returned_more_than_sold',
	'returned_twice',
	'label_void_shipped',
	'count_differs',
	'counted_late',
	'adjusted_over_limit',
	'closed_bin_used',
	'stock_below_zero',
	'operation_quarantined',
	'units_short',
	'not_enough_stock',
	'moved_back',
	'picked_after_move',
	'fulfilled_after_move',
	'delivery_differs',
	'received_after_close',
	'expired_received',
	'unit_received_twice',
	'serial_received_twice',
	'transfer_stopped',
	'transfer_units_short',
	'transfer_put_back',
	'sent_after_stop',
	'sent_more_than_picked',
	'duplicate_serial',
	'serial_not_here',
	'expired_picked',
	'promised_more_than_held',
	'reserved_supply_missing',
	'rights_written_off',
	'pickup_in_danger',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** What the screens build their sentences from; each kind fills what it speaks of. */
export const ExceptionDetail = Type.Object({
	sku: Type.Optional(Id),
	productName: Type.Optional(ShortText),
	/** The other site that has to do with it. */
	otherSiteName: Type.Optional(ShortText),
	quantity: Type.Optional(Type.Integer()),
	fulfillmentOrderNumber: Type.Optional(Id),
	/** The state in which central held the fulfillment order. */
	heldState: Type.Optional(OneOf(fulfillmentStates)),
	shortReason: Type.Optional(OneOf(shortReasons)),
	trackingNumber: Type.Optional(ShortText),
	/** The bucket that went below zero, and what it holds now. */
	bucket: Type.Optional(OneOf(siteBuckets)),
	unitsNow: Type.Optional(Type.Integer()),
	/** Units that came back for an order, and how many of them could. */
	cameBack: Type.Optional(Count),
	couldComeBack: Type.Optional(Count),
	/** The serial number that came in although it was there, or went out although it was not. */
	serial: Type.Optional(SerialNumber),
	expected: Type.Optional(Type.Integer()),
	counted: Type.Optional(Type.Integer()),
	/** The bin that the site has closed. */
	bin: Type.Optional(Bin),
	adjustReason: Type.Optional(Type.Unsafe<AdjustReason>(OneOf(adjustReasonNames))),
	/** The type of an operation that central could not apply, its place in its lane, and why. */
	operationType: Type.Optional(ShortText),
	operationSeq: Type.Optional(Position),
	problem: Type.Optional(ShortText),
	/** Both proofs of one pickup's handovers, the earlier first. */
	handovers: Type.Optional(Type.Array(HandoverProof)),
	/** All evidence of returns of the same goods, the earliest first. */
	returns: Type.Optional(Type.Array(ReturnRecord)),
	/** The purchase order or transfer that it is about, and its other side: a supplier, or another site. */
	supplyNumber: Type.Optional(Id),
	/** What was ordered or sent, and what came of it, by product. */
	differences: Type.Optional(
		Type.Array(Type.Object({ sku: Id, name: ShortText, expected: Count, received: Count, damaged: Count })),
	),
	/** Units of several products. */
	products: Type.Optional(Type.Array(Type.Object({ sku: Id, name: ShortText, quantity: Count }))),
	/** When the customer was told that the goods are ready. */
	promisedAt: Type.Optional(Instant),
	...UnitIdentity.properties,
	sscc: Type.Optional(Sscc),
	/** Why somebody declined, cancelled or wrote something off. */
	reason: Type.Optional(LongText),
	/** What stood on the label of a parcel that left, and where it should have gone. */
	labelAddress: Type.Optional(Address),
	orderAddress: Type.Optional(Address),
});
export type ExceptionDetail = Readonly<Static<typeof ExceptionDetail>>;

/** Something that needs a person. `fact` is what the device says, `plan` what central held to be true: both for logs, in English. */
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
	...ExceptionDetail.properties,
	fact: LongText,
	plan: LongText,
	/** Who asked a manager to look, and with what words. */
	askedBy: Type.Optional(ShortText),
	note: Type.Optional(LongText),
	resolvedBy: Type.Optional(ShortText),
	/** The operation that had been quarantined is applied since: somebody had it judged again. */
	appliedLater: Type.Optional(Type.Boolean()),
});
export type ExceptionCase = Readonly<Static<typeof ExceptionCase>>;
