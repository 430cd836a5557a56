import { type Static, Type } from 'typebox';
import { Id, Instant, OneOf, ShortText, Count as Units } from './field.ts';

export const countStates = ['open', 'submitted', 'in_review', 'posted', 'recount', 'cancelled'] as const;
export const countKinds = ['directed', 'free', 'blind'] as const;
/** Why it was asked for. A count after a short or a debt takes half a minute and is put into somebody's walk. */
export const countReasons = ['planned', 'short', 'debt', 'asked'] as const;

export const CountLine = Type.Object({
	sku: Id,
	name: ShortText,
	bin: Type.String({ maxLength: 40 }),
	/** The sums over its scans: each scan carries what the books had at that moment. */
	expected: Type.Integer(),
	counted: Units,
	countedBy: ShortText,
	area: Type.String({ maxLength: 40 }),
});
export type CountLine = Readonly<Static<typeof CountLine>>;

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
	/** Parts of the site that several people count at once. */
	areas: Type.Array(Type.Object({ name: ShortText, countedBy: Type.Union([ShortText, Type.Null()]) })),
	/** What is to be counted; empty for a free count. */
	asked: Type.Array(Type.Object({ sku: Id, name: ShortText, bin: Type.String({ maxLength: 40 }) })),
	lines: Type.Array(CountLine),
	/** Codes that nobody knew, for triage. */
	unknownCodes: Type.Array(Type.Object({ code: ShortText, quantity: Units, area: Type.String({ maxLength: 40 }) })),
});
export type CountCase = Readonly<Static<typeof CountCase>>;
