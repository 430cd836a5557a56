import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownBound, readFixture, tinyProblems } from '../../../../test/routing-for-tests.ts';
import { checkSolution } from './check-solution.ts';
import type { LoadedSolver, MilpSolver } from './milp-solver.ts';
import { type BatchOptions, routeBatch } from './route-batch.ts';
import type { RoutingProblem } from './routing-problem.ts';
import { toSolution } from './solution.ts';
import { startSolverThread } from './solver-thread.ts';
import { gapOf } from './unavoidable.ts';

const unhurried = { aim: 60, most: 60 };
const without: BatchOptions = {
	time: unhurried,
	nowMs: () => performance.now(),
	loadSolver: async () => ({ missing: 'not for this test' }),
};

test('every ordered unit is assigned or unfilled once, stock and capacity suffice, and the cost is what an independent count says', async () => {
	await fc.assert(
		fc.asyncProperty(tinyProblems({ orders: 6, units: 3 }), async (problem) => {
			const result = await routeBatch(problem, without);
			const checked = checkSolution(problem, toSolution(problem, result.offers, result.plans));
			expect(checked.faults).toEqual([]);
			expect(checked.cost).toBeCloseTo(result.cost, 6);
			expect(result.bound).toBeLessThanOrEqual(result.cost + 1e-6);
			expect(result.bound).toBeGreaterThanOrEqual(result.unavoidable - 1e-6);
		}),
		{ numRuns: 150 },
	);
});

test('the bound is below the cheapest of all solutions, and the cost not below it', async () => {
	await fc.assert(
		fc.asyncProperty(tinyProblems({ orders: 2, units: 2 }), async (problem) => {
			const result = await routeBatch(problem, without);
			const best = cheapestOfAll(problem);
			expect(result.bound).toBeLessThanOrEqual(best + 1e-6);
			expect(result.cost).toBeGreaterThanOrEqual(best - 1e-6);
		}),
		{ numRuns: 40 },
	);
});

test('200 real baskets over 50 sites come within 0.25 % of the proved bound, with HiGHS', async () => {
	const { problem } = readFixture('us-200x50-r4');
	const { bound, unavoidable } = knownBound('us-200x50-r4');
	const result = await routeBatch(problem, { ...without, loadSolver: startSolverThread });
	expect(result.choice).toEqual({ by: 'solver', name: 'HiGHS' });
	expect(gapOf(result.cost, bound, unavoidable)).toBeLessThan(0.0025);
	expect(result.unavoidable).toBe(unavoidable);
	expect(result.bound).toBeGreaterThan(bound * 0.999);
	expect(checkSolution(problem, toSolution(problem, result.offers, result.plans)).faults).toEqual([]);
});

test('where HiGHS cannot be loaded the plans are within 2.5 % all the same, and the result says so', async () => {
	const { problem } = readFixture('us-200x50-r4');
	const { bound, unavoidable } = knownBound('us-200x50-r4');
	const result = await routeBatch(problem, { ...without, loadSolver: async () => ({ missing: 'no such module' }) });
	expect(gapOf(result.cost, bound, unavoidable)).toBeLessThan(0.025);
	expect(result.choice).toEqual({ by: 'own improvement', because: 'solver missing', reason: 'no such module' });
});

test('the same problem gets the same plans where the time does not run out', async () => {
	const { problem } = readFixture('us-200x50-r4');
	const plansOf = async () => (await routeBatch(problem, without)).plans.map(({ offers, units }) => [offers, units]);
	expect(await plansOf()).toEqual(await plansOf());
});

test('a batch with no time at all is feasible', async () => {
	const { problem } = readFixture('us-200x50-r4');
	const result = await routeBatch(problem, { ...without, time: { aim: 0, most: 0 } });
	expect(checkSolution(problem, toSolution(problem, result.offers, result.plans)).faults).toEqual([]);
	expect(result.bound).toBeLessThanOrEqual(result.cost);
});

test('an answer of the solver that is not feasible or not whole changes nothing', async () => {
	const { problem } = readFixture('us-200x50-r4');
	const honest = await routeBatch(problem, without);
	for (const value of [0, 1]) {
		const liar: MilpSolver = {
			name: 'liar',
			solve: async ({ program }) => new Float64Array(program.columns).fill(value),
			close: () => undefined,
		};
		const result = await routeBatch(problem, { ...without, loadSolver: async () => ({ solver: liar }) });
		expect(checkSolution(problem, toSolution(problem, result.offers, result.plans)).faults).toEqual([]);
		expect(result.cost).toBeLessThan(honest.cost * 1.01);
	}
});

test('a solver that never answers does not hold a batch up, and is closed', async () => {
	const { problem } = readFixture('us-200x50-r4');
	let isClosed = false;
	const solver: MilpSolver = {
		name: 'sleeper',
		solve: () => new Promise(() => undefined),
		close: () => {
			isClosed = true;
		},
	};
	const loaded: LoadedSolver = { solver };
	const result = await routeBatch(problem, { ...without, time: { aim: 1, most: 1 }, loadSolver: async () => loaded });
	expect(result.choice).toEqual({ by: 'own improvement', because: 'no time' });
	expect(isClosed).toBe(true);
});

test('no orders, no sites and no stock are routed too', async () => {
	const { problem } = readFixture('us-200x50-r4');
	for (const empty of [
		{ ...problem, orders: [] },
		{ ...problem, stock: [] },
		{ ...problem, stock: [], sites: [] },
	]) {
		const result = await routeBatch(empty, without);
		expect(result.cost).toBe(result.unavoidable);
		expect(result.gap).toBe(0);
	}
});

/** Tries all solutions of a problem, order after order. */
function cheapestOfAll(problem: RoutingProblem): number {
	const { orders, sites, stock, skus } = problem;
	const units = orders.flatMap((order) =>
		order.lines.flatMap(({ sku, units: all }) => Array.from({ length: all }, () => ({ order, sku }))),
	);
	const choice: number[] = [];
	let best = Number.POSITIVE_INFINITY;
	const visit = (at: number): void => {
		if (at === units.length) {
			const solution = {
				assignments: [] as { order: string; sku: string; site: string; qty: number }[],
				unfilled: [] as { order: string; sku: string; qty: number }[],
			};
			const counted = new Map<string, number>();
			units.forEach(({ order, sku }, index) => {
				const key = JSON.stringify([order.id, skus[sku], choice[index]]);
				counted.set(key, (counted.get(key) ?? 0) + 1);
			});
			for (const [key, qty] of counted) {
				const [order, sku, site] = JSON.parse(key) as [string, string, number];
				if (site === -1) solution.unfilled.push({ order, sku, qty });
				else solution.assignments.push({ order, sku, site: (sites[site] as (typeof sites)[number]).id, qty });
			}
			const { faults, cost } = checkSolution(problem, solution);
			if (faults.length === 0) best = Math.min(best, cost);
			return;
		}
		const before = units[at - 1];
		const isSame = before?.order === units[at]?.order && before?.sku === units[at]?.sku;
		// Units of one line are alike: only ascending choices.
		for (let site = isSame ? (choice[at - 1] as number) : -1; site < sites.length; site += 1) {
			if (
				site >= 0 &&
				!stock.some((position) => position.site === site && position.sku === units[at]?.sku && position.units > 0)
			)
				continue;
			choice[at] = site;
			visit(at + 1);
		}
	};
	visit(0);
	return best;
}
