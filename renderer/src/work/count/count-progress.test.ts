import { expect, test } from 'vitest';
import type { CountCase } from '../../../../shared/schema/count.ts';
import { uncountedLots } from './count-progress.ts';

const lotBooks = [
	{ lot: 'early', units: 4 },
	{ lot: 'gone', units: 0 },
	{ lot: 'late', units: 5 },
];
const line: CountCase['lines'][number] = {
	sku: 'MILK',
	name: 'Milk',
	bin: 'A-1',
	area: '',
	scope: 'site',
	lot: 'early',
	expected: 9,
	lotBooks,
	counted: 4,
	countedBy: 'Ann',
	turn: 1,
};
const counting = (lines: CountCase['lines'], countKind: CountCase['countKind'] = 'free'): CountCase => ({
	id: 'c1',
	kind: 'count',
	siteId: 'S-1',
	countKind,
	reason: 'asked',
	state: 'open',
	openedAt: '2026-11-22T10:00:00Z',
	openedBy: 'Ann',
	areas: [],
	asked: [],
	lines,
	recount: [],
	unknownCodes: [],
});

test('who counts lot by lot is told which ones are missing, once the first is recorded', () => {
	expect(uncountedLots(counting([line]))).toEqual([{ sku: 'MILK', name: 'Milk', bin: 'A-1', lot: 'late' }]);
	expect(uncountedLots(counting([line, { ...line, lot: 'late' }]))).toEqual([]);
	const { lotBooks: _books, lot: _lot, ...plain } = line;
	expect(uncountedLots(counting([plain]))).toEqual([]);
});

test('that none of it is there says so of each lot', () => {
	const { lot: _lot, ...none } = line;
	expect(uncountedLots(counting([{ ...none, counted: 0 }]))).toEqual([]);
});

test('in a blind count nobody hears which lots the books have', () => {
	expect(uncountedLots(counting([line], 'blind'))).toEqual([]);
});
