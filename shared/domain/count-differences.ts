import type { Money } from '../money.ts';
import type { CountCase, CountLine } from '../schema/count.ts';

/** What a count found of one SKU: in one bin where the books know bins, else wherever it lies. */
export interface CountDifference {
	readonly sku: string;
	readonly name: string;
	readonly bin: string;
	readonly lot?: string;
	readonly expected: number;
	readonly counted: number;
	/** Counted minus expected. */
	readonly difference: number;
	readonly unitPrice?: Money;
	/** How often it was counted. */
	readonly turn: number;
	/** It was counted in several parts, and goods moved between them: nobody can say what was there. */
	readonly movedMeanwhile: boolean;
	readonly countedBy: readonly string[];
}

/**
 * What differs, line by line, those without a difference too. Lines of one place are parts of one count of it: their units are added,
 * and what the books had counts once. Where that is not the same for all of them, goods moved between the parts.
 */
export function countDifferences({ lines }: Pick<CountCase, 'lines'>): readonly CountDifference[] {
	const wholeSite = new Set(lines.filter(({ scope }) => scope === 'site').map(({ sku }) => sku));
	const places = Map.groupBy(lines, ({ sku, bin }) => JSON.stringify(wholeSite.has(sku) ? [sku] : [sku, bin]));
	return [...places.values()].map((parts) => differenceOf(parts, parts.length > 1));
}

function differenceOf(parts: readonly CountLine[], isDivided: boolean): CountDifference {
	const last = parts.at(-1);
	if (last === undefined) throw new Error('A place without a line');
	const { sku, name, bin, lot, expected, unitPrice } = last;
	const counted = parts.reduce((sum, part) => sum + part.counted, 0);
	const hasOneBin = parts.every((part) => part.bin === bin);
	return {
		sku,
		name,
		bin: hasOneBin ? bin : '',
		...(lot === undefined || parts.some((part) => part.lot !== lot) ? {} : { lot }),
		expected,
		counted,
		difference: counted - expected,
		...(unitPrice === undefined ? {} : { unitPrice }),
		turn: Math.max(...parts.map(({ turn }) => turn)),
		movedMeanwhile: isDivided && parts.some((part) => part.expected !== expected),
		countedBy: [...new Set(parts.map(({ countedBy }) => countedBy))],
	};
}
