import { type Static, Type } from 'typebox';
import { Id, OneOf, Quantity, ShortText } from './field.ts';

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
/** Where a unit is when it has left, or has not come yet. */
export const outsideBuckets = ['customer', 'supplier', 'lost'] as const;
export const buckets = [...siteBuckets, ...outsideBuckets] as const;
export type SiteBucket = (typeof siteBuckets)[number];
export type Bucket = (typeof buckets)[number];

export const BucketName = OneOf(buckets);
const Units = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 });

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
});
export type StockPosition = Readonly<Static<typeof StockPosition>>;

/** One line of the stock ledger: units of a SKU that go from one bucket to another at one site. */
export const Movement = Type.Object({
	siteId: Id,
	sku: Id,
	quantity: Quantity,
	from: BucketName,
	to: BucketName,
	reason: ShortText,
});
export type Movement = Readonly<Static<typeof Movement>>;

export function stockPositionId(siteId: string, sku: string): string {
	return `${siteId}:${sku}`;
}
