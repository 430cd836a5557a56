import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { RoleName } from './associate.ts';
import { AreaName, AskedCount, bookScopes, countKinds, LotBooks } from './count.ts';
import { Bin, Id, LotCode, OneOf, PlainDate, Quantity, ShortText } from './field.ts';
import { UnitIdentity } from './stock-position.ts';

/** Somebody begins a count: of these goods, of whatever lies here, or blind. Several people may count areas of it. */
export const OpenCount = Type.Object({
	countId: Id,
	countKind: OneOf(countKinds),
	areas: Type.Array(ShortText, { maxItems: 20, uniqueItems: true }),
	asked: Type.Array(AskedCount, { maxItems: 500 }),
});

/** How many units of one lot were counted. */
export const CountedLot = Type.Object({
	lot: LotCode,
	expiresOn: Type.Optional(PlainDate),
	counted: Type.Integer({ minimum: 0, maximum: 100_000 }),
});
export type CountedLot = Readonly<Static<typeof CountedLot>>;

/** How many units of one SKU lie in one place. */
export const CountUnits = Type.Object({
	countId: Id,
	sku: Id,
	/** `at_once` posts what differs; `after_review` adds a line to the count that was opened under this id. */
	posts: OneOf(['at_once', 'after_review']),
	scans: Type.Array(
		Type.Object({
			/** What the device's books had on the shelf when this was counted, available and allocated. */
			expected: Type.Integer({ minimum: -100_000, maximum: 100_000 }),
			counted: Type.Integer({ minimum: 0, maximum: 100_000 }),
		}),
		{ minItems: 1, maxItems: 200 },
	),
	/** What `expected` covers; the whole site where it is not said. */
	scope: Type.Optional(OneOf(bookScopes)),
	name: Type.Optional(ShortText),
	bin: Type.Optional(Bin),
	area: Type.Optional(AreaName),
	unitPrice: Type.Optional(Money),
	...UnitIdentity.properties,
	/** What `expected` has of each lot: then what differs is posted lot by lot, and a lot that nobody counted is not there. */
	lotBooks: Type.Optional(LotBooks),
	/** Of `counted`, where several lots were counted at once; those in `lot` otherwise. */
	lots: Type.Optional(Type.Array(CountedLot, { maxItems: 500 })),
});

/** A code that the catalog does not have lies on the shelf: it is kept for triage. */
export const NoteUnknownCode = Type.Object({
	countId: Id,
	code: ShortText,
	quantity: Quantity,
	bin: Type.Optional(Bin),
	area: Type.Optional(AreaName),
});

/** Triage of an unknown code: it is this product, of which the books have so many at this moment, or it is set aside. */
export const SettleUnknownCode = Type.Object({
	countId: Id,
	code: ShortText,
	product: Type.Union([
		Type.Null(),
		Type.Object({
			sku: Id,
			name: ShortText,
			expected: Type.Integer({ minimum: -100_000, maximum: 100_000 }),
			unitPrice: Type.Optional(Money),
			...UnitIdentity.properties,
			lotBooks: Type.Optional(LotBooks),
		}),
	]),
});

/** An area is counted, or without one everything. */
export const SubmitCount = Type.Object({
	countId: Id,
	area: Type.Optional(AreaName),
	/** As whom: how far the count may differ before it is counted once more. Central goes by what it knows of the author. */
	roles: Type.Array(RoleName, { maxItems: 10 }),
});

/** A manager looks at the differences; what is named must be counted once more. */
export const ReviewCount = Type.Object({
	countId: Id,
	recount: Type.Array(Id, { maxItems: 500, uniqueItems: true }),
});

/** What differs, as the manager saw it. */
export const SeenDifference = Type.Object({
	sku: Id,
	bin: Type.String({ maxLength: 40 }),
	lot: Type.Optional(LotCode),
	difference: Type.Integer({ minimum: -20_000_000, maximum: 20_000_000 }),
});
export type SeenDifference = Readonly<Static<typeof SeenDifference>>;

/** A manager takes the differences into the books: those that were seen, and no others. */
export const PostCount = Type.Object({ countId: Id, differences: Type.Array(SeenDifference, { maxItems: 5000 }) });

export const CancelCount = Type.Object({ countId: Id });
