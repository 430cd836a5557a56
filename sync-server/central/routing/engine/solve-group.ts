import { type Assignment, assign, unassign } from './assignment.ts';
import { fits, giveBack, take } from './plan.ts';
import type { PooledPlan } from './plan-pool.ts';

/** What must be won at least, so that rounding doesn't turn in circles. */
const leastGain = 1e-6;

/**
 * Chooses the plans of a group of orders anew, the others staying as they are: branch and bound over their pooled plans, in which the bound is the
 * excess so far and what will certainly be left of priced resources.
 * @param first the only plan that the group's first order may get
 * @param mostLoss what the group may cost more than before; left out, it must cost less
 * @returns what was won, 0 where nothing was found within `mostBranches`
 */
export function solveGroup(
	assignment: Assignment,
	group: readonly number[],
	first: PooledPlan,
	mostBranches: number,
	mostLoss = 0,
): number {
	const { pool, free } = assignment;
	const before = group.map((order) => unassign(assignment, order));
	const choices = group.map((order, at) =>
		(at === 0 ? [first] : (pool.plans[order] as PooledPlan[])).filter(({ plan }) => fits(plan, free)),
	);
	const chosen = choices.every(({ length }) => length > 0)
		? search(assignment, before, choices, mostBranches, mostLoss)
		: undefined;
	let gain = 0;
	group.forEach((_, at) => {
		const now = before[at] as PooledPlan;
		const next = chosen?.[at] ?? now;
		gain += now.plan.cost - next.plan.cost;
		assign(assignment, next);
	});
	return gain;
}

function search(
	{ pool: { prices }, free }: Assignment,
	before: readonly PooledPlan[],
	choices: PooledPlan[][],
	mostBranches: number,
	mostLoss: number,
): PooledPlan[] | undefined {
	const least = choices.map(([cheapest]) => (cheapest as PooledPlan).excess);
	const leastOfAll = least.reduce((sum, excess) => sum + excess, 0);
	const resources = pricedResources(prices, [before, ...choices]);
	for (const { plan } of before) take(plan, free);
	let budget =
		before.reduce((sum, { excess }) => sum + excess, 0) + leftOver(prices, free, resources) + mostLoss - leastGain;
	for (const { plan } of before) giveBack(plan, free);
	if (leastOfAll >= budget) return undefined;

	choices.forEach((plans, at) => {
		const limit = (least[at] as number) + budget - leastOfAll;
		while (plans.length > 1 && (plans.at(-1) as PooledPlan).excess >= limit) plans.pop();
	});
	// A resource's rest is known once the last order that could take of it has its plan.
	const lastUser = new Map(resources.map((resource) => [resource, -1]));
	choices.forEach((plans, at) => {
		for (const { plan } of plans) {
			for (const resource of plan.resources) if (lastUser.has(resource)) lastUser.set(resource, at);
		}
	});
	const settled: number[][] = choices.map(() => []);
	const untouched: number[] = [];
	for (const [resource, at] of lastUser) (settled[at] ?? untouched).push(resource);
	const leastFrom = new Float64Array(choices.length + 1);
	for (let at = choices.length - 1; at >= 0; at -= 1)
		leastFrom[at] = (leastFrom[at + 1] as number) + (least[at] as number);

	const chosen: PooledPlan[] = [];
	let best: PooledPlan[] | undefined;
	let branches = 0;
	const visit = (at: number, excess: number): void => {
		if (at === choices.length) {
			budget = excess - leastGain;
			best = chosen.slice();
			return;
		}
		for (const pooled of choices[at] as PooledPlan[]) {
			const soFar = excess + pooled.excess;
			if (soFar + (leastFrom[at + 1] as number) >= budget || branches >= mostBranches) return;
			if (!fits(pooled.plan, free)) continue;
			branches += 1;
			take(pooled.plan, free);
			const whole = soFar + leftOver(prices, free, settled[at] as number[]);
			if (whole + (leastFrom[at + 1] as number) < budget) {
				chosen[at] = pooled;
				visit(at + 1, whole);
			}
			giveBack(pooled.plan, free);
		}
	};
	visit(0, leftOver(prices, free, untouched));
	return best;
}

function pricedResources(prices: Float64Array, plans: readonly (readonly PooledPlan[])[]): number[] {
	const resources = new Set<number>();
	for (const some of plans) {
		for (const { plan } of some) {
			for (const resource of plan.resources) if ((prices[resource] as number) > 0) resources.add(resource);
		}
	}
	return [...resources];
}

function leftOver(prices: Float64Array, free: Int32Array, resources: readonly number[]): number {
	let worth = 0;
	for (const resource of resources) worth += (prices[resource] as number) * (free[resource] as number);
	return worth;
}
