import { stepsOf } from './demand-shape.ts';
import { priceLargeOrder } from './large-order.ts';
import type { Prices, Supply } from './network.ts';
import type { Offers } from './offers.ts';
import { fillParcels, freeUnits, openParcelTable, type ParcelTable, turnToOrder } from './parcel-table.ts';
import { makePlan, type Plan, worthOf } from './plan.ts';
import {
	cheapestParcels,
	forgetPartCosts,
	openPartCosts,
	type PartCosts,
	searchParcels,
	unfilledCost,
} from './serve-parts.ts';

/**
 * The cheapest whole-order plans at given prices, exactly: a dynamic program over the parts of an order, in which each step is a parcel.
 * An order with too many parts (`mostStates`) gets a good plan and a valid bound instead.
 */
export interface OrderPricer {
	/** The cheapest plan within the supply, and what it costs with prices. */
	readonly cheapest: (order: number, prices: Prices, supply: Supply) => PricedPlan;
	/** The plans that cost at most `slack` more than the cheapest, the cheapest first; at most `most`. */
	readonly within: (
		order: number,
		prices: Prices,
		supply: Supply,
		slack: number,
		most: number,
	) => readonly PricedPlan[];
}

export interface PricedPlan {
	readonly plan: Plan;
	/** The plan's cost and what it takes at the prices. */
	readonly priced: number;
	/** No plan of the order costs less. The same as `priced` but for orders that are too large to be looked at exactly. */
	readonly bound: number;
}

/** Below this a difference of costs is rounding. */
const roundingCost = 1e-9;

export function createOrderPricer(offers: Offers): OrderPricer {
	const table = openParcelTable();
	const layers = [openPartCosts()];

	const toPlan = (parcels: readonly number[]) => planOfParcels(table, offers, parcels);
	const priced = (plan: Plan, prices: Prices): PricedPlan => {
		const whole = plan.cost + worthOf(plan, prices);
		return { plan, priced: whole, bound: whole };
	};

	const cheapest: OrderPricer['cheapest'] = (order, prices, supply) => {
		if (!turnToOrder(table, offers, order, supply)) return priceLargeOrder(offers, order, prices, supply);
		if (table.lineCount === 1 && table.steps[0] === 1) return cheapestOfOneLine(table, offers, prices, supply);
		fillParcels(table, offers, prices, supply);
		if (offers.isKeptTogether[order] === 1) return priced(toPlan(cheapestParcel(table, offers)), prices);
		const parcels = cheapestParcels(table, layers);
		// Where no parcel is worth its split penalty, the first one still may be: it has none.
		return priced(toPlan(parcels.length > 0 ? parcels : cheapestParcel(table, offers)), prices);
	};

	const within: OrderPricer['within'] = (order, prices, supply, slack, most) => {
		const best = cheapest(order, prices, supply);
		if (best.priced - best.bound > roundingCost || table.shapeOfOrder[order] === undefined) return [best];
		fillParcels(table, offers, prices, supply);
		const add = (found: PricedPlan[], limit: number) => (parcels: readonly number[]) => {
			const one = priced(toPlan(parcels), prices);
			if (one.priced <= limit) found.push(one);
		};
		if (offers.isKeptTogether[order] === 1) {
			const found: PricedPlan[] = [];
			const into = add(found, best.priced + slack + roundingCost);
			into([]);
			for (let parcel = 0; parcel < table.count; parcel += 1) into([parcel]);
			return cheapestFirst(found, most);
		}
		const [costs] = layers as [PartCosts];
		forgetPartCosts(costs, table.shape.states);
		// A little slack is enough for most orders; all of it at once would find thousands of plans for some.
		for (let part = slack / 16; ; part = Math.min(slack, part * 2)) {
			const found: PricedPlan[] = [];
			const limit = best.priced + part + roundingCost;
			searchParcels(table, costs, limit + (offers.splitPenalty[order] as number), add(found, limit));
			if (part >= slack || found.length >= most) return cheapestFirst(found, most);
		}
	};

	return { cheapest, within };
}

function cheapestFirst(found: PricedPlan[], most: number): readonly PricedPlan[] {
	return found.sort((a, b) => a.priced - b.priced).slice(0, most);
}

/** One line that every site can serve whole or not at all: by far the most frequent order. */
function cheapestOfOneLine(table: ParcelTable, offers: Offers, prices: Prices, supply: Supply): PricedPlan {
	const { order } = table;
	const units = table.stepUnits[0] as number;
	let best = units * table.unfilledPenalty;
	let by = -1;
	const end = offers.candidateStart[order + 1] as number;
	for (let candidate = offers.candidateStart[order] as number; candidate < end; candidate += 1) {
		const capacityAt = offers.network.firstCapacity + (offers.candidateSite[candidate] as number);
		const offer = offers.offerStart[candidate] as number;
		if (freeUnits(offers, offer, supply) < units || (supply[capacityAt] as number) < units) continue;
		const perUnit =
			(offers.costPerUnit[offer] as number) +
			(prices[offers.offerStock[offer] as number] as number) +
			(prices[capacityAt] as number);
		const cost = (offers.parcelCost[candidate] as number) + (offers.handlingCost[offer] as number) + perUnit * units;
		if (cost < best) {
			best = cost;
			by = offer;
		}
	}
	const plan = by === -1 ? makePlan(offers, order, [], []) : makePlan(offers, order, [by], [units]);
	return { plan, priced: best, bound: best };
}

/** The cheapest way to send one parcel or none, which is all that an order that is kept together may have. */
function cheapestParcel(table: ParcelTable, offers: Offers): readonly number[] {
	const full = table.shape.states - 1;
	const split = offers.splitPenalty[table.order] as number;
	let best = unfilledCost(table, full);
	let by = -1;
	for (let parcel = 0; parcel < table.count; parcel += 1) {
		const whole = (table.cost[parcel] as number) - split + unfilledCost(table, full - (table.part[parcel] as number));
		if (whole < best) {
			best = whole;
			by = parcel;
		}
	}
	return by === -1 ? [] : [by];
}

function planOfParcels(table: ParcelTable, offers: Offers, parcels: readonly number[]): Plan {
	const planOffers: number[] = [];
	const units: number[] = [];
	const inOrder =
		parcels.length > 1
			? [...parcels].sort((a, b) => (table.candidate[a] as number) - (table.candidate[b] as number))
			: parcels;
	for (const parcel of inOrder) {
		const candidate = table.candidate[parcel] as number;
		const until = offers.offerStart[candidate + 1] as number;
		for (let offer = offers.offerStart[candidate] as number; offer < until; offer += 1) {
			const line = offers.offerLine[offer] as number;
			const steps = stepsOf(table.shape, table.part[parcel] as number, line);
			if (steps === 0) continue;
			planOffers.push(offer);
			units.push(steps * (table.stepUnits[line] as number));
		}
	}
	return makePlan(offers, table.order, planOffers, units);
}
