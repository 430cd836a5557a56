import { greatCircleKm, placeOnEarth, zoneOfDistance } from './parcel-zone.ts';
import type { RoutingOrder, RoutingProblem } from './routing-problem.ts';
import type { Solution } from './solution.ts';

/** What a solution costs, term by term, and where it breaks a rule. Computed from the problem alone, by nothing that the engine uses to decide. */
export interface CheckedSolution {
	/** Sentences; empty where the solution is feasible. */
	readonly faults: readonly string[];
	readonly cost: number;
	readonly shipping: number;
	readonly handling: number;
	readonly split: number;
	readonly unfilledPenalty: number;
	/** Extra costs of order and site, and of stock. */
	readonly extra: number;
	readonly unfilledUnits: number;
	readonly parcels: number;
}

export function checkSolution(problem: RoutingProblem, solution: Solution): CheckedSolution {
	const { rates, sites, skus, unitKg, stock, orders } = problem;
	const faults: string[] = [];
	const siteOfId = new Map(sites.map((site, index) => [site.id, index]));
	const skuOfId = new Map(skus.map((sku, index) => [sku, index]));
	const orderOfId = new Map(orders.map((order) => [order.id, order]));
	const left = new Map<string, number>();
	const extraOfStock = new Map<string, number>();
	for (const { site, sku, units, extraCostPerUnit } of stock) {
		left.set(`stock ${site} ${sku}`, units);
		extraOfStock.set(`${site} ${sku}`, extraCostPerUnit ?? 0);
	}
	for (const [site, { capacityUnits }] of sites.entries()) left.set(`capacity ${site}`, capacityUnits);
	for (const { id, lines } of orders) for (const { sku, units } of lines) left.set(`order ${id} ${sku}`, units);
	const use = (what: string, qty: number) => {
		const rest = (left.get(what) ?? 0) - qty;
		left.set(what, rest);
		if (rest < 0) faults.push(`${what}: ${-rest} units too many`);
	};
	const parcels = new Map<
		string,
		{ readonly order: RoutingOrder; readonly site: number; readonly units: Map<number, number> }
	>();
	for (const { order: orderId, sku: skuId, site: siteId, qty } of solution.assignments) {
		const order = orderOfId.get(orderId);
		const site = siteOfId.get(siteId);
		const sku = skuOfId.get(skuId);
		if (order === undefined || site === undefined || sku === undefined || !(Number.isInteger(qty) && qty > 0)) {
			faults.push(`not an assignment: ${JSON.stringify([orderId, skuId, siteId, qty])}`);
			continue;
		}
		const isOpen = order.eligibleSites?.includes(site) ?? true;
		if (!isOpen || termOf(order, site)?.isExcluded) faults.push(`site ${siteId} may not serve order ${orderId}`);
		use(`order ${orderId} ${sku}`, qty);
		use(`stock ${site} ${sku}`, qty);
		use(`capacity ${site}`, qty);
		const key = `${orderId} ${site}`;
		const parcel = parcels.get(key) ?? { order, site, units: new Map<number, number>() };
		parcel.units.set(sku, (parcel.units.get(sku) ?? 0) + qty);
		parcels.set(key, parcel);
	}
	const unfilledUnits = new Map<string, number>();
	for (const { order, sku, qty } of solution.unfilled) {
		use(`order ${order} ${skuOfId.get(sku)}`, qty);
		unfilledUnits.set(order, (unfilledUnits.get(order) ?? 0) + qty);
	}
	for (const { id, lines } of orders) {
		for (const { sku } of lines) {
			const rest = left.get(`order ${id} ${sku}`) ?? 0;
			if (rest > 0) faults.push(`order ${id} ${sku}: ${rest} units are in neither list`);
		}
	}
	const sum = { shipping: 0, handling: 0, split: 0, unfilledPenalty: 0, extra: 0 };
	const parcelsOf = new Map<RoutingOrder, number>();
	for (const { order, site, units } of parcels.values()) {
		const to = sites[site] as (typeof sites)[number];
		const zone = zoneOfDistance(rates.zoneUpperKm, greatCircleKm(placeOnEarth(order), placeOnEarth(to)));
		const term = termOf(order, site);
		sum.shipping += rates.fixedCost[zone] as number;
		sum.extra += term?.extraCost ?? 0;
		sum.handling += to.handlingCost * units.size;
		for (const [sku, qty] of units) {
			sum.shipping +=
				((rates.costPerUnit[zone] as number) + (rates.costPerKg?.[zone] ?? 0) * (unitKg?.[sku] ?? 0)) * qty;
			sum.extra += ((term?.extraCostPerUnit ?? 0) + (extraOfStock.get(`${site} ${sku}`) ?? 0)) * qty;
		}
		parcelsOf.set(order, (parcelsOf.get(order) ?? 0) + 1);
	}
	for (const [order, count] of parcelsOf) {
		sum.split += (count - 1) * (order.splitPenalty ?? rates.splitPenalty);
		if (order.isKeptTogether && count > 1) faults.push(`order ${order.id} should be kept together`);
	}
	let allUnfilled = 0;
	for (const [id, units] of unfilledUnits) {
		sum.unfilledPenalty += units * (orderOfId.get(id)?.unfilledPenalty ?? rates.unfilledPenalty);
		allUnfilled += units;
	}
	const cost = sum.shipping + sum.handling + sum.split + sum.unfilledPenalty + sum.extra;
	return { faults, cost, ...sum, unfilledUnits: allUnfilled, parcels: parcels.size };
}

function termOf({ siteTerms }: RoutingOrder, site: number) {
	return siteTerms?.find((term) => term.site === site);
}
