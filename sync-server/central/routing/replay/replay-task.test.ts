import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noRules } from '../../../../shared/schema/promising-rules.ts';
import { firstRouting } from '../../../../shared/schema/routing-rules.ts';
import { tinyProblems } from '../../../../test/routing-for-tests.ts';
import { checkSolution } from '../engine/check-solution.ts';
import { fullSupply, noPrices, openNetwork } from '../engine/network.ts';
import { routeOrder } from '../engine/order-router.ts';
import type { RoutingProblem } from '../engine/routing-problem.ts';
import { instanceOutcome, type RouteInstance } from './replay-instance.ts';
import { type ReplayTask, runReplay } from './replay-task.ts';
import { replayInThread } from './replay-thread.ts';

/** One order after another, without looking ahead: quick, and feasible. */
const inSequence: RouteInstance = async (problem) => {
	const network = openNetwork(problem);
	const supply = fullSupply(network);
	return problem.orders.map((order) => {
		const { plan, takes } = routeOrder({ network, supply, prices: noPrices(network) }, order);
		plan.resources.forEach((resource, at) => {
			supply[resource] = (supply[resource] as number) - (plan.amounts[at] as number);
		});
		return takes;
	});
};

const mostBytes = 100_000;
const noChanges = { rates: {}, closedSiteIds: [], capacities: [] };
type Changes = Extract<ReplayTask, { kind: 'file' }>['changes'];
const replayFile = (content: unknown, changes: Changes = noChanges) => {
	const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(JSON.stringify(content));
	return runReplay({ kind: 'file', bytes, mostBytes, changes }, inSequence);
};

const instance = {
	params: {
		zoneUpperKm: [100],
		zoneFixed: [5, 8],
		zonePerUnit: [1, 2],
		splitPenalty: 3,
		unfilledPenalty: 50,
		currency: 'EUR',
	},
	sites: [
		{ id: 'near', lat: 50, lon: 8, capacity: 9, handlingCost: 1 },
		{ id: 'far', lat: 53, lon: 8, capacity: 9, handlingCost: 1 },
	],
	stock: [
		{ site: 'near', sku: 'A', qty: 5 },
		{ site: 'far', sku: 'A', qty: 5 },
	],
	orders: [
		{ id: 'o1', lat: 50, lon: 8, lines: [{ sku: 'A', qty: 2 }] },
		{ id: 'o2', lat: 50, lon: 8, lines: [{ sku: 'A', qty: 2 }] },
	],
};

describe('a file', () => {
	it('is routed as it is and with what is different, and priced at its own rates', async () => {
		const capacities = [{ siteId: 'near', units: 2 }];
		expect(await replayFile(instance, { ...noChanges, rates: { splitPenalty: 0 }, capacities })).toMatchObject({
			comparison: {
				currency: 'EUR',
				before: { orders: 2, parcels: 2, terms: { shipping: 14, handling: 2 }, cost: 16 },
				after: { parcels: 2, terms: { shipping: 19, handling: 2 }, cost: 21 },
				sites: [
					{ siteId: 'near', before: { units: 4, capacityUnits: 9 }, after: { units: 2, capacityUnits: 2 } },
					{ siteId: 'far', before: { units: 0 }, after: { units: 2 } },
				],
				movedOrders: 1,
				moved: [{ order: 'o2', before: [{ siteName: 'near', units: 2 }], after: [{ siteName: 'far', units: 2 }] }],
				faultCount: 0,
			},
		});
		const closed = await replayFile(instance, { ...noChanges, closedSiteIds: ['near', 'far'] });
		expect(closed).toMatchObject({ comparison: { after: { unfilledUnits: 4, cost: 200, parcels: 0 } } });
	});

	it('with faults is replayed as far as it can be used, and each is told with its place', async () => {
		const orders = [...instance.orders, { id: 'o3', lat: 50, lon: 8, lines: [{ sku: 'A', qty: -1 }] }];
		const replayed = await replayFile({ ...instance, orders });
		expect(replayed).toMatchObject({
			comparison: { before: { orders: 2 }, faults: [{ place: 'orders[2].lines[0].qty' }], faultCount: 1 },
		});
	});

	it.each<[string, unknown, Changes, object]>([
		[
			'nonsense',
			new TextEncoder().encode('nonsense'),
			noChanges,
			{ error: 'unusable_file', message: /line 1, column 1/ },
		],
		[
			'more in it than it seems',
			gzipSync(new Uint8Array(mostBytes + 1)),
			noChanges,
			{ error: 'unusable_file', message: /unpacks to more than/ },
		],
		['rates that are none', { ...instance, params: {} }, noChanges, { where: 'params.zoneUpperKm' }],
		['no order at all', { ...instance, orders: [] }, noChanges, { error: 'no_orders', where: 'orders' }],
		['no order that can be used', { ...instance, orders: [{}] }, noChanges, { where: 'orders[0].id' }],
		[
			'a closed site that it does not have',
			instance,
			{ ...noChanges, closedSiteIds: ['moon'] },
			{ error: 'unknown_site', message: /moon/ },
		],
	])('with %s is refused in words', async (_what, content, changes, problem) => {
		const expected = Object.fromEntries(
			Object.entries(problem).map(([key, value]) => [
				key,
				value instanceof RegExp ? expect.stringMatching(value) : value,
			]),
		);
		expect(await replayFile(content, changes)).toMatchObject({ problem: expected });
	});
});

it('a file’s outcome is priced as its solution is checked', async () => {
	await fc.assert(
		fc.asyncProperty(tinyProblems({ orders: 4, units: 3 }), async (tiny) => {
			const problem: RoutingProblem = {
				...tiny,
				stock: tiny.stock.map(({ site, sku, units }) => ({ site, sku, units })),
				orders: tiny.orders.map(({ id, lat, lon, lines }) => ({ id, lat, lon, lines })),
			};
			const takes = await inSequence(problem);
			const { totals } = instanceOutcome(problem, takes, problem.rates);
			const assignments = takes.flatMap((own, order) =>
				own.map(({ site, sku, units }) => ({
					order: problem.orders[order]?.id ?? '',
					sku: problem.skus[sku] ?? '',
					site: problem.sites[site]?.id ?? '',
					qty: units,
				})),
			);
			const checked = checkSolution(problem, { assignments, unfilled: [] });
			expect(totals.cost - totals.terms.unfilled).toBeCloseTo(checked.cost);
			expect(totals.terms).toMatchObject({ split: checked.split });
			expect(totals.parcels).toBe(checked.parcels);
		}),
		{ numRuns: 40 },
	);
});

describe('in a thread of its own', () => {
	it('a file is routed by the batch engine while this thread goes on, and progress is told', async () => {
		const bytes = new TextEncoder().encode(JSON.stringify(instance));
		let turns = 0;
		const timer = setInterval(() => {
			turns += 1;
		}, 1);
		const told: number[] = [];
		const result = await replayInThread(
			{ kind: 'file', bytes, mostBytes, changes: { ...noChanges, closedSiteIds: ['near'] } },
			{ tell: ({ of }) => told.push(of) },
		);
		clearInterval(timer);
		expect(turns).toBeGreaterThan(10);
		expect(told).toContain(4);
		expect(result).toMatchObject({ comparison: { before: { cost: 16 }, after: { cost: 26 }, movedOrders: 2 } });
	});

	it('what is called off ends at once and has no result', async () => {
		const day = {
			day: '2026-11-20',
			orders: [],
			sites: [],
			products: [],
			stock: [],
			changes: [],
			backlog: [],
			promising: noRules,
		};
		const scenario = { routing: firstRouting, closedSiteIds: [], capacities: [] };
		const task: ReplayTask = { kind: 'day', day, before: scenario, after: scenario };
		expect(await replayInThread(task)).toMatchObject({ comparison: { day: '2026-11-20', before: { orders: 0 } } });
		const calledOff = new AbortController();
		const replay = replayInThread(task, { signal: calledOff.signal });
		calledOff.abort(new Error('nobody wants it'));
		await expect(replay).rejects.toThrow('nobody wants it');
		await expect(replayInThread(task, { signal: calledOff.signal })).rejects.toThrow('nobody wants it');
	});
});
