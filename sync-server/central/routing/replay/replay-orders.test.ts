import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noRules, type PromisingRule } from '../../../../shared/schema/promising-rules.ts';
import { firstRouting, type RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import { stockPositionId } from '../../../../shared/schema/stock-position.ts';
import { shopProducts, shopSites } from '../../../../test/shop-for-tests.ts';
import { explainShipment } from '../live/explain-shipment.ts';
import { routeShipment } from '../live/route-shipment.ts';
import { priceShipment, sumOfTerms } from './price-shipment.ts';
import type { ReplayDay, ReplayOrder, ReplayScenario } from './replay-day.ts';
import { replayOrders } from './replay-orders.ts';
import { compareReplays } from './replay-tally.ts';

const york = { lat: 53.96, lon: -1.08 };
const friday = '2026-11-20';

function order(number: string, lines: readonly [sku: string, quantity: number][], time = '10:00'): ReplayOrder {
	return {
		number,
		channel: 'web',
		country: 'GB',
		currency: 'GBP',
		valueMinor: 1000,
		place: york,
		lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
		dueAt: `${friday}T16:00:00Z`,
		placedAt: `${friday}T${time}:00Z`,
	};
}

function dayWith(orders: readonly ReplayOrder[], stock: Readonly<Record<string, number>>): ReplayDay {
	return {
		day: friday,
		orders,
		sites: shopSites,
		products: shopProducts,
		stock: Object.entries(stock).map(([key, units]) => {
			const [siteId = '', sku = ''] = key.split(' ');
			return { siteId, sku, units, unitsPerDay: 0, confidence: 1 };
		}),
		changes: [],
		backlog: [],
		promising: noRules,
	};
}

const scenario = (changes: Partial<ReplayScenario> = {}): ReplayScenario => ({
	routing: firstRouting,
	closedSiteIds: [],
	capacities: [],
	...changes,
});
const withWeights = (weights: Partial<RoutingSet['weights']>): RoutingSet => ({
	...firstRouting,
	weights: { ...firstRouting.weights, ...weights },
});
const sitesOf = (day: ReplayDay, asked: ReplayScenario) =>
	replayOrders(day, asked).routes.map(({ route }) => Object.fromEntries(route));

describe('a day that is replayed', () => {
	it('gives the goods to whoever ordered first', () => {
		const day = dayWith([order('1', [['A', 2]]), order('2', [['A', 2]])], { 'leeds A': 3 });
		expect(sitesOf(day, scenario())).toEqual([{ leeds: 2 }, { leeds: 1 }]);
		expect(replayOrders(day, scenario()).totals).toMatchObject({
			orders: 2,
			units: 4,
			shippedUnits: 3,
			unfilledUnits: 1,
			wholeOrders: 1,
			parcels: 2,
			splitOrders: 0,
		});
	});

	it('knows what came and went meanwhile', () => {
		const stock = { 'leeds A': 1 };
		const orders = [order('1', [['A', 2]], '09:00'), order('2', [['A', 2]], '12:00')];
		const change = (time: string, units: number) => ({ at: `${friday}T${time}:00Z`, siteId: 'leeds', sku: 'A', units });
		const day = { ...dayWith(orders, stock), changes: [change('08:00', -1), change('11:00', 5)] };
		expect(sitesOf(day, scenario())).toEqual([{}, { leeds: 2 }]);
	});

	it('keeps back what the rules of promising keep back', () => {
		const keepTwo: PromisingRule = {
			id: '1',
			name: 'Keep two',
			products: {},
			siteGroup: {},
			effect: { safetyStock: { units: 2 } },
		};
		const day = { ...dayWith([order('1', [['A', 5]])], { 'leeds A': 5 }), promising: { rules: [keepTwo], groups: [] } };
		expect(sitesOf(day, scenario())).toEqual([{ leeds: 3 }]);
	});

	it('is late where a site has more to pick than it can, and no longer once a day is worked off', () => {
		const stock = { 'leeds A': 9 };
		const lateDays = (asked: ReplayScenario, orders: readonly ReplayOrder[]) =>
			replayOrders({ ...dayWith(orders, stock), backlog: [{ siteId: 'leeds', units: 1 }] }, asked).totals.lateDays;
		const two = scenario({ capacities: [{ siteId: 'leeds', units: 2 }] });
		const morning = [order('1', [['A', 1]]), order('2', [['A', 1]])];
		expect(lateDays(scenario(), morning)).toBe(0);
		expect(lateDays(two, morning)).toBe(1);
		const evening = { ...order('3', [['A', 1]], '17:00'), dueAt: '2026-11-21T16:00:00Z' };
		expect(lateDays(two, [...morning, evening])).toBe(1);
	});

	it('sends nothing from a closed site, and another one does it at its cost', () => {
		const day = dayWith([order('1', [['A', 1]])], { 'leeds A': 1, 'london A': 1 });
		expect(sitesOf(day, scenario({ closedSiteIds: ['leeds'] }))).toEqual([{ london: 1 }]);
		expect(sitesOf(day, scenario({ closedSiteIds: shopSites.map(({ id }) => id) }))).toEqual([{}]);
	});

	it('is priced at the same weights whatever it was routed by', () => {
		const day = dayWith(
			[
				order('1', [
					['A', 1],
					['B', 1],
				]),
			],
			{ 'leeds A': 1, 'london B': 1, 'daventry A': 1, 'daventry B': 1 },
		);
		const cheapSplits = scenario({ routing: withWeights({ splitMinor: 0, hundredKmMinor: 10_000 }) });
		const before = replayOrders(day, scenario());
		const after = replayOrders(day, cheapSplits, firstRouting.weights);
		expect([before.totals.parcels, after.totals.parcels]).toEqual([1, 1]);
		expect(before.totals.cost).toBe(before.totals.ownCost);
		expect(after.totals.cost).toBeLessThan(after.totals.ownCost);
	});
});

it('two outcomes are compared: the load of each site, and the orders that go elsewhere', () => {
	const day = dayWith([order('1', [['A', 1]]), order('2', [['B', 1]])], { 'leeds A': 1, 'london A': 1, 'london B': 1 });
	const before = replayOrders(day, scenario());
	const after = replayOrders(day, scenario({ closedSiteIds: ['leeds'], capacities: [{ siteId: 'london', units: 7 }] }));
	const { sites, moved, movedOrders } = compareReplays(before, after, day.sites);
	expect(sites).toEqual([
		{
			siteId: 'london',
			siteName: 'The shop in london',
			before: { units: 1, parcels: 1, capacityUnits: 100 },
			after: { units: 2, parcels: 2, capacityUnits: 7 },
		},
		{
			siteId: 'leeds',
			siteName: 'The shop in leeds',
			before: { units: 1, parcels: 1, capacityUnits: 100 },
			after: { units: 0, parcels: 0, capacityUnits: 0 },
		},
	]);
	expect([movedOrders, moved]).toEqual([
		1,
		[
			{
				order: '1',
				before: [{ siteName: 'The shop in leeds', units: 1 }],
				after: [{ siteName: 'The shop in london', units: 1 }],
			},
		],
	]);
});

describe('laws', () => {
	const siteIds = shopSites.map(({ id }) => id);
	const skus = ['A', 'B', 'C'];
	const keys = siteIds.flatMap((siteId) => skus.map((sku) => `${siteId} ${sku}`));
	const stocks = fc.record(Object.fromEntries(keys.map((key) => [key, fc.nat(5)])));
	const lines = fc.array(fc.tuple(fc.constantFrom(...skus), fc.integer({ min: 1, max: 4 })), {
		minLength: 1,
		maxLength: 3,
	});
	const orders = fc
		.array(fc.record({ lines, hour: fc.integer({ min: 6, max: 20 }) }), { minLength: 1, maxLength: 8 })
		.map((all) =>
			all
				.sort((a, b) => a.hour - b.hour)
				.map((each, index) => order(String(index), each.lines, `${String(each.hour).padStart(2, '0')}:00`)),
		);
	const scenarios = fc.record({
		routing: fc
			.record({
				splitMinor: fc.nat(900),
				lateDayMinor: fc.nat(900),
				unfilledMinor: fc.nat(9000),
				hundredKmMinor: fc.nat(90),
			})
			.map(withWeights),
		closedSiteIds: fc.subarray(siteIds, { maxLength: 2 }),
		capacities: fc.uniqueArray(fc.record({ siteId: fc.constantFrom(...siteIds), units: fc.nat(9) }), {
			selector: ({ siteId }) => siteId,
		}),
	});

	it('a replay repeats itself, keeps to stock and closed sites, and every ordered unit is shipped or unfilled', () => {
		fc.assert(
			fc.property(stocks, orders, scenarios, (stock, placed, asked) => {
				const day = dayWith(placed, stock);
				const outcome = replayOrders(day, asked);
				expect(replayOrders(day, asked)).toEqual(outcome);
				const { units, shippedUnits, unfilledUnits, parcels, terms, cost } = outcome.totals;
				expect(shippedUnits + unfilledUnits).toBe(units);
				expect(sumOfTerms(terms)).toBeCloseTo(cost);
				expect(outcome.sites.reduce((sum, site) => sum + site.units, 0)).toBe(shippedUnits);
				expect(outcome.sites.reduce((sum, site) => sum + site.parcels, 0)).toBe(parcels);
				for (const site of outcome.sites) {
					expect(asked.closedSiteIds).not.toContain(site.id);
					expect(site.units).toBeLessThanOrEqual(skus.reduce((sum, sku) => sum + (stock[`${site.id} ${sku}`] ?? 0), 0));
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('more stock and more capacity never leave more unfilled, where no rule says so', () => {
		fc.assert(
			fc.property(
				stocks,
				orders,
				fc.constantFrom(...keys),
				fc.nat(5),
				fc.nat(50),
				(stock, placed, key, more, capacity) => {
					const unfilled = (there: typeof stock, units: number) =>
						replayOrders(dayWith(placed, there), scenario({ capacities: siteIds.map((siteId) => ({ siteId, units })) }))
							.totals.unfilledUnits;
					const richer = { ...stock, [key]: (stock[key] ?? 0) + more };
					expect(unfilled(richer, 10 + capacity)).toBeLessThanOrEqual(unfilled(stock, 10));
				},
			),
			{ numRuns: 60 },
		);
	});

	it('what a shipment is priced at is what its decision tells', () => {
		fc.assert(
			fc.property(stocks, lines, fc.double({ min: 0, max: 1, noNaN: true }), (stock, asked, confidence) => {
				const day = dayWith([order('1', asked)], stock);
				const free = new Map(day.stock.map(({ siteId, sku, units }) => [stockPositionId(siteId, sku), units]));
				const shop = {
					routing: firstRouting,
					sites: shopSites,
					freeUnits: (siteId: string, sku: string) => free.get(stockPositionId(siteId, sku)) ?? 0,
					healthAt: () => ({ coverWeeks: 1, confidence }),
					unitGrams: () => 400,
				};
				const { seen } = routeShipment(shop, {
					order: { channel: 'web', country: 'GB', currency: 'GBP', valueMinor: 1, products: [], on: friday },
					place: york,
					lines: asked.map(([sku, quantity]) => ({ sku, quantity })),
					dueAt: `${friday}T16:00:00Z`,
					leavesAt: ({ id }) => (id === 'leeds' ? '2026-11-22T16:00:00Z' : `${friday}T16:00:00Z`),
					exclusionOf: () => undefined,
				});
				const facts = {
					id: '1',
					orderId: '1',
					orderNumber: '1',
					at: friday,
					cause: 'captured',
					rulesVersion: 1,
					currency: 'GBP',
				} as const;
				const told = explainShipment(seen, facts).chosen;
				const { terms, unfilledUnits } = priceShipment(seen, shop, firstRouting.weights);
				expect(unfilledUnits).toBe(told.unfilledUnits);
				for (const name of Object.keys(terms) as (keyof typeof terms)[])
					expect(Math.abs(terms[name] - told.terms[name])).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 60 },
		);
	});
});
