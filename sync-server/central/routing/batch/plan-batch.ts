import { learnPrices } from '../engine/learn-prices.ts';
import { fullSupply, type Network, noPrices, openNetwork, type Prices } from '../engine/network.ts';
import { take } from '../engine/plan.ts';
import { type BatchOptions, type BatchResult, type BatchTime, batchTime, routeBatch } from '../engine/route-batch.ts';
import type { RoutingProblem } from '../engine/routing-problem.ts';
import { planOfTakes, type TakenUnits, takesOf } from '../engine/taken-units.ts';
import { batchProblem } from './batch-problem.ts';
import type { BatchQuestion, HeldUnits, MovableOrder } from './batch-question.ts';
import { groupChanges, type PlanChange, type ResourceUnits } from './group-changes.ts';

/** What a batch has found, by ids. All costs are in minor units of the weights' currency. */
export interface BatchPlan extends Pick<BatchResult, 'choice' | 'steps' | 'bound' | 'gap'> {
	readonly orders: number;
	readonly units: number;
	/** What the orders cost as they are. */
	readonly presentCost: number;
	/** What the engine's plan of all orders costs, with what moving costs: `bound` and `gap` are about this. */
	readonly plannedCost: number;
	/** What they cost once the groups are moved, with what moving costs. */
	readonly movedCost: number;
	/** The groups that save the most first. */
	readonly groups: readonly MoveGroup[];
	readonly prices: BatchPrices;
}

/** Moves that depend on each other: all of them are made, or none. */
export type MoveGroup = readonly OrderMove[];

export interface OrderMove {
	readonly orderId: string;
	readonly orderNumber: string;
	/** What it has now. When this is no longer so, the move is off. */
	readonly held: readonly HeldUnits[];
	/** Where the same units are to be. */
	readonly wanted: readonly SiteTake[];
	/** What it saves; below zero where it gives way to another order of its group. */
	readonly gain: number;
}

export interface SiteTake {
	readonly siteId: string;
	readonly sku: string;
	readonly units: number;
}

/** What a unit is worth to the orders of the batch or to those that are still to come; what nobody contests is not in it. */
export interface BatchPrices {
	readonly stock: readonly { readonly siteId: string; readonly sku: string; readonly minor: number }[];
	/** For each unit that a site ships. */
	readonly sites: readonly { readonly siteId: string; readonly minor: number }[];
}

/** Orders that are moved in one transaction at most: it keeps everybody else from their stock. */
const mostTogether = 40;
/** In minor units: what is worth less is contested by nobody. */
const leastPrice = 0.5;

/**
 * Re-optimizes orders that nobody has started: where each is to be, and which moves lead there. An order for which there is less in the plan
 * than it has stays where it is. Together, and group by group, the moves keep to stock and capacity and cost less than what is.
 */
export async function planBatch(question: BatchQuestion, options: BatchOptions): Promise<BatchPlan> {
	const { problem, present } = batchProblem(question);
	const time = options.time ?? timeFor(problem);
	const result = await routeBatch(problem, { ...options, time, present });
	const network = openNetwork(problem);
	const takes = result.plans.map((plan) => takesOf(result.offers, plan));
	const presentCosts = problem.orders.map((order, index) => {
		return planOfTakes(result.offers, index, order, present[index] ?? []).cost;
	});
	const resourcesOf = resourceFinder(network);
	const used = new Float64Array(network.resourceCount);
	for (const { resource, units } of present.flatMap(resourcesOf)) used[resource] = (used[resource] as number) + units;
	const moving = takes.flatMap((after, index) => {
		const before = present[index] ?? [];
		return unitsOf(after) < unitsOf(before) || isSame(before, after) ? [] : [index];
	});
	const changes = moving.map((index): PlanChange => {
		const cost = result.plans[index]?.cost ?? 0;
		return {
			before: resourcesOf(present[index] ?? []),
			after: resourcesOf(takes[index] ?? []),
			gain: (presentCosts[index] as number) - cost,
		};
	});
	const { firstCapacity } = network;
	const groups = groupChanges(changes, { supply: fullSupply(network), used, firstCapacity, mostTogether });
	const presentCost = sum(presentCosts);
	const learnsUntil = options.nowMs() + time.aim * shareOfLearning * 1000;
	const isTimeUp = () => options.nowMs() > learnsUntil;
	return {
		orders: problem.orders.length,
		units: sum(present.map(unitsOf)),
		presentCost,
		plannedCost: result.cost,
		movedCost: presentCost - sum(groups.flat().map((change) => (changes[change] as PlanChange).gain)),
		bound: result.bound,
		gap: result.gap,
		choice: result.choice,
		steps: result.steps,
		prices: namedPrices(
			network,
			pricesToKeep(network, problem, result, { expected: question.expectedOrders, isTimeUp }),
		),
		groups: groups.map((group) =>
			group.map((change): OrderMove => {
				const index = moving[change] as number;
				const { orderId, orderNumber, held } = question.orders[index] as MovableOrder;
				const wanted = (takes[index] ?? []).map((each) => named(network, each));
				return { orderId, orderNumber, held, wanted, gain: (changes[change] as PlanChange).gain };
			}),
		),
	};
}

/** Orders of many units take longer; the usual time is for orders of so many. */
const usualUnits = 4;
/** In seconds, as long as the gap is large: nobody waits for it, and the next run is minutes away. */
const patience = 45;
/** What learning prices for orders to come may take of the time. */
const shareOfLearning = 0.2;

function timeFor({ orders }: RoutingProblem): BatchTime {
	const units = sum(orders.flatMap(({ lines }) => lines.map((line) => line.units)));
	const { aim, most } = batchTime(Math.max(orders.length, units / usualUnits));
	return { aim, most: Math.max(most, patience) };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const unitsOf = (takes: readonly TakenUnits[]) => sum(takes.map(({ units }) => units));

function isSame(one: readonly TakenUnits[], other: readonly TakenUnits[]): boolean {
	const keys = (takes: readonly TakenUnits[]) => takes.map(({ site, sku, units }) => `${site} ${sku} ${units}`).sort();
	return keys(one).join() === keys(other).join();
}

function named({ sites, skus }: Network, { site, sku, units }: TakenUnits): SiteTake {
	return { siteId: sites[site]?.id as string, sku: skus[sku] as string, units };
}

/** The stock and the capacity that units take. */
function resourceFinder({ stock, firstCapacity }: Network): (takes: readonly TakenUnits[]) => readonly ResourceUnits[] {
	const positions = new Map(stock.map(({ site, sku }, position) => [`${site} ${sku}`, position]));
	return (takes) =>
		takes.flatMap(({ site, sku, units }): ResourceUnits[] => {
			const resource = positions.get(`${site} ${sku}`);
			if (resource === undefined) throw new Error('An order holds units of a position that is not in the question.');
			return [
				{ resource, units },
				{ resource: firstCapacity + site, units },
			];
		});
}

/** The larger of what units are worth to these orders, and of what those that are left will be worth to others like them. */
function pricesToKeep(
	network: Network,
	{ orders }: RoutingProblem,
	result: BatchResult,
	{ expected, isTimeUp }: { readonly expected: number; readonly isTimeUp: () => boolean },
): Prices {
	const supply = fullSupply(network);
	for (const plan of result.plans) take(plan, supply);
	// What is special about sites is so for these orders: nobody knows where others will be from.
	const seen = orders.map(({ id, lat, lon, lines, isKeptTogether = false }) => ({
		id,
		lat,
		lon,
		lines,
		isKeptTogether,
	}));
	const learned = learnPrices({ network, supply, prices: noPrices(network) }, seen, expected, isTimeUp);
	return result.prices.map((price, resource) => Math.max(price, learned[resource] as number));
}

function namedPrices(network: Network, prices: Prices): BatchPrices {
	const { sites, skus, stock, firstCapacity } = network;
	const priced = [...prices].flatMap((price, resource) =>
		price >= leastPrice ? [{ resource, minor: Math.round(price) }] : [],
	);
	return {
		stock: priced.flatMap(({ resource, minor }) => {
			const position = stock[resource];
			if (position === undefined) return [];
			return [{ siteId: sites[position.site]?.id as string, sku: skus[position.sku] as string, minor }];
		}),
		sites: priced.flatMap(({ resource, minor }) => {
			const site = sites[resource - firstCapacity];
			return site === undefined ? [] : [{ siteId: site.id, minor }];
		}),
	};
}
