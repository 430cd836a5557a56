import { type Static, Type } from 'typebox';
import { Count, Id, Instant, OneOf, PlainDate, ShortText } from './field.ts';
import { Address, methods } from './order.ts';

/** The most SKUs that one question may be about. */
export const mostSkusAsked = 200;

/** No id has a control character; PostgreSQL refuses a NUL in a question, too. */
const AskedId = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\x00-\\x1f]+$' });
const strict = { additionalProperties: false } as const;

/** What may be promised of some SKUs: from which sites, from when on, and how certainly. */
export const AvailabilityQuestion = Type.Object(
	{
		lines: Type.Array(
			Type.Object(
				{
					sku: AskedId,
					/** Units that are wanted: the answer then says when each site can have them ready. */
					quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
				},
				strict,
			),
			{ minItems: 1, maxItems: mostSkusAsked },
		),
		/** The only sites that are asked about; all of them without it. */
		siteIds: Type.Optional(Type.Array(AskedId, { minItems: 1, maxItems: 1000, uniqueItems: true })),
		/** Where the goods are wanted: the nearest sites come first. */
		place: Type.Optional(Type.Pick(Address, ['postalCode', 'country', 'lat', 'lon'], strict)),
		/** Without one, a site counts that may promise by any method. */
		method: Type.Optional(OneOf(methods)),
		channel: Type.Optional(ShortText),
	},
	strict,
);
export type AvailabilityQuestion = Readonly<Static<typeof AvailabilityQuestion>>;

const Certainty = Type.Number({ minimum: 0, maximum: 1 });

/** From a day on, in the site's time zone, so many units can be promised in all, and how certain it is that all of them will be there. */
export const AvailabilityBucket = Type.Object({ from: PlainDate, units: Count, certainty: Certainty });

/** When a wanted quantity can be ready: collected or handed to the carrier. */
export const EarliestPromise = Type.Object({ readyAt: Instant, certainty: Certainty });

export const notNowReasons = ['quiet', 'closed'] as const;

/** Why a site's stock can't be promised now, whatever there is. */
export const NotNow = Type.Object({
	/** `quiet`: none of its devices was heard of for an hour in which it was open. `closed`: today, in spite of its opening hours. */
	reason: OneOf(notNowReasons),
	/** The same in words. */
	message: ShortText,
	/** Of a closed site: the day on which it opens, and from which on its buckets are. */
	opensOn: Type.Optional(PlainDate),
});
export type NotNow = Readonly<Static<typeof NotNow>>;

export const SiteAvailability = Type.Object({
	siteId: Id,
	siteName: ShortText,
	/** Units that can be promised at once. */
	available: Count,
	/** Growing: the units of earlier buckets are among those of later ones. */
	buckets: Type.Array(AvailabilityBucket),
	/** Units on the shelf that no order has, by the ledger: below zero where more went out than was known of. */
	onHand: Type.Integer(),
	/** Of them, those that are reserved or given out as selling rights, and those that rules keep back. */
	claimed: Count,
	keptBack: Count,
	/** Somebody looked for it in vain, and nobody has counted it since. */
	inDoubt: Type.Optional(Type.Boolean()),
	/** Names of the rules that forbid a promise. */
	because: Type.Optional(Type.Array(ShortText)),
	/** Nothing is available now, and nobody gets a reservation there: why. */
	notNow: Type.Optional(NotNow),
	/** Distance to the place of the question. */
	kilometers: Type.Optional(Type.Number()),
	/** With a quantity: absent where the site will not have it. */
	earliest: Type.Optional(EarliestPromise),
});
export type SiteAvailability = Readonly<Static<typeof SiteAvailability>>;

export const SkuAvailability = Type.Object({
	sku: Id,
	name: ShortText,
	/** Units that can be promised at once, of all sites that were asked about together. */
	available: Count,
	/** Sites that hold the SKU, did so once, or expect it; those with the most units or the nearest first. */
	sites: Type.Array(SiteAvailability),
	/** With a quantity: the site that can have all of it ready first. */
	earliest: Type.Optional(Type.Object({ siteId: Id, ...EarliestPromise.properties })),
});
export type SkuAvailability = Readonly<Static<typeof SkuAvailability>>;

export const AvailabilityAnswer = Type.Object({
	asOf: Instant,
	availability: Type.Array(SkuAvailability),
	/** SKUs that are not in the catalog. */
	unknownSkus: Type.Array(Id),
});
export type AvailabilityAnswer = Readonly<Static<typeof AvailabilityAnswer>>;
