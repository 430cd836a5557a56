import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Id, Instant, LotCode, OneOf, PlainDate, SerialNumber, ShortText, Count as Units } from './field.ts';

export const countStates = ['open', 'submitted', 'in_review', 'posted', 'recount', 'cancelled'] as const;
export const countKinds = ['directed', 'free', 'blind'] as const;
/** Why it was asked for. A count after a short or a debt takes half a minute and is put into somebody's walk. */
export const countReasons = ['planned', 'short', 'debt', 'asked'] as const;

const BinOrNone = Type.String({ maxLength: 40 });
/** A part of the site that one person counts; empty where nobody has divided it. */
export const AreaName = Type.String({ maxLength: 40 });

/** What the books have of some lots: a part of their number, of which the rest is of no known lot. */
export const LotBooks = Type.Array(
	Type.Object({ lot: LotCode, units: Type.Integer({ minimum: -100_000, maximum: 100_000 }) }),
	{ maxItems: 500 },
);

/** What the books' number of a line covers: just this bin, or the SKU wherever it lies at the site; all lots in either case. */
export const bookScopes = ['bin', 'site'] as const;

/** One SKU in one bin, as somebody counted it. */
export const CountLine = Type.Object({
	sku: Id,
	name: ShortText,
	bin: BinOrNone,
	lot: Type.Optional(LotCode),
	expiresOn: Type.Optional(PlainDate),
	serials: Type.Optional(Type.Array(SerialNumber, { maxItems: 1000 })),
	area: AreaName,
	scope: OneOf(bookScopes),
	/** The sums over its scans: each scan carries what the books had at that moment. */
	expected: Type.Integer(),
	/** Of `expected`, where it was counted by lot. */
	lotBooks: Type.Optional(LotBooks),
	counted: Units,
	countedBy: ShortText,
	/** As the catalog of the device had it. */
	unitPrice: Type.Optional(Money),
	/** 1, and 2 after it was counted once more. */
	turn: Type.Integer({ minimum: 1, maximum: 100 }),
});
export type CountLine = Readonly<Static<typeof CountLine>>;

export const AskedCount = Type.Object({ sku: Id, name: ShortText, bin: BinOrNone });
export type AskedCount = Readonly<Static<typeof AskedCount>>;

/** A code that nobody knew, and what became of it. */
export const UnknownCode = Type.Object({
	code: ShortText,
	quantity: Units,
	area: AreaName,
	bin: BinOrNone,
	foundBy: ShortText,
	/** Set aside, or the SKU that it turned out to be; null while nobody has looked. */
	settled: Type.Union([Type.Null(), Type.Object({ sku: Type.Union([Id, Type.Null()]), by: ShortText })]),
});
export type UnknownCode = Readonly<Static<typeof UnknownCode>>;

/** One count of some goods of a site, while it trades. */
export const CountCase = Type.Object({
	id: Id,
	kind: Type.Literal('count'),
	siteId: Id,
	countKind: OneOf(countKinds),
	reason: OneOf(countReasons),
	state: OneOf(countStates),
	openedAt: Instant,
	openedBy: ShortText,
	/** Parts of the site that several people count at once. `countedBy` is set when that part is done. */
	areas: Type.Array(Type.Object({ name: ShortText, countedBy: Type.Union([ShortText, Type.Null()]) })),
	/** What is to be counted; empty for a free count. */
	asked: Type.Array(AskedCount),
	lines: Type.Array(CountLine),
	/** SKUs that must be counted once more before anything is posted, and which turn that is. */
	recount: Type.Array(Type.Object({ sku: Id, turn: Type.Integer({ minimum: 2, maximum: 100 }) })),
	/** Codes that nobody knew, for triage. */
	unknownCodes: Type.Array(UnknownCode),
	submittedBy: Type.Optional(ShortText),
	reviewedBy: Type.Optional(ShortText),
	closedBy: Type.Optional(ShortText),
});
export type CountCase = Readonly<Static<typeof CountCase>>;
