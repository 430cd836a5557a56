import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import {
	Bin,
	Gtin14,
	Id,
	Instant,
	LongText,
	OneOf,
	PlainDate,
	Quantity,
	ShortText,
	Sscc,
	WeightGrams,
} from './field.ts';
import { shortReasons } from './fulfillment-order.ts';
import { Customer, OrderCapture } from './order.ts';
import { IncomingLine } from './receipt.ts';
import { NamedUnits, UnitIdentity } from './stock-position.ts';

/** The payloads of stock work: what is received, counted, moved or promised, rather than fulfilled for one order. */
export const MoveBetweenBins = Type.Object({
	sku: Id,
	quantity: Quantity,
	fromBin: Bin,
	toBin: Bin,
	...UnitIdentity.properties,
});

/** `binClosureId` follows from the site and the bin. */
const OneBin = { binClosureId: Id, bin: Bin };
export const CloseBin = Type.Object({ ...OneBin, reason: LongText });
export const OpenBin = Type.Object(OneBin);

/** What a receipt is against: at most one of them. */
const ReceiptTarget = { receiptId: Id, purchaseOrderId: Type.Optional(Id), transferId: Type.Optional(Id) };

export const Receive = Type.Object({
	...ReceiptTarget,
	lines: Type.Array(IncomingLine, { minItems: 1, maxItems: 200 }),
});
/** Lines of a receipt that were a mistake. */
export const UndoReceive = Type.Object({
	...ReceiptTarget,
	lineIds: Type.Array(Id, { minItems: 1, maxItems: 200 }),
});
/** Its author is done; `complete` says that nothing more is to come of the order or transfer. */
export const CloseReceipt = Type.Object({ ...ReceiptTarget, complete: Type.Boolean() });

const SentLines = Type.Array(NamedUnits, { minItems: 1, maxItems: 200 });

/** Asked for by the site that is to get the goods. */
export const RequestTransfer = Type.Object({
	transferId: Id,
	number: Id,
	fromSiteId: Id,
	fromSiteName: ShortText,
	toSiteName: ShortText,
	expectedOn: PlainDate,
	lines: Type.Array(Type.Object({ sku: Id, name: ShortText, gtins: Type.Array(Gtin14), quantity: Quantity }), {
		minItems: 1,
		maxItems: 200,
	}),
});
/** By the site that asked, or, as a decline, by the site that was asked. */
export const StopTransfer = Type.Object({ transferId: Id, reason: LongText });
/** Goods that a site gets ready for another one without having been asked: what is picked for it then makes its lines. */
export const OpenTransfer = Type.Object({
	transferId: Id,
	number: Id,
	fromSiteName: ShortText,
	toSiteId: Id,
	toSiteName: ShortText,
	expectedOn: PlainDate,
});
export const PickTransfer = Type.Object({
	transferId: Id,
	...NamedUnits.properties,
	/** Of a product that was not asked for, as the device's catalog has it. */
	name: Type.Optional(ShortText),
	gtins: Type.Optional(Type.Array(Gtin14, { maxItems: 21 })),
	bin: Type.Optional(Bin),
	scannedCode: Type.Optional(ShortText),
});
export const PutBackTransfer = Type.Object({ transferId: Id, ...NamedUnits.properties, bin: Type.Optional(Bin) });
export const ShortTransfer = Type.Object({ transferId: Id, sku: Id, quantity: Quantity, reason: OneOf(shortReasons) });
export const PackTransfer = Type.Object({ transferId: Id, sscc: Sscc, lines: SentLines });
export const SendTransfer = Type.Object({ transferId: Id, lines: SentLines });
const mostLines = 200;

/** Units that the device takes from its own selling rights; more than the lines ask for count for nothing. */
export const RightUnits = Type.Array(Type.Object({ sku: Id, quantity: Quantity }), { maxItems: mostLines });
export type RightUnits = Readonly<Static<typeof RightUnits>>;

/** Ordered goods as the device knew them, so that it can show the order at once. Central takes its own catalog's instead. */
export const CapturedGoods = Type.Object({
	sku: Id,
	name: ShortText,
	gtins: Type.Array(Gtin14, { maxItems: 21 }),
	unitPrice: Money,
	unitWeightGrams: WeightGrams,
	bin: Type.String({ maxLength: 40 }),
});
export type CapturedGoods = Readonly<Static<typeof CapturedGoods>>;

/** An order taken at a site, which fulfills it. The device names the order and its part, so that work on it can begin at once. */
export const CaptureAtSite = Type.Object({
	orderId: Id,
	fulfillmentOrderId: Id,
	/** Short and readable, as `orderNumberOf` makes it from the order's id. */
	orderNumber: Type.String({ minLength: 1, maxLength: 40 }),
	passCode: ShortText,
	siteName: ShortText,
	capture: OrderCapture,
	goods: Type.Array(CapturedGoods, { minItems: 1, maxItems: mostLines }),
	rights: RightUnits,
});

export const ReserveStock = Type.Object({
	reservationId: Id,
	lines: Type.Array(Type.Object({ sku: Id, name: ShortText, quantity: Quantity }), {
		minItems: 1,
		maxItems: mostLines,
	}),
	customer: Type.Optional(Customer),
	expiresAt: Instant,
	rights: RightUnits,
});

export const ReleaseReservation = Type.Object({ reservationId: Id });

/** Goods that somebody has bought and taken along. */
export const Sell = Type.Object({
	saleId: Id,
	lines: Type.Array(Type.Object({ sku: Id, quantity: Quantity, ...UnitIdentity.properties }), {
		minItems: 1,
		maxItems: mostLines,
	}),
	/** For whom they were kept. */
	reservationId: Type.Optional(Id),
	/** In exchange: the order of which goods came back, and the return with which they did. */
	orderId: Type.Optional(Id),
	orderNumber: Type.Optional(Id),
	returnId: Type.Optional(Id),
	rights: RightUnits,
});

/** The device gives back what central wants to have, after all that it has promised before. */
export const ReleaseRights = Type.Object({ rights: RightUnits });
