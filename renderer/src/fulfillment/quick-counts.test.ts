import { expect, test } from 'vitest';
import type { CountCase } from '../../../shared/schema/count.ts';
import { countPath, openQuickCounts, quickCountOnTheWay } from './quick-counts.ts';

function asked(id: string, bin: string, changes: Partial<CountCase> = {}): CountCase {
	return {
		id,
		kind: 'count',
		siteId: 'S-1',
		countKind: 'directed',
		reason: 'short',
		state: 'open',
		openedAt: `2026-11-22T10:0${id}:00Z`,
		openedBy: 'central',
		areas: [],
		asked: [{ sku: `SKU ${id}`, name: id, bin }],
		lines: [],
		recount: [],
		unknownCodes: [],
		...changes,
	};
}

test('counts of half a minute are those after a short or a debt that nobody has done, the oldest first', () => {
	const counts = [asked('2', 'A-1'), asked('1', 'B-1', { reason: 'debt' }), asked('3', 'C-1', { reason: 'planned' })];
	expect(openQuickCounts([...counts, asked('4', 'D-1', { state: 'posted' })]).map(({ id }) => id)).toEqual(['1', '2']);
	expect(countPath(asked('2', 'A-1'))).toBe('/count/SKU%202');
});

test('the picker is offered the one at hand, then one in the aisle, then one between here and the next bin', () => {
	const here = asked('1', 'A-12-3');
	const aisle = asked('2', 'A-12-9');
	const between = asked('3', 'A-14-1');
	const far = asked('4', 'Z-1-1');
	const offered = (counts: readonly CountCase[]) => quickCountOnTheWay(counts, 'A-12-3', 'B-2-1')?.id;
	expect(offered([far, between, aisle, here])).toBe('1');
	expect(offered([far, between, aisle])).toBe('2');
	expect(offered([far, between])).toBe('3');
	expect(offered([far])).toBeUndefined();
	expect(quickCountOnTheWay([asked('5', '')], 'A-1-1', undefined)).toBeNull();
});
