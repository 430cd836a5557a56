import { type Assignment, assign, unassign } from './assignment.ts';
import type { BinaryProgram } from './milp-solver.ts';
import { fullSupply } from './network.ts';
import { fits, giveBack, take } from './plan.ts';
import type { PooledPlan } from './plan-pool.ts';

/** A choice among the pooled plans of all orders at once, as it stood when it was put. */
export interface PlanChoice {
	readonly program: BinaryProgram;
	/** The solution that the assignment had, in the program's columns. */
	readonly start: Float64Array;
	readonly columns: readonly PooledPlan[];
	/** The assignment's plans of all orders at that time; those of orders without columns are kept. */
	readonly before: readonly PooledPlan[];
}

/**
 * Puts the choice of a plan for each order, no resource taken twice, at the least cost. Orders with only one plan that is worth a look keep what they have,
 * which makes this small enough for a solver.
 * @param mostColumns plans among which is chosen, those with the least excess first
 * @returns undefined where there is nothing to choose
 */
export function putChoice(assignment: Assignment, mostColumns: number): PlanChoice | undefined {
	const { pool, current, free } = assignment;
	const limit = excessLimit(assignment, mostColumns);
	const open: number[] = [];
	const worthALook: PooledPlan[] = [];
	pool.plans.forEach((plans, order) => {
		const now = current[order] as PooledPlan;
		const others = plans.filter((pooled) => pooled !== now && excessNow(assignment, pooled) <= limit);
		if (others.length === 0) return;
		open.push(order);
		worthALook.push(now, ...others);
	});
	if (open.length === 0) return undefined;
	for (const order of open) giveBack((current[order] as PooledPlan).plan, free);
	const columns = worthALook.filter(({ plan }) => fits(plan, free));
	const program = makeProgram(assignment, open, columns);
	for (const order of open) take((current[order] as PooledPlan).plan, free);
	const start = Float64Array.from(columns, (pooled) => Number(current[pooled.plan.order] === pooled));
	return { program, start, columns, before: [...current] };
}

/**
 * Takes a solver's answer over where it is whole, feasible and cheaper than what the assignment has by now: nothing that it says is trusted.
 * @returns what was won
 */
export function adoptChoice(assignment: Assignment, { columns, before }: PlanChoice, values: Float64Array): number {
	const chosen = [...before];
	const isChosen = new Set<number>();
	columns.forEach((pooled, column) => {
		if ((values[column] as number) < 0.5) return;
		chosen[pooled.plan.order] = pooled;
		isChosen.add(pooled.plan.order);
	});
	const isWhole = columns.every(({ plan }) => isChosen.has(plan.order));
	const left = fullSupply(assignment.pool.offers.network);
	const isFeasible = chosen.every(({ plan }) => {
		const isFree = fits(plan, left);
		take(plan, left);
		return isFree;
	});
	const gain = costOf(assignment.current) - costOf(chosen);
	if (!isWhole || !isFeasible || gain <= 0) return 0;
	const changed = chosen.filter((pooled) => assignment.current[pooled.plan.order] !== pooled);
	for (const { plan } of changed) unassign(assignment, plan.order);
	for (const pooled of changed) assign(assignment, pooled);
	return gain;
}

function costOf(plans: readonly PooledPlan[]): number {
	return plans.reduce((sum, { plan }) => sum + plan.cost, 0);
}

/** A plan's excess, where what is left over now costs nothing. */
function excessNow({ pool: { prices }, free }: Assignment, { plan, excess }: PooledPlan): number {
	let now = excess;
	for (let at = 0; at < plan.resources.length; at += 1) {
		const resource = plan.resources[at] as number;
		now -= (prices[resource] as number) * Math.min(free[resource] as number, plan.amounts[at] as number);
	}
	return now;
}

/** The excess up to which plans are looked at, so that there are at most so many columns. */
function excessLimit(assignment: Assignment, mostColumns: number): number {
	const others: number[] = [];
	assignment.pool.plans.forEach((plans, order) => {
		for (const pooled of plans) {
			if (pooled !== assignment.current[order]) others.push(excessNow(assignment, pooled));
		}
	});
	if (others.length <= mostColumns) return Number.POSITIVE_INFINITY;
	return Float64Array.from(others).sort()[mostColumns] as number;
}

function makeProgram(
	{ pool, free }: Assignment,
	open: readonly number[],
	columns: readonly PooledPlan[],
): BinaryProgram {
	const rowOfOrder = new Map(open.map((order, row) => [order, row]));
	const rowOfResource = new Map<number, number>();
	const upper = new Array<number>(open.length).fill(1);
	for (const [resource, most] of mostWanted(columns, pool.offers.network.resourceCount)) {
		if (most <= (free[resource] as number)) continue;
		rowOfResource.set(resource, upper.length);
		upper.push(free[resource] as number);
	}
	const starts = [0];
	const rowOfEntry: number[] = [];
	const values: number[] = [];
	for (const { plan } of columns) {
		rowOfEntry.push(rowOfOrder.get(plan.order) as number);
		values.push(1);
		plan.resources.forEach((resource, at) => {
			const row = rowOfResource.get(resource);
			if (row === undefined) return;
			rowOfEntry.push(row);
			values.push(plan.amounts[at] as number);
		});
		starts.push(rowOfEntry.length);
	}
	return {
		columns: columns.length,
		rows: upper.length,
		cost: Float64Array.from(columns, ({ plan }) => plan.cost),
		rowLower: Float64Array.from(upper, (_, row) => (row < open.length ? 1 : Number.NEGATIVE_INFINITY)),
		rowUpper: Float64Array.from(upper),
		starts: Int32Array.from(starts),
		rowOfEntry: Int32Array.from(rowOfEntry),
		values: Float64Array.from(values),
	};
}

/** The most units of each resource that all orders together could take: where there are as many, it needs no row. */
function mostWanted(columns: readonly PooledPlan[], resourceCount: number): Map<number, number> {
	const most = new Map<number, number>();
	const ofOrder = new Map<number, number>();
	for (const { plan } of columns) {
		plan.resources.forEach((resource, at) => {
			const key = plan.order * resourceCount + resource;
			const known = ofOrder.get(key) ?? 0;
			const units = plan.amounts[at] as number;
			if (units <= known) return;
			ofOrder.set(key, units);
			most.set(resource, (most.get(resource) ?? 0) + units - known);
		});
	}
	return most;
}
