import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverPromises } from './promised-supply.ts';

const lot = (day: number, units: number) => ({ day, units, certainty: 0.9 });
const unitsLeft = (covered: ReturnType<typeof coverPromises>) => covered.left.map(({ units }) => units);

describe('supply that was promised', () => {
	it('is the latest that is in time, so that earlier supply is left for earlier promises', () => {
		const covered = coverPromises([lot(2, 5), lot(6, 5), lot(9, 5)], [{ day: 7, units: 6 }]);
		expect(unitsLeft(covered)).toEqual([4, 0, 5]);
		expect(covered.promises).toEqual([{ day: 7, lacking: 0 }]);
	});

	it('that comes later than it was promised is told with its day, and what does not come at all as lacking', () => {
		const covered = coverPromises([lot(2, 1), lot(9, 3)], [{ day: 5, units: 6 }]);
		expect(unitsLeft(covered)).toEqual([0, 0]);
		expect(covered.promises).toEqual([{ day: 9, lacking: 2 }]);
	});

	const lots = fc.array(fc.record({ day: fc.nat(20), units: fc.nat(30), certainty: fc.constant(0.9) }), {
		maxLength: 5,
	});
	const promises = fc.array(fc.record({ day: fc.nat(20), units: fc.nat(20) }), { maxLength: 5 });
	const sum = (list: readonly { readonly units: number }[]) => list.reduce((total, { units }) => total + units, 0);

	it('is never given twice: what is left, what is covered and what lacks sum up', () => {
		fc.assert(
			fc.property(lots, promises, (supply, promised) => {
				const covered = coverPromises(supply, promised);
				const lacking = covered.promises.reduce((total, each) => total + each.lacking, 0);
				expect(sum(supply) - sum(covered.left)).toBe(sum(promised) - lacking);
				for (const [index, { units }] of covered.left.entries()) {
					expect(units).toBeGreaterThanOrEqual(0);
					expect(units).toBeLessThanOrEqual(supply[index]?.units ?? 0);
				}
				if (lacking > 0) expect(sum(covered.left)).toBe(0);
			}),
		);
	});

	it('comes in time whenever all promises could: each that is due by a day leaves enough for those before it', () => {
		fc.assert(
			fc.property(lots, promises, (supply, promised) => {
				const until = (list: readonly { readonly day: number; readonly units: number }[], day: number) =>
					sum(list.filter((each) => each.day <= day));
				fc.pre(promised.every(({ day }) => until(promised, day) <= until(supply, day)));
				const covered = coverPromises(supply, promised);
				for (const [index, { day }] of promised.entries()) expect(covered.promises[index]).toEqual({ day, lacking: 0 });
			}),
		);
	});
});
