import { checkSolution } from '../../sync-server/central/routing/engine/check-solution.ts';
import { learnPrices } from '../../sync-server/central/routing/engine/learn-prices.ts';
import { fullSupply, noPrices, openNetwork } from '../../sync-server/central/routing/engine/network.ts';
import { routeOrder } from '../../sync-server/central/routing/engine/order-router.ts';
import { take } from '../../sync-server/central/routing/engine/plan.ts';
import { routeBatch } from '../../sync-server/central/routing/engine/route-batch.ts';
import type { RoutingProblem } from '../../sync-server/central/routing/engine/routing-problem.ts';
import { toSolution } from '../../sync-server/central/routing/engine/solution.ts';
import { startSolverThread } from '../../sync-server/central/routing/engine/solver-thread.ts';
import { gapOf } from '../../sync-server/central/routing/engine/unavoidable.ts';
import { knownBound, type RoutingFixture, readFixture, routingFixtures } from '../routing-for-tests.ts';
import type { Bench, Figures } from './bench.ts';
import { generateInstance } from './generate-instance.ts';
import { quantile, rounded } from './quantiles.ts';
import { routeByRule, rules } from './routing-rules.ts';

const budgets: Readonly<Record<RoutingFixture, { readonly gapPercent: number; readonly seconds: number }>> = {
	'us-200x50-r4': { gapPercent: 0.2, seconds: 0.5 },
	'us-1000x300-r4': { gapPercent: 0.25, seconds: 2 },
	'gb-1000x300-r4': { gapPercent: 0.2, seconds: 3 },
	'us-1000x300-r2': { gapPercent: 0.6, seconds: 5 },
	'us-5000x300-r4': { gapPercent: 0.3, seconds: 12 },
};
/** Prices are learned every so many orders, from the latest ones. */
const sequence = { fixture: 'us-5000x300-r4', ordersBetweenPrices: 250, seen: 2000 } as const;
/** `BACKSTOCK_ROUTING_GROWTH=50000x2000` adds the largest, which takes minutes and 3 GB. */
const growth = [
	{ orders: 1000, sites: 100 },
	{ orders: 4000, sites: 300 },
	{ orders: 12_000, sites: 700 },
];

/** Batches on real places against a proved bound, against simple rules, one order at a time, and on ever larger instances. */
export const routing: Bench = {
	name: 'routing',
	run: async () => {
		const batches: Record<string, Figures> = {};
		for (const name of routingFixtures) batches[name] = await batchOf(name);
		const { problem } = readFixture(sequence.fixture);
		const { bound, unavoidable } = knownBound(sequence.fixture);
		const gapPercent = (cost: number) => rounded(100 * gapOf(cost, bound, unavoidable));
		const blind = oneByOne(problem, false);
		const priced = oneByOne(problem, true);
		const grown: Record<string, Figures> = {};
		for (const size of sizes()) grown[`${size.orders} x ${size.sites}`] = await grow(size);
		const largest = batches[sequence.fixture];
		return {
			line:
				`routing: 5,000 orders × 300 sites within ${largest?.gapPercent} % of the proved bound in ${largest?.seconds} s; ` +
				`one by one ${gapPercent(priced.cost)} % with learned prices, ${gapPercent(blind.cost)} % without, p99 ${priced.microseconds.p99} µs`,
			budget: routingFixtures
				.map((name) => `${name}: ${budgets[name].gapPercent} % in ${budgets[name].seconds} s`)
				.join('; '),
			figures: {
				batches,
				oneByOne: {
					withLearnedPrices: { gapPercent: gapPercent(priced.cost), ...priced.microseconds },
					withoutPrices: { gapPercent: gapPercent(blind.cost), ...blind.microseconds },
				},
				growth: grown,
			},
		};
	},
};

async function batchOf(name: RoutingFixture): Promise<Figures> {
	const { problem } = readFixture(name);
	const { bound, unavoidable } = knownBound(name);
	const ours = await routed(problem);
	const percent = (cost: number) => rounded(100 * gapOf(cost, bound, unavoidable));
	const ofRules: Record<string, number> = {};
	for (const [rule, decide] of Object.entries(rules)) {
		const { faults, cost } = checkSolution(problem, routeByRule(problem, decide));
		if (faults.length > 0) throw new Error(`The rule ${rule} broke a limit: ${faults[0]}`);
		ofRules[`${rule}GapPercent`] = percent(cost);
	}
	return { gapPercent: rounded(100 * gapOf(ours.cost, bound, unavoidable), 3), ...ours, ...ofRules };
}

/** In a warm process; the CPU's time is that of all threads, with the compilation of what runs. */
async function routed(problem: RoutingProblem) {
	const before = process.cpuUsage();
	const began = performance.now();
	const result = await routeBatch(problem, { nowMs: () => performance.now(), loadSolver: startSolverThread });
	const seconds = rounded((performance.now() - began) / 1000);
	const cpuSeconds = rounded(process.cpuUsage(before).user / 1e6);
	const { faults, cost, unfilledUnits } = checkSolution(problem, toSolution(problem, result.offers, result.plans));
	if (faults.length > 0) throw new Error(`The engine broke a limit: ${faults[0]}`);
	const chosenBy = result.choice.by === 'solver' ? result.choice.name : `own improvement (${result.choice.because})`;
	return {
		cost: rounded(cost),
		ownGapPercent: rounded(100 * result.gap, 3),
		unfilledUnits,
		seconds,
		cpuSeconds,
		chosenBy,
	};
}

function oneByOne(problem: RoutingProblem, isLearning: boolean) {
	const network = openNetwork(problem);
	const supply = fullSupply(network);
	let prices = noPrices(network);
	let cost = 0;
	const microseconds: number[] = [];
	for (const [at, order] of problem.orders.entries()) {
		if (isLearning && at > 0 && at % sequence.ordersBetweenPrices === 0) {
			const seen = problem.orders.slice(Math.max(0, at - sequence.seen), at);
			prices = learnPrices({ network, supply, prices }, seen, problem.orders.length - at);
		}
		const began = performance.now();
		const { plan } = routeOrder({ network, supply, prices }, order);
		microseconds.push((performance.now() - began) * 1000);
		take(plan, supply);
		cost += plan.cost;
	}
	const at = (share: number) => rounded(quantile(microseconds, share), 1);
	return { cost, microseconds: { p50: at(0.5), p99: at(0.99) } };
}

function sizes() {
	const [orders, sites] = (process.env.BACKSTOCK_ROUTING_GROWTH ?? '').split('x').map(Number);
	return orders && sites ? [...growth, { orders, sites }] : growth;
}

async function grow({ orders, sites }: { readonly orders: number; readonly sites: number }): Promise<Figures> {
	const problem = generateInstance({ orders, sites, seed: 7 });
	const { cost, ownGapPercent, seconds, cpuSeconds, chosenBy } = await routed(problem);
	return { cost, costPerOrder: rounded(cost / orders), ownGapPercent, seconds, cpuSeconds, chosenBy };
}
