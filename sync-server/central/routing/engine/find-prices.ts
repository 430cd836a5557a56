import { fullSupply, noPrices, type Prices, type Supply } from './network.ts';
import type { Offers } from './offers.ts';
import type { OrderPricer } from './order-pricer.ts';

/** Prices of all resources, and what they prove: no feasible solution of all orders together costs less than `bound`. */
export interface FoundPrices {
	readonly prices: Prices;
	/** The mean over the second half of the search: less sharp, and better where the orders are only a guess. */
	readonly meanPrices: Prices;
	readonly bound: number;
	readonly rounds: number;
	/** What one order costs on average: the scale of all costs in this problem. */
	readonly costScale: number;
}

export interface PriceSearch {
	/** What the orders share; left out: all that the network has. */
	readonly supply?: Supply | undefined;
	/** Prices to begin with, of a search before. */
	readonly start?: Prices | undefined;
	readonly rounds: number;
	/** Asked after each round. */
	readonly isTimeUp?: () => boolean;
}

/** What a price's step is at first, as a part of the cost scale; how it grows while the sign stays, and shrinks when it turns. */
const steps = { first: 0.06, growth: 1.2, shrinking: 0.7, most: 1.2 };
/** The price that a SKU starts with where the network lacks it, as a part of what an unfilled unit costs. */
const scarceStart = 0.8;

/**
 * Prices resources so that what orders want at these prices is about what there is: the Lagrangian dual of the problem over whole-order plans.
 * Each price has a step of its own that follows the sign of what is missing (Rprop, Riedmiller and Braun 1993); a plain subgradient is far slower here,
 * since a scarce SKU is worth tens and a full site cents. A SKU has a price over all of its sites besides, as scarcity is mostly the network's.
 */
export function findPrices(offers: Offers, pricer: OrderPricer, search: PriceSearch): FoundPrices {
	const { network } = offers;
	const { resourceCount, firstCapacity } = network;
	const supply = search.supply ?? fullSupply(network);
	const rows = resourceCount + network.skus.length;
	const skuOfStock = Int32Array.from(network.stock, ({ sku }) => sku);
	const free = new Float64Array(rows);
	free.set(supply);
	skuOfStock.forEach((sku, position) => {
		free[resourceCount + sku] = (free[resourceCount + sku] as number) + (supply[position] as number);
	});
	const price = new Float64Array(rows);
	const prices = search.start?.slice() ?? noPrices(network);
	price.set(prices);
	const costScale = costScaleOf(offers, pricer, prices, supply);
	if (search.start === undefined) startScarce(offers, price, free);
	const step = new Float64Array(rows).fill(steps.first * costScale);
	const mostStep = steps.most * costScale;
	const lastSign = new Int8Array(rows);
	const wanted = new Float64Array(rows);
	let best = prices.slice();
	let bound = Number.NEGATIVE_INFINITY;
	const mean = noPrices(network);
	let averaged = 0;
	let round = 0;
	for (; round < search.rounds; round += 1) {
		for (let row = 0; row < resourceCount; row += 1) prices[row] = price[row] as number;
		for (let position = 0; position < firstCapacity; position += 1) {
			const ofSku = price[resourceCount + (skuOfStock[position] as number)] as number;
			if (ofSku > 0) prices[position] = (prices[position] as number) + ofSku;
		}
		const proved = wantAtPrices(offers, pricer, prices, supply, skuOfStock, wanted) - worthOfSupply(price, free);
		if (proved > bound) {
			bound = proved;
			best = prices.slice();
		}
		if (round * 2 >= search.rounds) {
			averaged += 1;
			for (let row = 0; row < resourceCount; row += 1) {
				mean[row] = (mean[row] as number) + ((prices[row] as number) - (mean[row] as number)) / averaged;
			}
		}
		if (search.isTimeUp?.()) break;
		for (let row = 0; row < rows; row += 1) {
			const missing = (wanted[row] as number) - (free[row] as number);
			if (missing === 0 || (missing < 0 && price[row] === 0)) {
				if (missing < 0) lastSign[row] = 0;
				continue;
			}
			const sign = missing > 0 ? 1 : -1;
			const turned = (lastSign[row] as number) * sign;
			if (turned < 0) step[row] = (step[row] as number) * steps.shrinking;
			else if (turned > 0) step[row] = Math.min(mostStep, (step[row] as number) * steps.growth);
			lastSign[row] = sign;
			price[row] = Math.max(0, (price[row] as number) + sign * (step[row] as number));
		}
	}
	return { prices: best, meanPrices: averaged > 0 ? mean : best, bound, rounds: round, costScale };
}

/** @returns what all orders cost together at these prices, each with its own cheapest plan; fills in what they want */
function wantAtPrices(
	offers: Offers,
	pricer: OrderPricer,
	prices: Prices,
	supply: Supply,
	skuOfStock: Int32Array,
	wanted: Float64Array,
): number {
	const { firstCapacity, resourceCount } = offers.network;
	wanted.fill(0);
	let sum = 0;
	for (let order = 0; order < offers.orderCount; order += 1) {
		const { plan, bound } = pricer.cheapest(order, prices, supply);
		sum += bound;
		for (let at = 0; at < plan.resources.length; at += 1) {
			const resource = plan.resources[at] as number;
			const units = plan.amounts[at] as number;
			wanted[resource] = (wanted[resource] as number) + units;
			if (resource >= firstCapacity) continue;
			const sku = resourceCount + (skuOfStock[resource] as number);
			wanted[sku] = (wanted[sku] as number) + units;
		}
	}
	return sum;
}

function worthOfSupply(price: Float64Array, free: Float64Array): number {
	let worth = 0;
	for (let row = 0; row < price.length; row += 1) {
		if (price[row] !== 0) worth += (price[row] as number) * (free[row] as number);
	}
	return worth;
}

function costScaleOf(offers: Offers, pricer: OrderPricer, prices: Prices, supply: Supply): number {
	let sum = 0;
	let count = 0;
	// A sample is enough for a scale.
	const stride = Math.max(1, Math.floor(offers.orderCount / 500));
	for (let order = 0; order < offers.orderCount; order += stride) {
		const { plan } = pricer.cheapest(order, prices, supply);
		if (plan.offers.length === 0) continue;
		sum += plan.cost;
		count += 1;
	}
	return count > 0 && sum > 0 ? sum / count : 1;
}

/** Where orders want more of a SKU than the network has, its price starts near what an unfilled unit costs. */
function startScarce(offers: Offers, price: Float64Array, free: Float64Array): void {
	const { network, lineStart, lineUnits } = offers;
	const ordered = new Float64Array(network.skus.length);
	const penalty = new Float64Array(network.skus.length);
	for (let order = 0; order < offers.orderCount; order += 1) {
		const first = lineStart[order] as number;
		const seen = new Set<number>();
		const end = offers.offerStart[offers.candidateStart[order + 1] as number] as number;
		const from = offers.offerStart[offers.candidateStart[order] as number] as number;
		for (let offer = from; offer < end; offer += 1) {
			const line = offers.offerLine[offer] as number;
			if (seen.has(line)) continue;
			seen.add(line);
			const { sku } = network.stock[offers.offerStock[offer] as number] as { sku: number };
			ordered[sku] = (ordered[sku] as number) + (lineUnits[first + line] as number);
			penalty[sku] = Math.max(penalty[sku] as number, offers.unfilledPenalty[order] as number);
		}
	}
	ordered.forEach((units, sku) => {
		const row = network.resourceCount + sku;
		if (units > (free[row] as number)) price[row] = scarceStart * (penalty[sku] as number);
	});
}
