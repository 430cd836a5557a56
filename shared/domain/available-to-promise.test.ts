import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	bucketsFrom,
	earliestPromise,
	poissonAtMost,
	promiseBuckets,
	type StockToPromise,
	supplyCertainty,
} from './available-to-promise.ts';

const day = fc.integer({ min: 0, max: 30 });
const units = fc.integer({ min: 1, max: 50 });
const stocks: fc.Arbitrary<StockToPromise> = fc.record({
	onHand: fc.integer({ min: -20, max: 100 }),
	claimed: fc.integer({ min: 0, max: 30 }),
	keptBack: fc.integer({ min: 0, max: 20 }),
	threshold: fc.integer({ min: 0, max: 10 }),
	sureOf: fc.double({ min: 0.5, max: 1, noNaN: true }).map((base) => (wanted: number) => base ** wanted),
	supply: fc.array(fc.record({ day, units, certainty: fc.double({ min: 0, max: 1, noNaN: true }) }), { maxLength: 5 }),
	wanted: fc.array(fc.record({ day, units }), { maxLength: 4 }),
	dailyDemand: fc.double({ min: 0, max: 5, noNaN: true }),
});

const total = (lots: readonly { readonly day: number; readonly units: number }[], until: number) =>
	lots.reduce((sum, lot) => (lot.day <= until ? sum + lot.units : sum), 0);

/** What is left on a day when every promise until then has been kept: claims and what is kept back lie there still. */
function balance(stock: StockToPromise, until: number): number {
	return stock.onHand - stock.claimed - stock.keptBack + total(stock.supply, until) - total(stock.wanted, until);
}

const plain: StockToPromise = {
	onHand: 10,
	claimed: 0,
	keptBack: 0,
	threshold: 0,
	sureOf: () => 0.9,
	supply: [],
	wanted: [],
	dailyDemand: 0,
};

describe('what can be promised', () => {
	it('is never more than stock and supply until that day, without what is claimed, kept back and promised before', () => {
		fc.assert(
			fc.property(stocks, (stock) => {
				for (const bucket of promiseBuckets(stock)) {
					expect(bucket.units).toBeLessThanOrEqual(balance(stock, bucket.day));
					expect(bucket.units).toBeGreaterThanOrEqual(Math.max(1, stock.threshold));
				}
			}),
		);
	});

	it('grows from bucket to bucket, and every certainty is a probability', () => {
		fc.assert(
			fc.property(stocks, (stock) => {
				const buckets = promiseBuckets(stock);
				for (const [index, bucket] of buckets.entries()) {
					const before = buckets[index - 1];
					if (before) expect(bucket.day > before.day && bucket.units > before.units).toBe(true);
					expect(Number.isInteger(bucket.units)).toBe(true);
					expect(bucket.certainty).toBeGreaterThanOrEqual(0);
					expect(bucket.certainty).toBeLessThanOrEqual(1);
				}
			}),
		);
	});

	it('when it is promised in any bucket breaks no promise that was made before, on any day', () => {
		fc.assert(
			fc.property(
				stocks,
				fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 50 })), { maxLength: 4 }),
				(given, asks) => {
					// Only what the given stock can keep itself can be kept.
					fc.pre([0, ...given.wanted.map((each) => each.day)].every((each) => balance(given, each) >= 0));
					let stock = given;
					for (const [place, quantity] of asks) {
						const bucket = promiseBuckets(stock)[place];
						if (bucket === undefined) continue;
						const promised = { day: bucket.day, units: Math.min(quantity, bucket.units) };
						stock = { ...stock, wanted: [...stock.wanted, promised] };
						for (let each = 0; each <= 31; each += 1) expect(balance(stock, each)).toBeGreaterThanOrEqual(0);
					}
				},
			),
		);
	});

	it('falls by each unit that is claimed, kept back or less on hand, and never rises', () => {
		fc.assert(
			fc.property(stocks, units, fc.constantFrom('claimed', 'keptBack', 'onHand'), (stock, more, field) => {
				const changed = { ...stock, [field]: stock[field] + (field === 'onHand' ? -more : more) };
				const unitsAt = (each: StockToPromise, on: number) =>
					promiseBuckets(each).findLast((bucket) => bucket.day <= on)?.units ?? 0;
				for (const on of [0, 5, 15, 30]) {
					expect(unitsAt(changed, on)).toBeLessThanOrEqual(unitsAt(stock, on));
				}
			}),
		);
	});

	it('now is all that is free, whatever customers may want later: it is set aside at once', () => {
		expect(promiseBuckets({ ...plain, claimed: 3, keptBack: 2, dailyDemand: 4 })).toEqual([
			{ day: 0, units: 5, certainty: 0.9 },
		]);
	});

	it('leaves enough of what is on hand for units that leave before the next supply', () => {
		const stock = { ...plain, wanted: [{ day: 3, units: 6 }], supply: [{ day: 5, units: 20, certainty: 0.8 }] };
		expect(promiseBuckets(stock)).toMatchObject([
			{ day: 0, units: 4 },
			{ day: 5, units: 24 },
		]);
		expect(promiseBuckets({ ...stock, supply: [{ day: 2, units: 20, certainty: 0.8 }] })).toMatchObject([
			{ day: 0, units: 10 },
			{ day: 2, units: 24 },
		]);
	});

	it('of a supply is what the customers until then are expected to leave, and fewer units are more certain', () => {
		const stock = { ...plain, onHand: 0, supply: [{ day: 10, units: 50, certainty: 0.8 }], dailyDemand: 2 };
		const [bucket] = promiseBuckets(stock);
		expect(bucket).toMatchObject({ day: 10, units: 30 });
		expect(bucket?.certainty).toBeCloseTo(0.8 * poissonAtMost(20, 20));
		expect(earliestPromise(stock, 10)).toEqual({ day: 10, certainty: expect.closeTo(0.8, 3) });
		expect(earliestPromise(stock, 31)).toBeUndefined();
	});

	it('pays a debt first: more went out than the ledger knew of', () => {
		const stock = { ...plain, onHand: -4, supply: [{ day: 1, units: 5, certainty: 1 }] };
		expect(promiseBuckets(stock)).toEqual([{ day: 1, units: 1, certainty: 1 }]);
	});

	it('is nothing below the threshold, until supply brings it above', () => {
		const stock = { ...plain, onHand: 2, threshold: 3 };
		expect(promiseBuckets(stock)).toEqual([]);
		expect(promiseBuckets({ ...stock, supply: [{ day: 2, units: 1, certainty: 1 }] })).toMatchObject([
			{ day: 2, units: 3 },
		]);
	});

	it('earliest is the first bucket that has so many, and surer than all of it', () => {
		fc.assert(
			fc.property(stocks, units, (stock, quantity) => {
				const bucket = promiseBuckets(stock).find((each) => each.units >= quantity);
				const earliest = earliestPromise(stock, quantity);
				expect(earliest?.day).toBe(bucket?.day);
				if (earliest && bucket) expect(earliest.certainty).toBeGreaterThanOrEqual(bucket.certainty - 1e-9);
			}),
		);
	});
});

it('a Poisson probability is one of a whole distribution, with a small mean and a large one', () => {
	expect(poissonAtMost(-1, 3)).toBe(0);
	expect(poissonAtMost(0, 0)).toBe(1);
	expect(poissonAtMost(2, 2)).toBeCloseTo(0.6767, 4);
	expect(poissonAtMost(100, 99.9)).toBeCloseTo(poissonAtMost(100, 100.1), 1);
	expect(poissonAtMost(1000, 400)).toBeCloseTo(1);
	expect(poissonAtMost(100, 400)).toBeCloseTo(0);
});

it('supply of a source that keeps its days is surer, and less so with each day that it is late', () => {
	expect(supplyCertainty({ inTime: 0, deliveries: 0 }, 0)).toBe(0.8);
	expect(supplyCertainty({ inTime: 90, deliveries: 90 }, 0)).toBeCloseTo(0.98);
	expect(supplyCertainty({ inTime: 0, deliveries: 90 }, 0)).toBeCloseTo(0.08);
	expect(supplyCertainty({ inTime: 0, deliveries: 0 }, 2)).toBe(0.2);
});

it('what a closed site has is promised for the day on which it opens: no unit earlier, and from then on as many as ever', () => {
	fc.assert(
		fc.property(stocks, fc.integer({ min: 0, max: 40 }), (stock, opens) => {
			const open = promiseBuckets(stock);
			const closed = bucketsFrom(open, opens);
			const unitsOn = (buckets: typeof open, on: number) => buckets.findLast((each) => each.day <= on)?.units ?? 0;
			for (let on = 0; on <= 45; on += 1) expect(unitsOn(closed, on)).toBe(on < opens ? 0 : unitsOn(open, on));
			expect(closed.map((each) => each.day)).toEqual(
				[...new Set(closed.map((each) => each.day))].sort((a, b) => a - b),
			);
		}),
	);
});
