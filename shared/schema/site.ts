import { type Static, Type } from 'typebox';
import { Bin, Count, Id, OneOf, PlainDate, ShortText } from './field.ts';

export const siteKinds = ['store', 'warehouse', 'supplier'] as const;
/** `supply`: purchase orders go there. Drop ship is a supplier that can `ship` too. */
export const siteCapabilities = ['ship', 'pickup', 'return', 'supply'] as const;
export type SiteCapability = (typeof siteCapabilities)[number];

export const OpeningHours = Type.Object({
	/** ISO day of the week: 1 is Monday, 7 is Sunday. */
	day: Type.Integer({ minimum: 1, maximum: 7 }),
	/** Local time, for instance 09:00. */
	opens: Type.String({ pattern: '^\\d{2}:\\d{2}$' }),
	closes: Type.String({ pattern: '^\\d{2}:\\d{2}$' }),
});

/** A place that holds stock or serves customers. A day without opening hours is closed. */
export const Site = Type.Object({
	id: Id,
	name: ShortText,
	kind: OneOf(siteKinds),
	retailer: ShortText,
	town: ShortText,
	postalCode: ShortText,
	country: Type.String({ pattern: '^[A-Z]{2}$' }),
	lat: Type.Number({ minimum: -90, maximum: 90 }),
	lon: Type.Number({ minimum: -180, maximum: 180 }),
	timeZone: ShortText,
	openingHours: Type.Array(OpeningHours, { maxItems: 14 }),
	/** Local time by which a parcel leaves on the same day; 16:00 without one. */
	cutOff: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
	/** Days on which the site is closed in spite of its opening hours. */
	closedDays: Type.Optional(Type.Array(PlainDate, { maxItems: 400 })),
	capabilities: Type.Array(OneOf(siteCapabilities)),
	dailyCapacityUnits: Count,
	/** With it the site's boxes get their own SSCC: the GS1 company prefix of its retailer. */
	gs1CompanyPrefix: Type.Optional(Type.String({ pattern: '^[0-9]{7,12}$' })),
	/** Codes of the places where picked goods wait for their customer. */
	stagingLocations: Type.Array(ShortText, { maxItems: 500 }),
	/** Bins that are not in use: nothing is counted there, nor moved into them. */
	closedBins: Type.Optional(Type.Array(Bin, { maxItems: 5000 })),
});
export type Site = Readonly<Static<typeof Site>>;
