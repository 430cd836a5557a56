import type { Prices, Supply } from './network.ts';
import type { Offers } from './offers.ts';
import type { PricedPlan } from './order-pricer.ts';
import { freeUnits } from './parcel-table.ts';
import { makePlan, type Plan, worthOf } from './plan.ts';

/** Lines that are looked at together for the bound: 2 to this power parts. */
const linesOfGroup = 8;

/**
 * For an order with too many parts to be looked at exactly: a plan that opens parcel after parcel where a unit is cheapest, and a bound.
 * The bound serves groups of lines apart, each whole line from one site, and each parcel pays its share only in each group: nothing can cost less.
 */
export function priceLargeOrder(offers: Offers, order: number, prices: Prices, supply: Supply): PricedPlan {
	const plans = [greedyPlan(offers, order, prices, supply, false), greedyPlan(offers, order, prices, supply, true)];
	const usable = offers.isKeptTogether[order] === 1 ? plans.slice(1) : plans;
	const [best] = usable
		.map((plan) => ({ plan, priced: plan.cost + worthOf(plan, prices) }))
		.sort((a, b) => a.priced - b.priced);
	if (best === undefined) throw new Error('A large order has no plan.');
	return { ...best, bound: Math.min(best.priced, boundOf(offers, order, prices)) };
}

/** @param isOneParcel stop after the first parcel, which is then the one that serves the most for its cost */
function greedyPlan(offers: Offers, order: number, prices: Prices, supply: Supply, isOneParcel: boolean): Plan {
	const first = offers.lineStart[order] as number;
	const left = offers.lineUnits.slice(first, offers.lineStart[order + 1]);
	const taken = new Map<number, number>();
	const open = new Set<number>();
	for (;;) {
		const parcel = mostSaving(offers, order, prices, supply, left, open, isOneParcel);
		if (parcel === undefined) break;
		open.add(parcel.candidate);
		for (const [offer, units] of parcel.taken) {
			taken.set(offer, units);
			const line = offers.offerLine[offer] as number;
			left[line] = (left[line] as number) - units;
		}
		if (isOneParcel) break;
	}
	const planOffers = [...taken.keys()].sort((a, b) => a - b);
	return makePlan(
		offers,
		order,
		planOffers,
		planOffers.map((offer) => taken.get(offer) as number),
	);
}

interface GreedyParcel {
	readonly candidate: number;
	readonly taken: ReadonlyMap<number, number>;
	readonly score: number;
}

/** The parcel with the largest saving for each unit against leaving its units; undefined where none saves anything. */
function mostSaving(
	offers: Offers,
	order: number,
	prices: Prices,
	supply: Supply,
	left: Int32Array,
	open: ReadonlySet<number>,
	isWholeSaving: boolean,
): GreedyParcel | undefined {
	let best: GreedyParcel | undefined;
	const end = offers.candidateStart[order + 1] as number;
	for (let candidate = offers.candidateStart[order] as number; candidate < end; candidate += 1) {
		if (open.has(candidate)) continue;
		const capacityAt = offers.network.firstCapacity + (offers.candidateSite[candidate] as number);
		let capacity = supply[capacityAt] as number;
		const taken = new Map<number, number>();
		let saved =
			-(offers.parcelCost[candidate] as number) - (open.size > 0 ? (offers.splitPenalty[order] as number) : 0);
		let all = 0;
		for (
			let offer = offers.offerStart[candidate] as number;
			offer < (offers.offerStart[candidate + 1] as number);
			offer += 1
		) {
			const units = Math.min(
				freeUnits(offers, offer, supply),
				capacity,
				left[offers.offerLine[offer] as number] as number,
			);
			const saves = units * ((offers.unfilledPenalty[order] as number) - pricePerUnit(offers, offer, prices));
			if (units <= 0 || saves <= (offers.handlingCost[offer] as number)) continue;
			taken.set(offer, units);
			capacity -= units;
			all += units;
			saved += saves - (offers.handlingCost[offer] as number);
		}
		const score = isWholeSaving ? saved : saved / all;
		if (saved > 0 && (best === undefined || score > best.score)) best = { candidate, taken, score };
	}
	return best;
}

function pricePerUnit(offers: Offers, offer: number, prices: Prices): number {
	const position = offers.offerStock[offer] as number;
	const site = offers.network.siteOfStock[position] as number;
	return (
		(offers.costPerUnit[offer] as number) +
		(prices[position] as number) +
		(prices[offers.network.firstCapacity + site] as number)
	);
}

function boundOf(offers: Offers, order: number, prices: Prices): number {
	const lineCount = (offers.lineStart[order + 1] as number) - (offers.lineStart[order] as number);
	const groups = Math.ceil(lineCount / linesOfGroup);
	let bound = -(offers.splitPenalty[order] as number);
	for (let group = 0; group < groups; group += 1)
		bound += groupBound(offers, order, prices, group * linesOfGroup, groups);
	return bound;
}

function groupBound(offers: Offers, order: number, prices: Prices, firstLine: number, groups: number): number {
	const lines = offers.lineUnits.slice(
		(offers.lineStart[order] as number) + firstLine,
		Math.min((offers.lineStart[order] as number) + firstLine + linesOfGroup, offers.lineStart[order + 1] as number),
	);
	const parts = 1 << lines.length;
	const cheapest = new Float64Array(parts).fill(Number.POSITIVE_INFINITY);
	const end = offers.candidateStart[order + 1] as number;
	for (let candidate = offers.candidateStart[order] as number; candidate < end; candidate += 1) {
		const whole = (offers.parcelCost[candidate] as number) + (offers.splitPenalty[order] as number);
		// A parcel that earns something would earn it once; a share of it would be too little to stay below all plans.
		let parcels: (readonly [part: number, cost: number])[] = [[0, whole > 0 ? whole / groups : whole]];
		for (
			let offer = offers.offerStart[candidate] as number;
			offer < (offers.offerStart[candidate + 1] as number);
			offer += 1
		) {
			const line = (offers.offerLine[offer] as number) - firstLine;
			if (line < 0 || line >= lines.length) continue;
			const added =
				(offers.handlingCost[offer] as number) + (lines[line] as number) * pricePerUnit(offers, offer, prices);
			parcels = parcels.concat(parcels.map(([part, cost]) => [part | (1 << line), cost + added] as const));
		}
		for (const [part, cost] of parcels) {
			if (part > 0 && cost < (cheapest[part] as number)) cheapest[part] = cost;
		}
	}
	const served = new Float64Array(parts);
	for (let part = 1; part < parts; part += 1) {
		const line = 31 - Math.clz32(part & -part);
		const rest = part & (part - 1);
		let best = (served[rest] as number) + (lines[line] as number) * (offers.unfilledPenalty[order] as number);
		for (let others = rest; ; others = (others - 1) & rest) {
			const piece = others | (1 << line);
			best = Math.min(best, (cheapest[piece] as number) + (served[part ^ piece] as number));
			if (others === 0) break;
		}
		served[part] = best;
	}
	return served[parts - 1] as number;
}
