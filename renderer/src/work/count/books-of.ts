import type { CountedLot } from '../../../../shared/schema/count-operation.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { lotsOn, type Shelf, unitsInBin } from '../../replica/shelf.ts';

/** What the books have where somebody counts, as the operation says it. */
export interface Books {
	readonly scope: 'bin' | 'site';
	readonly expected: number;
	/** Only of a product that is kept by lot. */
	readonly lotBooks?: NonNullable<PayloadOf<'count'>['lotBooks']>;
}

/** What the books have in that bin if they know of several, else wherever it lies. */
export function booksOf({ tracking }: Pick<Product, 'tracking'>, shelf: Shelf, bin: string): Books {
	const knowsBins = shelf.inBins.length > 1 && shelf.bin !== '' && bin !== '';
	const byLot =
		tracking === 'lot'
			? { lotBooks: lotsOn(shelf, knowsBins ? bin : undefined).map(({ lot, units }) => ({ lot, units })) }
			: {};
	return knowsBins
		? { scope: 'bin', expected: unitsInBin(shelf, bin), ...byLot }
		: { scope: 'site', expected: shelf.units, ...byLot };
}

/** Whether nothing has moved where somebody counts. */
export function isSameBooks(one: Books, other: Books): boolean {
	return JSON.stringify([one.expected, one.lotBooks]) === JSON.stringify([other.expected, other.lotBooks]);
}

/** What the books have of one lot, or of all where none is named. */
export function expectedOf({ expected, lotBooks }: Books, lot: string | undefined): number {
	if (lot === undefined || lotBooks === undefined) return expected;
	return lotBooks.find((each) => each.lot === lot)?.units ?? 0;
}

/** What somebody counted of one product, wherever it lies. */
export interface QuickCounted {
	readonly units: number;
	/** Of a product that is kept by lot: all of its units. */
	readonly lots?: readonly CountedLot[];
	readonly serials?: readonly string[];
}

/** Whether the books have just that. Of a product kept by lot, each of its lots. */
export function isAsInBooks({ units, lots }: QuickCounted, books: Books): boolean {
	if (units !== books.expected) return false;
	const names = [...(lots ?? []), ...(books.lotBooks ?? [])].map(({ lot }) => lot);
	const countedOf = (lot: string) => lots?.find((each) => each.lot === lot)?.counted ?? 0;
	return lots === undefined || names.every((lot) => countedOf(lot) === expectedOf(books, lot));
}
