import { expect, test } from 'vitest';
import type { BinClosure } from '../../../../shared/schema/bin-closure.ts';
import { closedBinRows } from './closed-bin-rows.ts';

test('closed bins stand in the order of the shelves, each with who closed it where somebody did', () => {
	const closure: BinClosure = {
		id: 'bin:S-1:A-2-1',
		kind: 'bin_closure',
		siteId: 'S-1',
		bin: 'A-2-1',
		state: 'closed',
		changedAt: '2026-11-22T12:00:00Z',
		changedBy: 'Ada',
		reason: 'wet',
	};
	expect(closedBinRows(['A-12-3', 'A-2-1'], [closure])).toEqual([
		{ bin: 'A-2-1', closure },
		{ bin: 'A-12-3', closure: null },
	]);
});
