import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Count, Gtin14, Id, Instant, OneOf, Quantity, ShortText, WeightGrams } from './field.ts';
import { Address, Customer, methods } from './order.ts';
import { RoutingReason } from './routing-decision.ts';
import { NamedUnits } from './stock-position.ts';

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
	shorts: Type.Array(
		Type.Object({
			reason: OneOf(shortReasons),
			quantity: Quantity,
			/** Another site fulfills these units now: found after all, they are not wanted here any more. */
			rerouted: Type.Optional(Type.Literal(true)),
		}),
	),
});
export type FulfillmentLine = Readonly<Static<typeof FulfillmentLine>>;

export const identityChecks = ['pass_code', 'order_number_and_name', 'photo_id'] as const;
export type IdentityCheck = (typeof identityChecks)[number];

/** What was drawn on the screen, in a field of 600 by 200: an SVG path of whole numbers, moves and lines only. */
export const Signature = Type.String({ maxLength: 20_000, pattern: '^(M\\d{1,3} \\d{1,3}(L\\d{1,3} \\d{1,3})+)+$' });

/** By what a handover can be shown later: who gave how much to whom, what was checked, and what the collector signed. */
export const HandoverProof = Type.Object({
	at: Instant,
	actorName: ShortText,
	collectedBy: ShortText,
	identityCheck: OneOf(identityChecks),
	units: Quantity,
	signature: Type.Optional(Signature),
});
export type HandoverProof = Readonly<Static<typeof HandoverProof>>;

export const Package = Type.Object({
	id: Id,
	lines: Type.Array(Type.Object({ lineId: Id, sku: Id, quantity: Quantity })),
	/** Which units they are, as far as it is known. */
	named: Type.Optional(Type.Array(NamedUnits)),
	weightGrams: WeightGrams,
	trackingNumber: Type.Union([ShortText, Type.Null()]),
	shippedAt: Type.Union([Instant, Type.Null()]),
	/** The label printed last, with the address on it; absent while none is printed. */
	label: Type.Optional(Type.Object({ shipTo: Address, printedAt: Instant })),
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
	/** Of what was taken for it, the units of which somebody has said which they are. */
	named: Type.Optional(Type.Array(NamedUnits)),
	/** Of the last handover. */
	handover: Type.Optional(HandoverProof),
	/** Who works on it, for the others of the site. */
	pickerName: Type.Union([ShortText, Type.Null()]),
	/** With the state `moved`: the fulfillment order of another site that took this one's place. */
	movedTo: Type.Optional(Type.Object({ fulfillmentOrderId: Id, siteId: Id, siteName: ShortText })),
	/** The fulfillment order of another site whose place this one took. */
	movedFrom: Type.Optional(Type.Object({ fulfillmentOrderId: Id, siteId: Id, siteName: ShortText })),
	/** Why it came to this site; absent where the customer or a person chose it. */
	routing: Type.Optional(RoutingReason),
});
export type FulfillmentOrder = Readonly<Static<typeof FulfillmentOrder>>;
