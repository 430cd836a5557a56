import { type Static, Type } from 'typebox';
import { Bin, Id, Instant, LongText, OneOf, ShortText } from './field.ts';

export const binClosureStates = ['closed', 'open'] as const;

/** The last word of a site's people on one of its bins: out of use, or in use again. */
export const BinClosure = Type.Object({
	/** As `binClosureId` makes it. */
	id: Id,
	kind: Type.Literal('bin_closure'),
	siteId: Id,
	bin: Bin,
	state: OneOf(binClosureStates),
	changedAt: Instant,
	changedBy: ShortText,
	/** Why it was closed. */
	reason: Type.Optional(LongText),
});
export type BinClosure = Readonly<Static<typeof BinClosure>>;
