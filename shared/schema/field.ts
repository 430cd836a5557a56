import { type TLiteral, type TUnion, Type } from 'typebox';

/** The field types that several documents share. Lengths are bounded, so that an oversized value is refused at the edge. */
export const Id = Type.String({ minLength: 1, maxLength: 100 });
export const ShortText = Type.String({ minLength: 1, maxLength: 200 });
export const LongText = Type.String({ maxLength: 2000 });
/** An instant in ISO 8601 with a UTC offset, for instance 2026-11-22T17:30:00Z. */
export const Instant = Type.String({
	minLength: 16,
	maxLength: 40,
	pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*(Z|[+-]\\d{2}:\\d{2})$',
});
/** Units of a product: whole, at least one. */
export const Quantity = Type.Integer({ minimum: 1, maximum: 100_000 });
/** Units of a product: whole, at least none. */
export const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
/** A place in a stream or a lane: counts up for ever. */
export const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** A calendar day without a time, for instance 2026-11-22. */
export const PlainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const Gtin14 = Type.String({ pattern: '^\\d{14}$' });
/** Serial shipping container code, GS1 AI (00): 18 digits with the check digit. */
export const Sscc = Type.String({ pattern: '^\\d{18}$' });
/** Batch or lot, GS1 AI (10), and serial number, GS1 AI (21): up to 20 characters each. */
export const LotCode = Type.String({ minLength: 1, maxLength: 20 });
export const SerialNumber = Type.String({ minLength: 1, maxLength: 20 });
/** A place within a site where goods lie, for instance A-12-3. */
export const Bin = Type.String({ minLength: 1, maxLength: 40 });
export const WeightGrams = Type.Integer({ minimum: 0, maximum: 10_000_000 });

type Literals<T extends readonly string[]> = { -readonly [K in keyof T]: TLiteral<T[K]> };

/** One of a closed list of words. */
export function OneOf<const T extends readonly string[]>(words: T): TUnion<Literals<T>> {
	return Type.Union(words.map((word) => Type.Literal(word))) as unknown as TUnion<Literals<T>>;
}
