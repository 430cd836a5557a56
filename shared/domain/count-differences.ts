import type { Money } from '../money.ts';
import type { CountCase, CountLine } from '../schema/count.ts';
import { lotDifferences } from './count-lots.ts';

/** What a count found of one SKU, or of one of its lots: in one bin where the books know bins, else wherever it lies. */
export interface CountDifference {
	readonly sku: string;
	readonly name: string;
	readonly bin: string;
	/** Empty for units of no known lot among those that were counted by lot. */
	readonly lot?: string;
	readonly expiresOn?: string;
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
 * and what the books had counts once. Where that is not the same for all of them, goods moved between the parts. What was counted by lot
 * differs by lot.
 */
export function countDifferences({ lines }: Pick<CountCase, 'lines'>): readonly CountDifference[] {
	const wholeSite = new Set(lines.filter(({ scope }) => scope === 'site').map(({ sku }) => sku));
	const places = Map.groupBy(lines, ({ sku, bin }) => JSON.stringify(wholeSite.has(sku) ? [sku] : [sku, bin]));
	return [...places.values()].flatMap((parts) => differencesOf(parts, differenceOf(parts, parts.length > 1)));
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

function differencesOf(parts: readonly CountLine[], whole: CountDifference): readonly CountDifference[] {
	const lotBooks = parts.findLast((part) => part.lotBooks !== undefined)?.lotBooks;
	if (lotBooks === undefined) return [whole];
	const lots = parts.flatMap(({ lot, expiresOn, counted }) =>
		lot === undefined ? [] : [{ lot, ...(expiresOn === undefined ? {} : { expiresOn }), counted }],
	);
	const { expected, counted } = whole;
	const lotsMoved = parts.some((part) => part.lotBooks !== undefined && !isSameBooks(part.lotBooks, lotBooks));
	return lotDifferences({ expected, counted, lotBooks, lots }).map((each) => ({
		...whole,
		...each,
		movedMeanwhile: whole.movedMeanwhile || lotsMoved,
	}));
}

function isSameBooks(one: NonNullable<CountLine['lotBooks']>, other: NonNullable<CountLine['lotBooks']>): boolean {
	const text = (books: typeof one) =>
		books
			.map(({ lot, units }) => JSON.stringify([lot, units]))
			.sort()
			.join();
	return text(one) === text(other);
}
