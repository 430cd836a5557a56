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

/** Codes that nobody has looked at. */
export function unsettledCodes({ unknownCodes }: CountCase): CountCase['unknownCodes'] {
	return unknownCodes.filter(({ settled }) => settled === null);
}
