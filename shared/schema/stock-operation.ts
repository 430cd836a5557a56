import { Type } from 'typebox';
import { Bin, Gtin14, Id, LongText, OneOf, PlainDate, Quantity, ShortText, Sscc } from './field.ts';
import { shortReasons } from './fulfillment-order.ts';
import { IncomingLine } from './receipt.ts';
import { UnitIdentity } from './stock-position.ts';

/** The payloads of stock work: what is received, counted, moved or promised, rather than fulfilled for one order. */
export const MoveBetweenBins = Type.Object({
	sku: Id,
	quantity: Quantity,
	fromBin: Bin,
	toBin: Bin,
	...UnitIdentity.properties,
});

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

const SentUnits = { sku: Id, quantity: Quantity, ...UnitIdentity.properties };
const SentLines = Type.Array(Type.Object(SentUnits), { minItems: 1, maxItems: 200 });

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
export const PickTransfer = Type.Object({
	transferId: Id,
	...SentUnits,
	bin: Type.Optional(Bin),
	scannedCode: Type.Optional(ShortText),
});
export const PutBackTransfer = Type.Object({ transferId: Id, ...SentUnits, bin: Type.Optional(Bin) });
export const ShortTransfer = Type.Object({ transferId: Id, sku: Id, quantity: Quantity, reason: OneOf(shortReasons) });
export const PackTransfer = Type.Object({ transferId: Id, sscc: Sscc, lines: SentLines });
export const SendTransfer = Type.Object({ transferId: Id, lines: SentLines });
