import type { Assignment } from './assignment.ts';
import type { PooledPlan } from './plan-pool.ts';

/** A wish to move one order to another plan; `gain` is what that could win at most. */
export interface Move {
	readonly wanted: PooledPlan;
	readonly gain: number;
}

/** Orders that are looked at for each resource, of those of which one joins. */
const mostLookedAt = 12;

/**
 * The orders that a move concerns: who would have to give way, and who could use what becomes free, from one to the next.
 * The wanted plan's order comes first.
 */
export function groupAround(assignment: Assignment, move: Move, mostOrders: number, random: () => number): number[] {
	const group = [move.wanted.plan.order];
	const inGroup = new Set(group);
	const { pool, current, free } = assignment;

	const join = (candidates: { readonly order: number; readonly loss: number }[]) => {
		let best: number | undefined;
		let least = Number.POSITIVE_INFINITY;
		for (const { order, loss } of candidates) {
			const weighed = loss + random() * move.gain * 0.5;
			if (weighed < least) [best, least] = [order, weighed];
		}
		if (best === undefined || group.length >= mostOrders) return;
		group.push(best);
		inGroup.add(best);
	};
	/** One of those who take of a resource, and would lose the least without it. */
	const joinUser = (resource: number) => {
		const candidates = [];
		const users = assignment.users[resource] as Set<number>;
		const share = mostLookedAt / users.size;
		for (const order of users) {
			if (inGroup.has(order) || (share < 1 && random() > share)) continue;
			const loss = lossWithout(assignment, order, resource);
			if (loss <= move.gain) candidates.push({ order, loss });
		}
		join(candidates);
	};
	/** One of those who would like to take of a resource. */
	const joinWisher = (resource: number) => {
		const candidates = [];
		const users = assignment.users[resource] as Set<number>;
		for (const { order, excess } of pool.wishes[resource] ?? []) {
			if (excess > move.gain + pool.costScale / 4) break;
			const loss = excess - (current[order] as PooledPlan).excess;
			if (loss > move.gain || inGroup.has(order) || users.has(order)) continue;
			candidates.push({ order, loss });
			if (candidates.length >= mostLookedAt) break;
		}
		join(candidates);
	};

	for (let at = 0; at < group.length && group.length < mostOrders; at += 1) {
		const order = group[at] as number;
		const now = current[order] as PooledPlan;
		const wanted = at === 0 ? [move.wanted] : (pool.plans[order] as PooledPlan[]);
		let looked = 0;
		for (const pooled of wanted) {
			if (looked >= 3 || (at > 0 && pooled.excess > now.excess + move.gain)) break;
			if (pooled === now || (at > 0 && random() < 0.25)) continue;
			looked += 1;
			pooled.plan.resources.forEach((resource, index) => {
				if ((free[resource] as number) < (pooled.plan.amounts[index] as number)) joinUser(resource);
			});
		}
		for (const resource of now.plan.resources) {
			if ((pool.prices[resource] as number) > 0) joinWisher(resource);
		}
	}
	return group;
}

function lossWithout({ pool, current }: Assignment, order: number, resource: number): number {
	const now = current[order] as PooledPlan;
	for (const { plan, excess } of pool.plans[order] as PooledPlan[]) {
		if (!plan.resources.includes(resource)) return excess - now.excess;
	}
	return Number.POSITIVE_INFINITY;
}
