import { type Assignment, assign, unassign } from './assignment.ts';
import { fullSupply } from './network.ts';
import { groupAround, type Move } from './order-group.ts';
import type { OrderPricer } from './order-pricer.ts';
import { addToPool, type PooledPlan } from './plan-pool.ts';
import { solveGroup } from './solve-group.ts';

export interface Improvement {
	readonly random: () => number;
	/** How many orders choose anew together at first. */
	readonly firstGroup: number;
	/** Rounds after which it ends, and rounds without any gain after which it does. */
	readonly mostRounds: number;
	readonly idleRounds: number;
	readonly isTimeUp: () => boolean;
}

const groupSize = { growth: 3, most: 14 };
const mostBranches = 1000;
const movesPerSeed = 3;
/** Rounds between two looks for plans that the pool lacks. */
const roundsOfPool = 4;
/** A gain below this part of the cost scale is no reason to look on. */
const worthLooking = 1e-5;
/** Rounds without a better best after which it is disturbed, by how many moves, and what each may cost, as a part of the cost scale. */
const disturbance = { idleRounds: 2, moves: 10, group: 10, mostLoss: 0.15, mostBranches: 200 };

/**
 * Improves an assignment where it is away from the bound: an order with a dear plan, and a priced resource of which something is left over.
 * For each it tries the plans that would mend it, and lets all orders that these concern choose anew together, in groups that grow while little is won.
 * Where that stands still, the best so far is disturbed a little and improved again (iterated local search; Lourenço, Martin and Stützle 2003).
 * @returns what was won, never less than nothing
 */
export function improveAssignment(assignment: Assignment, pricer: OrderPricer, options: Improvement): number {
	const { pool } = assignment;
	const before = assignment.cost;
	let best = { cost: before, plans: assignment.current.slice() };
	let size = options.firstGroup;
	let idle = 0;
	for (let round = 0; round < options.mostRounds && idle < options.idleRounds && !options.isTimeUp(); round += 1) {
		if (round % roundsOfPool === 0) poolPlansForLeftovers(assignment, pricer);
		const seeds = findSeeds(assignment);
		if (seeds.length === 0) break;
		const beforeRound = assignment.cost;
		for (const seed of seeds) {
			if (options.isTimeUp()) break;
			for (const move of movesOf(assignment, seed, options.random)) {
				if (!isStillWanted(assignment, seed, move)) break;
				const group = groupAround(assignment, move, size, options.random);
				solveGroup(assignment, group, move.wanted, mostBranches);
			}
		}
		if (beforeRound - assignment.cost < pool.costScale * 0.01) size = Math.min(groupSize.most, size + groupSize.growth);
		const isBetter = assignment.cost < best.cost - pool.costScale * worthLooking;
		if (isBetter) best = { cost: assignment.cost, plans: assignment.current.slice() };
		idle = isBetter ? 0 : idle + 1;
		if (idle === 0 || idle % disturbance.idleRounds !== 0) continue;
		if (assignment.cost > best.cost) putBack(assignment, best.plans);
		disturb(assignment, options.random);
	}
	if (assignment.cost > best.cost) putBack(assignment, best.plans);
	return before - assignment.cost;
}

/** Makes some moves that may cost a little; what they open up is for the rounds after it. */
function disturb(assignment: Assignment, random: () => number): void {
	const { pool } = assignment;
	const seeds = findSeeds(assignment);
	for (let count = 0; count < disturbance.moves && seeds.length > 0; count += 1) {
		// Those with the most to gain are at the front.
		const seed = seeds[Math.floor(random() ** 2 * seeds.length)] as Seed;
		const [move] = movesOf(assignment, seed, random);
		if (move === undefined || !isStillWanted(assignment, seed, move)) continue;
		const group = groupAround(assignment, move, disturbance.group, random);
		solveGroup(assignment, group, move.wanted, disturbance.mostBranches, disturbance.mostLoss * pool.costScale);
	}
}

function putBack(assignment: Assignment, plans: readonly PooledPlan[]): void {
	const changed = plans.filter((pooled, order) => assignment.current[order] !== pooled);
	for (const { plan } of changed) unassign(assignment, plan.order);
	for (const pooled of changed) assign(assignment, pooled);
}

/** Where there is something to gain: an order, or what is left of a priced resource. */
type Seed = { readonly gain: number } & ({ readonly order: number } | { readonly resource: number });

function findSeeds({ pool, current, free }: Assignment): Seed[] {
	const least = pool.costScale * 1e-7;
	const seeds: Seed[] = [];
	current.forEach(({ excess }, order) => {
		if (excess > least) seeds.push({ order, gain: excess });
	});
	pool.prices.forEach((price, resource) => {
		const gain = price * (free[resource] as number);
		if (gain > least && (pool.wishes[resource]?.length ?? 0) > 0) seeds.push({ resource, gain });
	});
	return seeds.sort((a, b) => b.gain - a.gain);
}

function movesOf({ pool, current }: Assignment, seed: Seed, random: () => number): Move[] {
	if ('order' in seed) {
		const cheaper = pool.plans[seed.order]?.filter(({ excess }) => excess < seed.gain && random() > 0.3) ?? [];
		return cheaper.slice(0, movesPerSeed).map((wanted) => ({ wanted, gain: seed.gain }));
	}
	const wishes: { readonly order: number; readonly loss: number }[] = [];
	for (const { order, excess } of pool.wishes[seed.resource] ?? []) {
		if (excess > seed.gain + pool.costScale / 4) break;
		const { plan, excess: now } = current[order] as PooledPlan;
		if (excess - now > seed.gain || plan.resources.includes(seed.resource)) continue;
		wishes.push({ order, loss: excess - now + random() * seed.gain * 0.3 });
	}
	wishes.sort((a, b) => a.loss - b.loss);
	return wishes.slice(0, movesPerSeed).flatMap(({ order }) => {
		const wanted = pool.plans[order]?.find(({ plan }) => plan.resources.includes(seed.resource));
		return wanted === undefined ? [] : [{ wanted, gain: seed.gain }];
	});
}

function isStillWanted({ current, free }: Assignment, seed: Seed, { wanted }: Move): boolean {
	if ('order' in seed) return (current[seed.order] as PooledPlan).excess > wanted.excess;
	return (free[seed.resource] as number) > 0;
}

/**
 * What is left of a priced stock position is worth nothing to the others, whatever its price says: asks each order that could use it for the plan
 * that it would choose if this rest were free. Such plans are often too dear at the pool's prices to be in it.
 */
function poolPlansForLeftovers(assignment: Assignment, pricer: OrderPricer): void {
	const { pool, current, free } = assignment;
	const { network } = pool.offers;
	const supply = fullSupply(network);
	const askers = ordersOfStock(assignment);
	for (let position = 0; position < network.firstCapacity; position += 1) {
		const price = pool.prices[position] as number;
		if (price * (free[position] as number) <= pool.costScale * 0.02) continue;
		const whole = supply[position] as number;
		pool.prices[position] = 0;
		const found = [];
		for (const order of askers.get(position) ?? []) {
			const { plan } = current[order] as PooledPlan;
			const at = plan.resources.indexOf(position);
			supply[position] = Math.min(whole, (free[position] as number) + (at === -1 ? 0 : (plan.amounts[at] as number)));
			found.push(pricer.cheapest(order, pool.prices, supply).plan);
		}
		pool.prices[position] = price;
		supply[position] = whole;
		for (const plan of found) addToPool(pool, plan);
	}
}

function ordersOfStock({ pool, free }: Assignment): ReadonlyMap<number, number[]> {
	const { candidateStart, offerStart, offerStock, orderCount } = pool.offers;
	const orders = new Map<number, number[]>();
	for (let order = 0; order < orderCount; order += 1) {
		const until = offerStart[candidateStart[order + 1] as number] as number;
		for (let offer = offerStart[candidateStart[order] as number] as number; offer < until; offer += 1) {
			const position = offerStock[offer] as number;
			if ((pool.prices[position] as number) * (free[position] as number) <= 0) continue;
			const ofPosition = orders.get(position);
			if (ofPosition === undefined) orders.set(position, [order]);
			else ofPosition.push(order);
		}
	}
	return orders;
}
