import type { Static } from 'typebox';
import type { LotBooks } from '../schema/count.ts';
import type { CountedLot } from '../schema/count-operation.ts';

/** What the books had of a SKU in one place and what somebody counted there, by lot as far as it is known. */
export interface CountByLot {
	readonly expected: number;
	readonly counted: number;
	readonly lotBooks: Readonly<Static<typeof LotBooks>>;
	readonly lots: readonly CountedLot[];
}

/** What was found of one lot, or is missing of it. */
export interface LotDifference {
	/** Empty for the units of no known lot. */
	readonly lot: string;
	readonly expiresOn?: string;
	readonly expected: number;
	readonly counted: number;
	/** Counted minus expected. */
	readonly difference: number;
}

/**
 * A count of one place, lot by lot: those that the books have and nobody counted are not there. Units of no known lot come last, where
 * there are some. The differences add up to the whole one.
 */
export function lotDifferences({ expected, counted, lotBooks, lots }: CountByLot): readonly LotDifference[] {
	const names = [...new Set([...lotBooks, ...lots].map(({ lot }) => lot))].sort();
	const named = names.map((lot) => {
		const own = lots.filter((each) => each.lot === lot);
		const expiresOn = own.find((each) => each.expiresOn !== undefined)?.expiresOn;
		const inBooks = sum(lotBooks.filter((each) => each.lot === lot).map(({ units }) => units));
		return differenceOf(lot, inBooks, sum(own.map((each) => each.counted)), expiresOn);
	});
	const unnamed = differenceOf(
		'',
		expected - sum(named.map((each) => each.expected)),
		counted - sum(named.map((each) => each.counted)),
	);
	const isTold = named.length === 0 || unnamed.expected !== 0 || unnamed.counted !== 0;
	return isTold ? [...named, unnamed] : named;
}

function differenceOf(lot: string, expected: number, counted: number, expiresOn?: string): LotDifference {
	const told = expiresOn === undefined ? {} : { expiresOn };
	return { lot, ...told, expected, counted, difference: counted - expected };
}

const sum = (units: readonly number[]) => units.reduce((total, each) => total + each, 0);
