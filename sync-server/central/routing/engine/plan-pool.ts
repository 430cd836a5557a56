import type { FoundPrices } from './find-prices.ts';
import { fullSupply, type Prices } from './network.ts';
import type { Offers } from './offers.ts';
import type { OrderPricer } from './order-pricer.ts';
import { isSamePlan, type Plan, worthOf } from './plan.ts';

/** A plan that is worth a look, and what it costs with prices beyond the cheapest plan of its order. */
export interface PooledPlan {
	readonly plan: Plan;
	readonly excess: number;
}

/**
 * The plans among which is chosen, for each order by ascending excess. At these prices the whole solution's distance from the bound is the sum of
 * the excesses of its plans and of what is left of priced resources: this tells where there is something to gain.
 */
export interface PlanPool {
	readonly offers: Offers;
	readonly prices: Prices;
	readonly costScale: number;
	/** What the cheapest plan of each order costs with prices. */
	readonly cheapest: Float64Array;
	readonly plans: PooledPlan[][];
	/** The orders with a plan that takes a priced resource, for each resource, with the least excess of such a plan. */
	readonly wishes: Wish[][];
}

export interface Wish {
	readonly order: number;
	readonly excess: number;
}

export interface PoolSize {
	/** The most excess of a plan, as a part of the cost scale. */
	readonly slack: number;
	readonly mostPerOrder: number;
}

export function poolPlans(offers: Offers, pricer: OrderPricer, found: FoundPrices, size: PoolSize): PlanPool {
	const { prices, costScale } = found;
	const supply = fullSupply(offers.network);
	const cheapest = new Float64Array(offers.orderCount);
	const plans: PooledPlan[][] = [];
	for (let order = 0; order < offers.orderCount; order += 1) {
		const priced = pricer.within(order, prices, supply, size.slack * costScale, size.mostPerOrder);
		const least = priced[0]?.priced ?? 0;
		cheapest[order] = least;
		plans.push(priced.map(({ plan, priced: cost }) => ({ plan, excess: cost - least })));
	}
	const wishes: Wish[][] = Array.from({ length: offers.network.resourceCount }, () => []);
	const pool = { offers, prices, costScale, cheapest, plans, wishes };
	for (const ofOrder of plans) for (const pooled of ofOrder) wish(pool, pooled);
	for (const ofResource of wishes) ofResource.sort((a, b) => a.excess - b.excess);
	return pool;
}

/** Adds a plan that came up later; the pool's own where it is in already. */
export function addToPool(pool: PlanPool, plan: Plan): { readonly pooled: PooledPlan; readonly isNew: boolean } {
	const ofOrder = pool.plans[plan.order] as PooledPlan[];
	const known = ofOrder.find((pooled) => isSamePlan(pooled.plan, plan));
	if (known !== undefined) return { pooled: known, isNew: false };
	const excess = plan.cost + worthOf(plan, pool.prices) - (pool.cheapest[plan.order] as number);
	const pooled = { plan, excess };
	insertByExcess(ofOrder, pooled);
	for (const ofResource of wish(pool, pooled)) ofResource.sort((a, b) => a.excess - b.excess);
	return { pooled, isNew: true };
}

/** @returns the lists of wishes that it changed */
function wish({ wishes, prices }: PlanPool, { plan, excess }: PooledPlan): readonly Wish[][] {
	const changed: Wish[][] = [];
	for (const resource of plan.resources) {
		if (prices[resource] === 0) continue;
		const ofResource = wishes[resource] as Wish[];
		if (ofResource.some(({ order }) => order === plan.order)) continue;
		ofResource.push({ order: plan.order, excess });
		changed.push(ofResource);
	}
	return changed;
}

function insertByExcess(plans: PooledPlan[], pooled: PooledPlan): void {
	const at = plans.findIndex(({ excess }) => excess > pooled.excess);
	if (at === -1) plans.push(pooled);
	else plans.splice(at, 0, pooled);
}
