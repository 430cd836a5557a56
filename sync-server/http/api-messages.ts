import { Type } from 'typebox';
import { mostSkusAsked } from '../../shared/schema/availability.ts';
import { OneOf } from '../../shared/schema/field.ts';
import { Order } from '../../shared/schema/order.ts';

/** No id has a control character; PostgreSQL refuses a NUL in a question, too. */
export const askedId = { minLength: 1, maxLength: 100, pattern: '^[^\\x00-\\x1f]+$' } as const;

export const OrderAnswer = Type.Object({
	...Order.properties,
	/** Follows from the lines. */
	state: OneOf(['open', 'partly_fulfilled', 'fulfilled', 'partly_returned', 'returned', 'cancelled']),
});

export const OrderParams = Type.Object({
	id: Type.String({ ...askedId, description: "The order's id or its number" }),
});

export const FulfillmentOrderParams = Type.Object({
	id: Type.String({ ...askedId, description: 'The id of the fulfillment order, as its order names it' }),
});

export const MoveBody = Type.Object(
	{
		siteId: Type.String({ ...askedId, description: 'The site that is to fulfill it from now on' }),
		evenIfStarted: Type.Optional(
			Type.Boolean({ description: 'Also when units are picked already: the first site then puts them back' }),
		),
		override: Type.Optional(
			Type.Boolean({
				description: 'Also with units that the rules keep back at that site, or forbid to be sent from it',
			}),
		),
	},
	{ additionalProperties: false },
);

export const AvailabilityQuery = Type.Object({
	sku: Type.Array(Type.String(askedId), { minItems: 1, maxItems: mostSkusAsked, description: 'May be repeated' }),
});
