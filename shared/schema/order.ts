import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Count, Id, Instant, LongText, OneOf, Quantity, ShortText } from './field.ts';
import { ReturnRecord } from './return-case.ts';

export const methods = ['ship', 'pickup'] as const;
export type Method = (typeof methods)[number];

export const Customer = Type.Object({
	name: ShortText,
	email: Type.Optional(Type.String({ maxLength: 254 })),
	phone: Type.Optional(Type.String({ maxLength: 40 })),
});
export type Customer = Readonly<Static<typeof Customer>>;

export const Address = Type.Object({
	line1: ShortText,
	town: ShortText,
	postalCode: ShortText,
	country: Type.String({ pattern: '^[A-Z]{2}$' }),
	lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
	lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
});
export type Address = Readonly<Static<typeof Address>>;

/** What a channel sends to have an order captured. The pair of channel and externalId makes it idempotent. */
export const OrderCapture = Type.Object(
	{
		channel: ShortText,
		externalId: ShortText,
		placedAt: Type.Optional(Instant),
		method: OneOf(methods),
		/** The store where a pickup order is collected. Without one, central chooses the nearest that can, and can be asked. */
		siteId: Type.Optional(Id),
		promisedAt: Type.Optional(Instant),
		/** The reservation that holds the units: its claim becomes the order's, at its site. */
		reservationId: Type.Optional(Id),
		currency: Type.String({ pattern: '^[A-Z]{3}$' }),
		customer: Customer,
		shipTo: Address,
		lines: Type.Array(
			Type.Object({
				sku: Id,
				quantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
				/** Without one, the catalog's price. */
				unitPriceMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
			}),
			{ minItems: 1, maxItems: 200 },
		),
	},
	{ additionalProperties: false },
);
export type OrderCapture = Readonly<Static<typeof OrderCapture>>;

/** Where the units of one order line are. They always sum to `ordered`. */
export const OrderLine = Type.Object({
	id: Id,
	sku: Id,
	name: ShortText,
	unitPrice: Money,
	ordered: Quantity,
	/** Not yet with the customer, and still meant to be. */
	open: Count,
	short: Count,
	cancelled: Count,
	/** Shipped or handed over, and not come back. */
	withCustomer: Count,
	returned: Count,
	/** Of the open units, those that no site could set aside. */
	unassigned: Count,
});
export type OrderLine = Readonly<Static<typeof OrderLine>>;

export const timelineWords = [
	'placed',
	'assigned',
	'not_enough_stock',
	'picking_started',
	'units_short',
	'packed',
	'shipped',
	'staged',
	'handed_over',
	'handed_over_again',
	'cancelled',
	'returned',
	'exchanged',
	'declined',
	'moved',
	'moved_back',
	'address_edited',
] as const;

/** One thing that happened to an order, as its timeline tells it. */
export const TimelineEntry = Type.Object({
	at: Instant,
	what: OneOf(timelineWords),
	/** The operation behind it; absent for what central did by itself. */
	operationId: Type.Optional(Id),
	actorName: Type.Optional(ShortText),
	siteId: Type.Optional(Id),
	fulfillmentOrderId: Type.Optional(Id),
	/** Units, where the word speaks of units. */
	quantity: Type.Optional(Count),
	/** A location, a tracking number or a reason, as the word needs. */
	detail: Type.Optional(LongText),
});
export type TimelineEntry = Readonly<Static<typeof TimelineEntry>>;

export const Order = Type.Object({
	id: Id,
	/** What the customer is told, and what the receipt's barcode carries. */
	number: Id,
	channel: ShortText,
	externalId: ShortText,
	placedAt: Instant,
	promisedAt: Instant,
	method: OneOf(methods),
	customer: Customer,
	/** Where it goes now. A fulfillment order's own copy is as old as that fulfillment order. */
	shipTo: Address,
	currency: Type.String({ pattern: '^[A-Z]{3}$' }),
	lines: Type.Array(OrderLine),
	fulfillments: Type.Array(
		Type.Object({ fulfillmentOrderId: Id, number: Id, siteId: Id, siteName: ShortText, method: OneOf(methods) }),
	),
	timeline: Type.Array(TimelineEntry),
	/** What came back, whether it was paid back or not. */
	returns: Type.Optional(Type.Array(ReturnRecord)),
});
export type Order = Readonly<Static<typeof Order>>;

export type OrderState = 'open' | 'partly_fulfilled' | 'fulfilled' | 'partly_returned' | 'returned' | 'cancelled';

/** An order's state follows from its lines; it is stored nowhere. */
export function orderState(order: Order): OrderState {
	const total = (count: (line: OrderLine) => number) => order.lines.reduce((sum, line) => sum + count(line), 0);
	const withCustomer = total((line) => line.withCustomer);
	const returned = total((line) => line.returned);
	const open = total((line) => line.open);
	if (returned > 0) return withCustomer > 0 || open > 0 ? 'partly_returned' : 'returned';
	if (open > 0) return withCustomer > 0 ? 'partly_fulfilled' : 'open';
	return withCustomer > 0 ? 'fulfilled' : 'cancelled';
}
