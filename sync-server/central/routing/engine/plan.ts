import type { Prices, Supply } from './network.ts';
import type { Offers } from './offers.ts';

/** A whole-order plan: which offers serve an order, with how many units each. What they don't serve stays unfilled. */
export interface Plan {
	readonly order: number;
	/** What it costs in truth, without any price of stock or capacity. */
	readonly cost: number;
	/** In ascending order. */
	readonly offers: readonly number[];
	readonly units: readonly number[];
	/** The resources that it takes, and the units of each. */
	readonly resources: readonly number[];
	readonly amounts: readonly number[];
}

/** Adds up what a plan costs and takes. The offers are in ascending order, so those of one candidate stand together. */
export function makePlan(offers: Offers, order: number, planOffers: readonly number[], units: readonly number[]): Plan {
	const { network, candidateStart, offerStart } = offers;
	const resources: number[] = [];
	const amounts: number[] = [];
	let cost = 0;
	let unfilled = offers.orderUnits[order] as number;
	let parcels = 0;
	let candidate = candidateStart[order] as number;
	/** Where the open parcel's capacity stands among the resources; its stock positions follow. */
	let capacityAt = -1;
	planOffers.forEach((offer, at) => {
		const taken = units[at] as number;
		const position = offers.offerStock[offer] as number;
		while (offer >= (offerStart[candidate + 1] as number)) {
			candidate += 1;
			capacityAt = -1;
		}
		if (capacityAt === -1) {
			capacityAt = resources.length;
			parcels += 1;
			cost += offers.parcelCost[candidate] as number;
			resources.push(network.firstCapacity + (offers.candidateSite[candidate] as number));
			amounts.push(0);
		}
		amounts[capacityAt] = (amounts[capacityAt] as number) + taken;
		resources.push(position);
		amounts.push(taken);
		unfilled -= taken;
		cost += (offers.handlingCost[offer] as number) + (offers.costPerUnit[offer] as number) * taken;
	});
	if (parcels > 1) cost += (parcels - 1) * (offers.splitPenalty[order] as number);
	cost += unfilled * (offers.unfilledPenalty[order] as number);
	return { order, cost, offers: planOffers, units, resources, amounts };
}

/** What a plan's units are worth at these prices. */
export function worthOf({ resources, amounts }: Plan, prices: Prices): number {
	let worth = 0;
	for (let at = 0; at < resources.length; at += 1) {
		worth += (amounts[at] as number) * (prices[resources[at] as number] as number);
	}
	return worth;
}

/** Whether all that a plan takes is free. */
export function fits({ resources, amounts }: Plan, supply: Supply): boolean {
	for (let at = 0; at < resources.length; at += 1) {
		if ((supply[resources[at] as number] as number) < (amounts[at] as number)) return false;
	}
	return true;
}

export function take({ resources, amounts }: Plan, supply: Supply): void {
	for (let at = 0; at < resources.length; at += 1) {
		const resource = resources[at] as number;
		supply[resource] = (supply[resource] as number) - (amounts[at] as number);
	}
}

export function giveBack({ resources, amounts }: Plan, supply: Supply): void {
	for (let at = 0; at < resources.length; at += 1) {
		const resource = resources[at] as number;
		supply[resource] = (supply[resource] as number) + (amounts[at] as number);
	}
}

export function isSamePlan(one: Plan, other: Plan): boolean {
	if (one.order !== other.order || one.offers.length !== other.offers.length) return false;
	for (let at = 0; at < one.offers.length; at += 1) {
		if (one.offers[at] !== other.offers[at] || one.units[at] !== other.units[at]) return false;
	}
	return true;
}
