import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FreeBucket, type PlanQuestion, planReservation } from './plan-reservation.ts';

type Shelf = Readonly<Record<string, readonly FreeBucket[]>>;
const at = (shelf: Shelf) => (siteId: string, sku: string) => shelf[`${siteId} ${sku}`] ?? [];
const now = (units: number) => [{ day: 0, units }];
const ask = (shelf: Shelf, changes: Partial<PlanQuestion> = {}) =>
	planReservation({
		lines: [{ sku: 'A', quantity: 5 }],
		siteIds: ['leeds', 'london', 'york'],
		bucketsAt: at(shelf),
		isSplit: true,
		...changes,
	});
const told = (plan: ReturnType<typeof ask>) =>
	plan.units.map(({ siteId, sku, quantity, day }) => `${siteId} ${quantity} ${sku} ${day}`);

describe('a reservation is planned', () => {
	it('at the first site that has everything, before several of which each has a part', () => {
		expect(told(ask({ 'leeds A': now(4), 'london A': now(5), 'york A': now(9) }))).toEqual(['london 5 A 0']);
	});

	it('at several sites in their order, where none has everything and that is allowed', () => {
		const shelf = { 'leeds A': now(1), 'london A': now(3), 'york A': now(3) };
		expect(told(ask(shelf))).toEqual(['leeds 1 A 0', 'london 3 A 0', 'york 1 A 0']);
		const alone = ask(shelf, { isSplit: false });
		expect(told(alone)).toEqual(['london 3 A 0']);
		expect(alone.missing).toEqual([{ sku: 'A', quantity: 2 }]);
	});

	it('with what comes where what is there does not suffice, the earliest first', () => {
		const shelf = {
			'leeds A': [...now(1), { day: 6, units: 9 }],
			'london A': [...now(2), { day: 3, units: 5 }],
		};
		expect(told(ask(shelf, { isSplit: false }))).toEqual(['london 2 A 0', 'london 3 A 3']);
		expect(told(ask(shelf, { lines: [{ sku: 'A', quantity: 4 }] }))).toEqual(['london 2 A 0', 'london 2 A 3']);
		expect(told(ask(shelf, { lines: [{ sku: 'A', quantity: 8 }] }))).toEqual(['leeds 1 A 0', 'leeds 7 A 6']);
		expect(told(ask(shelf, { lines: [{ sku: 'A', quantity: 12 }] }))).toEqual([
			'leeds 1 A 0',
			'london 2 A 0',
			'london 3 A 3',
			'leeds 6 A 6',
		]);
	});

	it('now at several sites rather than later at one', () => {
		const shelf = { 'leeds A': [...now(3), { day: 2, units: 9 }], 'london A': now(3) };
		expect(told(ask(shelf))).toEqual(['leeds 3 A 0', 'london 2 A 0']);
	});

	it('of nothing where there is nothing, and says what is missing', () => {
		expect(ask({})).toEqual({ units: [], missing: [{ sku: 'A', quantity: 5 }] });
		expect(ask({}, { siteIds: [], isSplit: false })).toEqual({ units: [], missing: [{ sku: 'A', quantity: 5 }] });
	});

	const siteIds = ['a', 'b', 'c'];
	const skus = ['X', 'Y'];
	const buckets = fc
		.uniqueArray(fc.record({ day: fc.nat(9), units: fc.nat(12) }), { selector: ({ day }) => day, maxLength: 3 })
		.map((list) => list.sort((x, y) => x.day - y.day));
	const shelves = fc.dictionary(
		fc.constantFrom(...siteIds.flatMap((id) => skus.map((sku) => `${id} ${sku}`))),
		buckets,
	);
	const lines = fc.array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 9 }) }), {
		minLength: 1,
		maxLength: 3,
	});

	it('never with more than a site may promise by the day, and what is planned and missing is what was asked for', () => {
		fc.assert(
			fc.property(shelves, lines, fc.boolean(), (shelf, asked, isSplit) => {
				const plan = ask(shelf, { lines: asked, siteIds, isSplit });
				for (const siteId of siteIds) {
					for (const sku of skus) {
						const taken = plan.units.filter((each) => each.siteId === siteId && each.sku === sku);
						for (const { day } of taken) {
							const until = taken.reduce((sum, each) => sum + (each.day <= day ? each.quantity : 0), 0);
							const free = Math.max(
								0,
								...at(shelf)(siteId, sku).flatMap((each) => (each.day <= day ? [each.units] : [])),
							);
							expect(until).toBeLessThanOrEqual(free);
						}
					}
				}
				if (!isSplit) expect(new Set(plan.units.map(({ siteId }) => siteId)).size).toBeLessThanOrEqual(1);
				for (const sku of skus) {
					const sum = (list: readonly { readonly sku: string; readonly quantity: number }[]) =>
						list.reduce((total, each) => total + (each.sku === sku ? each.quantity : 0), 0);
					expect(sum(plan.units) + sum(plan.missing)).toBe(sum(asked));
				}
			}),
		);
	});

	it('whole whenever all sites together have everything and several are allowed', () => {
		fc.assert(
			fc.property(shelves, lines, (shelf, asked) => {
				const plan = ask(shelf, { lines: asked, siteIds });
				const suffices = skus.every((sku) => {
					const most = siteIds.reduce(
						(sum, siteId) => sum + Math.max(0, ...at(shelf)(siteId, sku).map(({ units }) => units)),
						0,
					);
					return asked.reduce((sum, each) => sum + (each.sku === sku ? each.quantity : 0), 0) <= most;
				});
				expect(plan.missing.length === 0).toBe(suffices);
			}),
		);
	});
});
