import { type Static, Type } from 'typebox';
import { Bin, Id, Instant, LotCode, OneOf, PlainDate, Quantity, SerialNumber, ShortText } from './field.ts';

/** Where a unit is while it is inside a site. */
export const siteBuckets = [
	'available',
	'allocated',
	'picked',
	'staged',
	'in_transit',
	'quarantine',
	'damaged',
] as const;
/** Where a unit is when it has left, or has not come yet. What one site has sent to another is outside the one and in transit at the other. */
export const outsideBuckets = ['customer', 'supplier', 'lost', 'other_site'] as const;
export const buckets = [...siteBuckets, ...outsideBuckets] as const;
export type SiteBucket = (typeof siteBuckets)[number];
export type Bucket = (typeof buckets)[number];

export const BucketName = OneOf(buckets);
const Units = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 });

/** Units on the shelf, available or allocated, of which it is known that they lie in another bin or are of one lot. */
export const ShelfUnits = Type.Object({
	bin: Type.String({ maxLength: 40 }),
	units: Units,
	lot: Type.Optional(LotCode),
	expiresOn: Type.Optional(PlainDate),
});
export type ShelfUnits = Readonly<Static<typeof ShelfUnits>>;

/** What one site holds of one SKU, by bucket. Derived from movements; `id` is `siteId:sku`. */
export const StockPosition = Type.Object({
	id: Id,
	siteId: Id,
	sku: Id,
	/** The bin in which the goods lie, for instance A-12-3. */
	bin: Type.String({ maxLength: 40 }),
	units: Type.Object({
		available: Units,
		allocated: Units,
		picked: Units,
		staged: Units,
		in_transit: Units,
		quarantine: Units,
		damaged: Units,
	}),
	/** What is on the shelf and not here lies in the position's own bin, and is of no known lot. */
	bins: Type.Optional(Type.Array(ShelfUnits)),
	/** When somebody last counted it; absent where nobody has. */
	countedAt: Type.Optional(Instant),
});
export type StockPosition = Readonly<Static<typeof StockPosition>>;

/** Which units exactly, as far as it is known: only for products that are tracked by lot or by serial number. */
export const UnitIdentity = Type.Object({
	lot: Type.Optional(LotCode),
	expiresOn: Type.Optional(PlainDate),
	/** As many as units, each once. */
	serials: Type.Optional(Type.Array(SerialNumber, { minItems: 1, maxItems: 1000, uniqueItems: true })),
});
export type UnitIdentity = Readonly<Static<typeof UnitIdentity>>;

/** Units of a product, named as far as it is known which they are. */
export const NamedUnits = Type.Object({ sku: Id, quantity: Quantity, ...UnitIdentity.properties });
export type NamedUnits = Readonly<Static<typeof NamedUnits>>;

/** From which bin the units were taken and in which they were laid; the position's own bin where nothing is said. */
export const UnitBins = Type.Object({ fromBin: Type.Optional(Bin), toBin: Type.Optional(Bin) });
export type UnitBins = Readonly<Static<typeof UnitBins>>;

/** One line of the stock ledger: units of a SKU that go from one bucket to another, or from bin to bin, at one site. */
export const Movement = Type.Object({
	siteId: Id,
	sku: Id,
	quantity: Quantity,
	from: BucketName,
	to: BucketName,
	reason: ShortText,
	...UnitBins.properties,
	...UnitIdentity.properties,
	/** Empty only before it is posted, for units of which it is known that they are of no known lot. */
	lot: Type.Optional(Type.String({ maxLength: 20 })),
});
export type Movement = Readonly<Static<typeof Movement>>;

export function stockPositionId(siteId: string, sku: string): string {
	return `${siteId}:${sku}`;
}
