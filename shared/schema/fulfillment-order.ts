import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Count, Gtin14, Id, Instant, OneOf, Quantity, ShortText, WeightGrams } from './field.ts';
import { Address, Customer, methods } from './order.ts';

export const fulfillmentStates = [
	'assigned',
	'picking',
	'picked',
	'packed',
	'shipped',
	'ready',
	'handed_over',
	'declined',
	'moved',
	'cancelled',
] as const;
export type FulfillmentState = (typeof fulfillmentStates)[number];

export const shortReasons = ['not_found', 'damaged', 'not_sellable'] as const;
export type ShortReason = (typeof shortReasons)[number];

/** Where each unit of a line is now. The counts always sum to `ordered`. */
export const FulfillmentQuantities = Type.Object({
	toPick: Count,
	picked: Count,
	packed: Count,
	staged: Count,
	shipped: Count,
	handedOver: Count,
	short: Count,
	cancelled: Count,
});
export type FulfillmentQuantities = Readonly<Static<typeof FulfillmentQuantities>>;

export const FulfillmentLine = Type.Object({
	/** The id of the order line that it fulfills. */
	lineId: Id,
	sku: Id,
	name: ShortText,
	gtins: Type.Array(Gtin14),
	bin: Type.String({ maxLength: 40 }),
	unitPrice: Money,
	unitWeightGrams: WeightGrams,
	ordered: Quantity,
	quantities: FulfillmentQuantities,
	shorts: Type.Array(Type.Object({ reason: OneOf(shortReasons), quantity: Quantity })),
});
export type FulfillmentLine = Readonly<Static<typeof FulfillmentLine>>;

export const Package = Type.Object({
	id: Id,
	lines: Type.Array(Type.Object({ lineId: Id, sku: Id, quantity: Quantity })),
	weightGrams: WeightGrams,
	trackingNumber: Type.Union([ShortText, Type.Null()]),
	shippedAt: Type.Union([Instant, Type.Null()]),
});
export type Package = Readonly<Static<typeof Package>>;

/** The part of an order that one site fulfills by one method. */
export const FulfillmentOrder = Type.Object({
	id: Id,
	kind: Type.Literal('fulfillment_order'),
	number: Id,
	orderId: Id,
	orderNumber: Id,
	siteId: Id,
	method: OneOf(methods),
	state: OneOf(fulfillmentStates),
	promisedAt: Instant,
	customer: Customer,
	shipTo: Address,
	/** What the customer shows to collect: six characters, also behind the pass's QR code. */
	passCode: Type.String({ maxLength: 12 }),
	lines: Type.Array(FulfillmentLine),
	packages: Type.Array(Package),
	/** The staging location where the picked goods wait. */
	stagedAt: Type.Union([ShortText, Type.Null()]),
	/** Units in hand that this FO does not need (any more) and that must go back to their bin. */
	putBack: Type.Array(Type.Object({ sku: Id, quantity: Quantity })),
	/** Who works on it, for the others of the site. */
	pickerName: Type.Union([ShortText, Type.Null()]),
	/** With the state `moved`: the fulfillment order of another site that took this one's place. */
	movedTo: Type.Optional(Type.Object({ fulfillmentOrderId: Id, siteId: Id, siteName: ShortText })),
	/** The fulfillment order of another site whose place this one took. */
	movedFrom: Type.Optional(Type.Object({ fulfillmentOrderId: Id, siteId: Id, siteName: ShortText })),
});
export type FulfillmentOrder = Readonly<Static<typeof FulfillmentOrder>>;
