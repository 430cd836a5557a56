import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { confidenceOf, type StockEvidence } from './stock-confidence.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const day = 86_400_000;
const units = fc.integer({ min: 0, max: 10_000 });
const few = fc.integer({ min: 0, max: 50 });
const evidence: fc.Arbitrary<StockEvidence> = fc.record({
	countedAtMs: fc.option(fc.integer({ min: nowMs - 4000 * day, max: nowMs })),
	recordedUnits: fc.integer({ min: -5, max: 10_000 }),
	shorts: fc.integer({ min: 0, max: 3 }),
	picksRight: units,
	unitsOut: units,
	unitsIn: units,
	unitsReturned: units,
});
const counted: StockEvidence = {
	countedAtMs: nowMs,
	recordedUnits: 12,
	shorts: 0,
	picksRight: 0,
	unitsOut: 0,
	unitsIn: 0,
	unitsReturned: 0,
};

test('it is a probability, whatever the evidence: above 0 and below 1', () => {
	fc.assert(
		fc.property(evidence, fc.integer({ min: -3, max: 20_000 }), (each, wanted) => {
			for (const confidence of [confidenceOf(each, nowMs), confidenceOf(each, nowMs, wanted)]) {
				expect(confidence).toBeGreaterThan(0);
				expect(confidence).toBeLessThanOrEqual(1);
			}
			expect(confidenceOf(each, nowMs)).toBeLessThan(1);
		}),
	);
});

test('it never grows with the age of the count, nor with what moved since', () => {
	fc.assert(
		fc.property(evidence, fc.integer({ min: 0, max: 1000 * day }), units, (each, later, more) => {
			const before = confidenceOf(each, nowMs);
			expect(confidenceOf(each, nowMs + later)).toBeLessThanOrEqual(before);
			for (const name of ['unitsOut', 'unitsIn', 'unitsReturned'] as const)
				expect(confidenceOf({ ...each, [name]: each[name] + more }, nowMs)).toBeLessThanOrEqual(before);
		}),
	);
});

test('a short drops it at once: to less than half of what it was, however good the record looked', () => {
	fc.assert(
		fc.property(evidence, (each) => {
			const before = confidenceOf(each, nowMs);
			const after = confidenceOf({ ...each, shorts: each.shorts + 1, picksRight: 0 }, nowMs);
			expect(after).toBeLessThanOrEqual(before);
			if (each.shorts === 0 && each.picksRight === 0) expect(after).toBeLessThan(before / 2);
		}),
	);
	expect(confidenceOf({ ...counted, shorts: 1 }, nowMs)).toBeLessThan(0.5);
});

test('a count restores it, whatever was before', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 10_000 }), (recordedUnits) => {
			expect(confidenceOf({ ...counted, recordedUnits }, nowMs)).toBeCloseTo(0.99);
		}),
	);
});

test('goods that were found speak for the record, and fewer units are surer than all of them', () => {
	fc.assert(
		fc.property(evidence, few, few, (each, found, wanted) => {
			const before = confidenceOf(each, nowMs);
			expect(confidenceOf({ ...each, picksRight: each.picksRight + found }, nowMs)).toBeGreaterThanOrEqual(before);
			expect(confidenceOf(each, nowMs, wanted)).toBeGreaterThanOrEqual(confidenceOf(each, nowMs, wanted + 1));
			expect(confidenceOf(each, nowMs, wanted)).toBeGreaterThanOrEqual(before);
		}),
	);
});

test('the last unit is less sure than many: the same error empties its record', () => {
	const aMonthOn = { ...counted, countedAtMs: nowMs - 30 * day, unitsOut: 5 };
	const last = confidenceOf({ ...aMonthOn, recordedUnits: 1 }, nowMs);
	expect(last).toBeLessThan(confidenceOf({ ...aMonthOn, recordedUnits: 40 }, nowMs));
	expect(last).toBeGreaterThan(0.85);
});

test('a year after its count, with 100 units sold and received, a record is right about as often as the study found', () => {
	const after = { ...counted, countedAtMs: nowMs - 365 * day, recordedUnits: 30, unitsOut: 100, unitsIn: 100 };
	expect(confidenceOf(after, nowMs)).toBeGreaterThan(0.3);
	expect(confidenceOf(after, nowMs)).toBeLessThan(0.4);
});
