import { fullSupply, type Supply, unitCostInZone } from './network.ts';
import { collectOffers, type Offers } from './offers.ts';
import { createOrderPricer } from './order-pricer.ts';
import type { RoutingMoment } from './order-router.ts';
import { greatCircleKm, placeOnEarth, zoneOfDistance } from './parcel-zone.ts';
import type { Plan } from './plan.ts';
import type { RoutingOrder } from './routing-problem.ts';
import { planOfTakes, type TakenUnits, takesOf } from './taken-units.ts';

/** Why an order goes where it goes: its plan and others that were possible or nearly so, and each site that was looked at. */
export interface OrderExplanation {
	readonly chosen: ExplainedPlan;
	/** The cheapest others, the cheapest first, each with what speaks against it. */
	readonly alternatives: readonly ExplainedPlan[];
	readonly sites: readonly ConsideredSite[];
}

/** All costs in the problem's currency. */
export interface CostTerms {
	/** Parcels by zone and units. */
	readonly shipping: number;
	readonly handling: number;
	readonly split: number;
	readonly unfilled: number;
	/** What is special about the site for this order, and about its stock. */
	readonly extra: number;
	/** What the units are worth to other orders: of the stock, and of the sites' capacity. */
	readonly stockWorth: number;
	readonly capacityWorth: number;
}

export interface ExplainedPlan {
	readonly takes: readonly TakenUnits[];
	readonly unfilledUnits: number;
	readonly terms: CostTerms;
	/** The sum of the terms. */
	readonly total: number;
	/** What is not free for it; empty where the plan was possible. */
	readonly blockedBy: readonly Binding[];
}

/** A limit that a plan runs into. `sku` where it is the stock of a site, none where it is the site's capacity. */
export interface Binding {
	readonly site: number;
	readonly sku?: number;
	readonly wanted: number;
	readonly free: number;
}

export interface ConsideredSite {
	readonly site: number;
	readonly distanceKm: number;
	readonly zone: number;
	/** Units of the order that it could ship from what is free now. */
	readonly possibleUnits: number;
	/** `chosen`: sends a parcel; `dearer`: possible, but a plan with it costs more; the others could send nothing. */
	readonly why:
		| 'chosen'
		| 'dearer'
		| 'excluded'
		| 'not eligible'
		| 'nothing in stock'
		| 'stock is promised'
		| 'capacity is used up';
}

/**
 * Explains an order's plan at the moment before its units were taken. The alternatives are the cheapest plan without each of the chosen
 * sites, the cheapest from one site alone, and the cheapest without any of them if one of the nearest full or sold out sites still had all that it holds.
 */
export function explainOrder(
	moment: RoutingMoment,
	order: RoutingOrder,
	takes: readonly TakenUnits[],
	mostAlternatives: number,
): OrderExplanation {
	const { network, supply, prices } = moment;
	const offers = collectOffers(network, [order]);
	const chosen = explainPlan(moment, order, offers, planOfTakes(offers, 0, order, takes));
	const sites = considerSites(moment, order, takes);
	const chosenSites = [...new Set(takes.map(({ site }) => site))];
	const cheapest = (variant: RoutingOrder, from: Pick<RoutingMoment, 'supply' | 'prices'>): ExplainedPlan => {
		const ways = collectOffers(network, [variant]);
		return explainPlan(moment, order, ways, createOrderPricer(ways).cheapest(0, from.prices, from.supply).plan);
	};
	const plans = [
		...(chosenSites.length > 1 ? [cheapest({ ...order, isKeptTogether: true }, { prices, supply })] : []),
		...chosenSites.map((site) => cheapest(without(order, site), { prices, supply })),
		...sites
			.filter(({ why }) => why === 'stock is promised' || why === 'capacity is used up')
			.slice(0, mostBlocked)
			.map(({ site }) => cheapest(chosenSites.reduce(without, order), { prices, supply: asIfFreeAt(moment, site) })),
	];
	const alternatives: ExplainedPlan[] = [];
	for (const plan of plans) {
		const isOther = (other: ExplainedPlan) => !isSameTaking(plan.takes, other.takes);
		if ([chosen, ...alternatives].every(isOther)) alternatives.push(plan);
	}
	alternatives.sort((a, b) => a.blockedBy.length - b.blockedBy.length || a.total - b.total);
	return {
		chosen,
		alternatives: alternatives.slice(0, mostAlternatives),
		sites,
	};
}

/** So many sites are looked at as if they were free, the nearest first. */
const mostBlocked = 4;

function asIfFreeAt({ network, supply }: RoutingMoment, site: number): Supply {
	const free = supply.slice();
	const held = fullSupply(network);
	const capacity = network.firstCapacity + site;
	free[capacity] = held[capacity] as number;
	network.siteOfStock.forEach((at, position) => {
		if (at === site) free[position] = held[position] as number;
	});
	return free;
}

function without(order: RoutingOrder, site: number): RoutingOrder {
	return {
		...order,
		siteTerms: [...(order.siteTerms ?? []).filter((term) => term.site !== site), { site, isExcluded: true }],
	};
}

function isSameTaking(one: readonly TakenUnits[], other: readonly TakenUnits[]): boolean {
	const keys = (takes: readonly TakenUnits[]) => takes.map(({ site, sku, units }) => `${site} ${sku} ${units}`).sort();
	return keys(one).join() === keys(other).join();
}

function explainPlan(
	{ network, supply, prices }: RoutingMoment,
	order: RoutingOrder,
	offers: Offers,
	plan: Plan,
): ExplainedPlan {
	const { rates, sites, stock, firstCapacity } = network;
	const terms = { shipping: 0, handling: 0, split: 0, unfilled: 0, extra: 0, stockWorth: 0, capacityWorth: 0 };
	const blockedBy: Binding[] = [];
	let unfilledUnits = offers.orderUnits[0] as number;
	let parcels = 0;
	plan.resources.forEach((resource, at) => {
		const units = plan.amounts[at] as number;
		const worth = units * (prices[resource] as number);
		const free = supply[resource] as number;
		if (resource >= firstCapacity) {
			const site = resource - firstCapacity;
			const term = order.siteTerms?.find((one) => one.site === site);
			const zone = zoneTo(network, order, site).zone;
			parcels += 1;
			terms.capacityWorth += worth;
			terms.shipping += rates.fixedCost[zone] as number;
			terms.extra += (term?.extraCost ?? 0) + (term?.extraCostPerUnit ?? 0) * units;
			if (free < units) blockedBy.push({ site, wanted: units, free });
			return;
		}
		const { site, sku, extraCostPerUnit = 0 } = stock[resource] as (typeof stock)[number];
		unfilledUnits -= units;
		terms.stockWorth += worth;
		terms.handling += (sites[site] as (typeof sites)[number]).handlingCost;
		terms.shipping += unitCostInZone(network, sku, zoneTo(network, order, site).zone) * units;
		terms.extra += extraCostPerUnit * units;
		if (free < units) blockedBy.push({ site, sku, wanted: units, free });
	});
	terms.split = Math.max(0, parcels - 1) * (offers.splitPenalty[0] as number);
	terms.unfilled = unfilledUnits * (offers.unfilledPenalty[0] as number);
	const total = Object.values(terms).reduce((sum, term) => sum + term, 0);
	return { takes: takesOf(offers, plan), unfilledUnits, terms, total, blockedBy };
}

function zoneTo(network: RoutingMoment['network'], order: RoutingOrder, site: number) {
	const place = network.places[site] as RoutingMoment['network']['places'][number];
	const distanceKm = greatCircleKm(placeOnEarth(order), place);
	return { distanceKm, zone: zoneOfDistance(network.rates.zoneUpperKm, distanceKm) };
}

/** Every site, the nearest first. */
function considerSites(moment: RoutingMoment, order: RoutingOrder, takes: readonly TakenUnits[]): ConsideredSite[] {
	const { network, supply } = moment;
	const positionsOfLine = order.lines.map(({ sku }) => positionsBySite(network, sku));
	const whyOf = whyOfSites(order, takes);
	return network.sites
		.map((_, site) => {
			const positions = positionsOfLine.map((bySite) => bySite.get(site));
			const possibleUnits = possibleAt(moment, order, site, positions);
			const held = positions.flatMap((position) => (position === undefined ? [] : [supply[position] as number]));
			return { site, ...zoneTo(network, order, site), possibleUnits, why: whyOf(site, possibleUnits, held) };
		})
		.sort((a, b) => a.distanceKm - b.distanceKm);
}

function positionsBySite(
	{ positionsOfSku, siteOfStock }: RoutingMoment['network'],
	sku: number,
): ReadonlyMap<number, number> {
	return new Map((positionsOfSku[sku] ?? []).map((position) => [siteOfStock[position] as number, position]));
}

/** @param positions of the site's stock, by line of the order */
function possibleAt(
	{ network, supply }: RoutingMoment,
	order: RoutingOrder,
	site: number,
	positions: readonly (number | undefined)[],
): number {
	let units = 0;
	order.lines.forEach((line, index) => {
		const position = positions[index];
		if (position !== undefined) units += Math.min(line.units, supply[position] as number);
	});
	return Math.max(0, Math.min(units, supply[network.firstCapacity + site] as number));
}

/** @returns why a site sends something or not; `held` is what is free of each of the order's SKUs that it has in its books */
function whyOfSites(order: RoutingOrder, takes: readonly TakenUnits[]) {
	const chosen = new Set(takes.map(({ site }) => site));
	const excluded = new Set(order.siteTerms?.flatMap(({ site, isExcluded }) => (isExcluded ? [site] : [])));
	const eligible = order.eligibleSites && new Set(order.eligibleSites);
	return (site: number, possibleUnits: number, held: readonly number[]): ConsideredSite['why'] => {
		if (chosen.has(site)) return 'chosen';
		if (excluded.has(site)) return 'excluded';
		if (eligible?.has(site) === false) return 'not eligible';
		if (possibleUnits > 0) return 'dearer';
		if (held.length === 0) return 'nothing in stock';
		return held.some((units) => units > 0) ? 'capacity is used up' : 'stock is promised';
	};
}
