import { fullSupply, type Supply } from './network.ts';
import type { OrderPricer } from './order-pricer.ts';
import { fits, giveBack, type Plan, take } from './plan.ts';
import { addToPool, type PlanPool, type PooledPlan } from './plan-pool.ts';

/** A feasible solution in the making: one plan of the pool for each order, and what is left of each resource. */
export interface Assignment {
	readonly pool: PlanPool;
	readonly current: PooledPlan[];
	readonly free: Supply;
	/** The orders that take of each resource now. */
	readonly users: readonly Set<number>[];
	cost: number;
}

/**
 * Gives each order its cheapest plan at the pool's prices that still fits; the orders that would lose the most by waiting come first.
 * An order of which no pooled plan fits gets the cheapest one from what is left.
 */
export function assignFirstPlans(pool: PlanPool, pricer: OrderPricer): Assignment {
	const { orderCount } = pool.offers;
	const assignment = emptyAssignment(pool);
	const loss = (order: number) => pool.plans[order]?.[1]?.excess ?? Number.POSITIVE_INFINITY;
	const sequence = Array.from({ length: orderCount }, (_, order) => order).sort((a, b) => {
		const [lossOfA, lossOfB] = [loss(a), loss(b)];
		return lossOfA === lossOfB ? a - b : lossOfB - lossOfA;
	});
	for (const order of sequence) {
		const fitting = pool.plans[order]?.find(({ plan }) => fits(plan, assignment.free));
		const chosen = fitting ?? addToPool(pool, pricer.cheapest(order, pool.prices, assignment.free).plan).pooled;
		assign(assignment, chosen);
	}
	return assignment;
}

/**
 * Begins with a plan for each order that somebody else has made.
 * @param plans in the sequence of the orders
 * @returns undefined where they don't fit into the supply together
 */
export function assignGivenPlans(pool: PlanPool, plans: readonly Plan[]): Assignment | undefined {
	const assignment = emptyAssignment(pool);
	for (const plan of plans) {
		if (!fits(plan, assignment.free)) return undefined;
		assign(assignment, addToPool(pool, plan).pooled);
	}
	return assignment;
}

function emptyAssignment(pool: PlanPool): Assignment {
	const { network } = pool.offers;
	return {
		pool,
		current: [],
		free: fullSupply(network),
		users: Array.from({ length: network.resourceCount }, () => new Set<number>()),
		cost: 0,
	};
}

export function assign(assignment: Assignment, pooled: PooledPlan): void {
	const { plan } = pooled;
	assignment.current[plan.order] = pooled;
	take(plan, assignment.free);
	for (const resource of plan.resources) assignment.users[resource]?.add(plan.order);
	assignment.cost += plan.cost;
}

/** Takes an order's plan out; it has none until `assign`. */
export function unassign(assignment: Assignment, order: number): PooledPlan {
	const pooled = assignment.current[order] as PooledPlan;
	giveBack(pooled.plan, assignment.free);
	for (const resource of pooled.plan.resources) assignment.users[resource]?.delete(order);
	assignment.cost -= pooled.plan.cost;
	return pooled;
}
