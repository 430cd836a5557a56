import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	chooseLots,
	compareLots,
	identityFault,
	isPlainDate,
	judgeExpiry,
	type LotUnits,
	serialFault,
} from './unit-identity.ts';

const date = fc
	.integer({ min: 0, max: 800 })
	.map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString());
const lots = fc.uniqueArray(
	fc.record({
		lot: fc.string({ minLength: 1, maxLength: 3 }),
		expiresOn: fc.option(date),
		units: fc.integer({ min: -3, max: 20 }),
	}),
	{ selector: ({ lot }) => lot, maxLength: 8 },
);
const unitsOf = (all: readonly { readonly units: number }[]) => all.reduce((sum, { units }) => sum + units, 0);

describe('first expired, first out', () => {
	test('gives what was asked for, chosen and missing together, and never more of a lot than it has', () => {
		fc.assert(
			fc.property(lots, fc.integer({ min: 1, max: 60 }), fc.option(date), (all, quantity, on) => {
				const { chosen, missing } = chooseLots(all, quantity, on ?? undefined);
				expect(unitsOf(chosen) + missing).toBe(quantity);
				const has = new Map(all.map(({ lot, units }) => [lot, units]));
				for (const { lot, units } of chosen) {
					expect(units).toBeGreaterThan(0);
					expect(units).toBeLessThanOrEqual(has.get(lot) ?? 0);
				}
				if (missing > 0) expect(unitsOf(chosen)).toBe(unitsOf(all.filter(({ units }) => units > 0)));
			}),
		);
	});

	test('leaves no unit of a lot that goes out before one that is taken', () => {
		fc.assert(
			fc.property(lots, fc.integer({ min: 1, max: 60 }), date, (all, quantity, on) => {
				const { chosen } = chooseLots(all, quantity, on);
				const last = all.find(({ lot }) => lot === chosen.at(-1)?.lot);
				if (last === undefined) return;
				for (const each of all.filter(({ units }) => units > 0)) {
					if (compareLots(each, last, on) < 0) expect(chosen).toContainEqual({ lot: each.lot, units: each.units });
				}
			}),
		);
	});

	test('is the same for everybody, in whatever order the lots are read', () => {
		fc.assert(
			fc.property(lots, fc.integer({ min: 1, max: 60 }), date, (all, quantity, on) => {
				expect(chooseLots([...all].reverse(), quantity, on)).toEqual(chooseLots(all, quantity, on));
			}),
		);
	});

	test('takes a lot without a date after those with one, and an expired one last', () => {
		const all: readonly LotUnits[] = [
			{ lot: 'expired', expiresOn: '2026-11-21', units: 1 },
			{ lot: 'undated', expiresOn: null, units: 1 },
			{ lot: 'later', expiresOn: '2027-01-01', units: 1 },
			{ lot: 'today', expiresOn: '2026-11-22', units: 1 },
		];
		const order = chooseLots(all, 4, '2026-11-22').chosen.map(({ lot }) => lot);
		expect(order).toEqual(['today', 'later', 'undated', 'expired']);
		expect(chooseLots(all, 1).chosen).toEqual([{ lot: 'expired', units: 1 }]);
	});
});

test('an expiry date is the last good day', () => {
	expect(judgeExpiry('2026-11-22', '2026-11-22')).toBe('expires_soon');
	expect(judgeExpiry('2026-11-22', '2026-11-23')).toBe('expired');
	expect(judgeExpiry('2026-12-31', '2026-12-24')).toBe('expires_soon');
	expect(judgeExpiry('2027-01-01', '2026-12-24')).toBe('good');
	expect(judgeExpiry(undefined, '2026-12-24')).toBe('unknown');
});

test('only days of the calendar are dates', () => {
	fc.assert(fc.property(date, (text) => isPlainDate(text)));
	expect(isPlainDate('2028-02-29')).toBe(true);
	for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-11-31', '2026-1-1', '22.11.2026', '']) {
		expect(isPlainDate(text)).toBe(false);
	}
});

describe('serial numbers', () => {
	const serials = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 20 });

	test('are right when there are as many as units, and each is there once', () => {
		fc.assert(
			fc.property(serials, fc.integer({ min: 1, max: 20 }), (all, quantity) => {
				const fault = serialFault(all, quantity);
				expect(fault === null).toBe(all.length === quantity);
				expect(serialFault([...all, all[0] ?? ''], quantity)).toBe('serial_twice');
			}),
		);
	});

	test('that are missing, too few or too many are told apart', () => {
		expect(serialFault(undefined, 1)).toBe('serials_missing');
		expect(serialFault([], 1)).toBe('serials_missing');
		expect(serialFault(['a'], 2)).toBe('too_few_serials');
		expect(serialFault(['a', 'b'], 1)).toBe('too_many_serials');
	});
});

describe('what a product needs to be taken in', () => {
	const on = '2026-11-22';

	test('is its lot or its serial numbers where it is tracked by them, and nothing else', () => {
		expect(identityFault('none', 3, {}, on)).toBeNull();
		expect(identityFault('lot', 3, {}, on)).toBe('lot_missing');
		expect(identityFault('lot', 3, { lot: 'L1' }, on)).toBeNull();
		expect(identityFault('serial', 2, { lot: 'L1' }, on)).toBe('serials_missing');
		expect(identityFault('serial', 2, { serials: ['1', '2'] }, on)).toBeNull();
		expect(identityFault('none', 2, { serials: ['1'] }, on)).toBe('too_few_serials');
	});

	test('is not there when the goods have expired, or expire on a day that does not exist', () => {
		expect(identityFault('lot', 1, { lot: 'L1', expiresOn: '2026-11-21' }, on)).toBe('expired');
		expect(identityFault('none', 1, { expiresOn: '2026-11-21' }, on)).toBe('expired');
		expect(identityFault('lot', 1, { lot: 'L1', expiresOn: '2026-11-22' }, on)).toBeNull();
		expect(identityFault('lot', 1, { lot: 'L1', expiresOn: '2026-02-30' }, on)).toBe('no_such_date');
	});
});
