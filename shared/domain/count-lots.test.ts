import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountCase } from '../schema/count.ts';
import type { OperationType, PayloadOf } from '../schema/operation.ts';
import type { Movement } from '../schema/stock-position.ts';
import { applyStatement } from './apply-statement.ts';
import { countDifferences } from './count-differences.ts';
import { lotDifferences } from './count-lots.ts';
import { seenDifferences } from './decide-count-case.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { nameUnits } from './name-units.ts';
import { openDetailBook } from './stock-detail.ts';

const on = '2026-11-22';
const name = 'Milk';
const lotBooks = [
	{ lot: 'early', units: 4 },
	{ lot: 'late', units: 5 },
];

function say<T extends OperationType>(subject: Subject, type: T, payload: PayloadOf<T>) {
	const at = `${on}T10:00:00Z`;
	const result = applyStatement(subject, { opId: type, type, payload, actorName: 'Ann', at } as AnyStatement);
	if (result.outcome === 'refused') throw new Error(`${type} was refused: ${result.reason}`);
	return result;
}
const moved = (movements: readonly Movement[]) =>
	movements.map(({ from, to, quantity, lot }) => [from, to, quantity, lot]);
const opened = (asked: CountCase['asked'] = []) =>
	say({ siteId: 'S-1' }, 'open_count', { countId: 'c1', countKind: 'free', areas: [], asked: [...asked] }).subject;
function caseOf({ stockDocuments }: Subject): CountCase {
	const found = stockDocuments?.get('c1');
	if (found?.kind !== 'count') throw new Error('There is no count');
	return found;
}
const line = (lot: string, counted: number, more: Partial<PayloadOf<'count'>> = {}): PayloadOf<'count'> => ({
	countId: 'c1',
	sku: 'MILK',
	name,
	posts: 'after_review',
	scans: [{ expected: 10, counted }],
	lot,
	lotBooks,
	...more,
});

test('a quick count by lots corrects each lot that differs, and those that nobody found, not the first one', () => {
	const counted = say(opened(), 'count', {
		countId: 'c2',
		sku: 'MILK',
		posts: 'at_once',
		scans: [{ expected: 10, counted: 7 }],
		lotBooks,
		lots: [
			{ lot: 'late', counted: 3 },
			{ lot: 'new', expiresOn: '2027-02-01', counted: 4 },
		],
	});
	expect(moved(counted.movements)).toEqual([
		['available', 'lost', 4, 'early'],
		['available', 'lost', 2, 'late'],
		['lost', 'available', 4, 'new'],
		['available', 'lost', 1, ''],
	]);
	expect(counted.movements[2]).toMatchObject({ expiresOn: '2027-02-01' });
	expect(counted.exceptions).toMatchObject([{ exceptionKind: 'count_differs', quantity: -3 }]);
});

test('the lots of a reviewed count differ one by one, each posted where it was counted', () => {
	let subject = say(opened(), 'count', line('late', 5)).subject;
	subject = say(subject, 'count', line('early', 3, { expiresOn: '2026-12-24' })).subject;
	expect(countDifferences(caseOf(subject)).map(({ lot, difference }) => [lot, difference])).toEqual([
		['early', -1],
		['late', 0],
		['', -1],
	]);
	subject = say(subject, 'submit_count', { countId: 'c1', roles: ['manager'] }).subject;
	const differences = [...seenDifferences(caseOf(subject))];
	expect(differences.map(({ lot }) => lot)).toEqual(['early', undefined]);
	expect(moved(say(subject, 'post_count', { countId: 'c1', differences }).movements)).toEqual([
		['available', 'lost', 1, 'early'],
		['available', 'lost', 1, ''],
	]);
});

test('lots that moved between two parts of a count are counted once more', () => {
	const swapped = [
		{ lot: 'early', units: 5 },
		{ lot: 'late', units: 4 },
	];
	let subject = say(opened(), 'count', line('late', 5, { area: 'Front' })).subject;
	subject = say(subject, 'count', line('early', 5, { area: 'Back', lotBooks: swapped })).subject;
	expect(countDifferences(caseOf(subject)).every(({ movedMeanwhile }) => movedMeanwhile)).toBe(true);
});

test('a count that was asked for is closed by all lots at once, with a line for each', () => {
	const result = say(opened([{ sku: 'MILK', name, bin: '' }]), 'count', {
		...line('', 9),
		lot: undefined,
		posts: 'at_once',
		lots: [
			{ lot: 'early', counted: 4 },
			{ lot: 'late', counted: 5 },
		],
	} as PayloadOf<'count'>);
	expect(caseOf(result.subject)).toMatchObject({ state: 'posted', lines: [{ lot: 'early' }, { lot: 'late' }] });
});

test('an unknown code that is one lot of a product joins the count of that lot, beside those of the others', () => {
	let subject = say(opened(), 'count', line('early', 3)).subject;
	subject = say(subject, 'note_unknown_code', { countId: 'c1', code: '123', quantity: 2 }).subject;
	const product = { sku: 'MILK', name, expected: 10, lot: 'late', lotBooks };
	const joined = say(subject, 'settle_unknown_code', { countId: 'c1', code: '123', product }).subject;
	expect(countDifferences(caseOf(joined)).map(({ lot, counted }) => [lot, counted])).toEqual([
		['early', 3],
		['late', 2],
		['', 0],
	]);
	subject = say(subject, 'count', line('late', 1)).subject;
	const added = say(subject, 'settle_unknown_code', { countId: 'c1', code: '123', product }).subject;
	expect(caseOf(added).lines.map(({ lot, counted }) => [lot, counted])).toEqual([
		['early', 3],
		['late', 3],
	]);
});

test('whatever was counted of any lots, the differences add up to the whole one, and the books then have what was counted', () => {
	const lot = fc.constantFrom('a', 'b', 'c');
	const units = fc.integer({ min: 0, max: 9 });
	const named = fc.uniqueArray(fc.record({ lot, units }), { selector: (each) => each.lot });
	fc.assert(
		fc.property(named, named, units, (inBooks, found, unnamed) => {
			const book = openDetailBook({
				tracking: 'lot',
				ownBin: () => 'A-1',
				unitsAt: (_site, place) =>
					place === 'shelf' ? unnamed + inBooks.reduce((sum, each) => sum + each.units, 0) : 0,
				rows: inBooks
					.filter((each) => each.units > 0)
					.map((each) => ({
						siteId: 'S-1',
						place: 'shelf' as const,
						bin: '',
						serial: '',
						expiresOn: '2027-01-01',
						...each,
					})),
			});
			const expected = book.unitsInOwnBin('S-1');
			const counted = found.reduce((sum, each) => sum + each.units, 0);
			const lots = found.map((each) => ({ lot: each.lot, counted: each.units }));
			const differences = lotDifferences({ expected, counted, lotBooks: inBooks, lots });
			expect(differences.reduce((sum, { difference }) => sum + difference, 0)).toBe(counted - expected);
			const payload = {
				countId: 'c2',
				sku: 'MILK',
				posts: 'at_once' as const,
				scans: [{ expected, counted }],
				lotBooks: inBooks,
				lots,
			};
			for (const movement of say({ siteId: 'S-1' }, 'count', payload).movements)
				for (const each of nameUnits(book, movement, on)) book.post(each);
			expect(Object.fromEntries(book.rows().map((row) => [row.lot, row.units]))).toEqual(
				Object.fromEntries(found.filter((each) => each.units > 0).map((each) => [each.lot, each.units])),
			);
			expect(book.unitsInOwnBin('S-1')).toBe(counted);
		}),
	);
});
