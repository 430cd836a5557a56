import { Type } from 'typebox';
import { Count, Id, Instant, OneOf, ShortText } from '../../shared/schema/field.ts';
import { Order } from '../../shared/schema/order.ts';
import { Site } from '../../shared/schema/site.ts';

/** The most SKUs whose availability one request may ask for. */
const mostSkus = 100;

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
	},
	{ additionalProperties: false },
);

export const SitesAnswer = Type.Object({ sites: Type.Array(Site) });

export const AvailabilityQuery = Type.Object({
	sku: Type.Array(Type.String(askedId), { minItems: 1, maxItems: mostSkus, description: 'May be repeated' }),
});

export const AvailabilityAnswer = Type.Object({
	asOf: Instant,
	availability: Type.Array(
		Type.Object({
			sku: Id,
			name: ShortText,
			/** Of all sites together. */
			available: Count,
			/** Sites that hold the SKU or did so once, even if nothing is left. */
			sites: Type.Array(Type.Object({ siteId: Id, siteName: ShortText, available: Count })),
		}),
	),
	/** SKUs that are not in the catalog. */
	unknownSkus: Type.Array(Id),
});
