import { fullSupply, type Supply } from './network.ts';
import type { OrderPricer } from './order-pricer.ts';
import { fits, giveBack, take } from './plan.ts';
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
	const { network, orderCount } = pool.offers;
	const assignment: Assignment = {
		pool,
		current: [],
		free: fullSupply(network),
		users: Array.from({ length: network.resourceCount }, () => new Set<number>()),
		cost: 0,
	};
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
