import type { AskedCount, CountCase } from '../../../../shared/schema/count.ts';

/** What is still to be counted: in a recount what must be counted once more, else what was asked for and has no line. */
export function stillToCount(counting: CountCase): readonly AskedCount[] {
	const { asked, lines, recount, state } = counting;
	if (state === 'recount')
		return recount
			.filter(({ sku, turn }) => !lines.some((line) => line.sku === sku && line.turn === turn))
			.map(({ sku }) => {
				const line = lines.find((each) => each.sku === sku);
				return asked.find((each) => each.sku === sku) ?? { sku, name: line?.name ?? sku, bin: line?.bin ?? '' };
			});
	return asked.filter(({ sku }) => !lines.some((line) => line.sku === sku));
}

/** A lot that the books have where its product was counted, and of which nobody has counted anything there yet. */
export interface UncountedLot {
	readonly sku: string;
	readonly name: string;
	readonly bin: string;
	readonly lot: string;
}

/** What is missing when lots are counted one by one. In a blind count nobody is told. */
export function uncountedLots({ countKind, lines }: CountCase): readonly UncountedLot[] {
	if (countKind === 'blind') return [];
	const places = Map.groupBy(lines, ({ sku, bin, scope }) => JSON.stringify(scope === 'site' ? [sku] : [sku, bin]));
	return [...places.values()].flatMap((parts) => {
		const last = parts.findLast(({ lotBooks }) => lotBooks !== undefined);
		// None of it was there: so neither was any lot.
		if (last === undefined || parts.every(({ lot }) => lot === undefined)) return [];
		const { sku, name, bin, lotBooks = [] } = last;
		return lotBooks
			.filter(({ lot, units }) => units > 0 && parts.every((part) => part.lot !== lot))
			.map(({ lot }) => ({ sku, name, bin, lot }));
	});
}

/** Codes that nobody has looked at. */
export function unsettledCodes({ unknownCodes }: CountCase): CountCase['unknownCodes'] {
	return unknownCodes.filter(({ settled }) => settled === null);
}
