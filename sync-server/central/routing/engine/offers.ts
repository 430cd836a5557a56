import { type Network, unitCostInZone } from './network.ts';
import { greatCircleKm, placeOnEarth, zoneOfDistance } from './parcel-zone.ts';
import type { RoutingOrder, SiteTerm } from './routing-problem.ts';

/**
 * Orders over a network in flat arrays, as the inner loops want them. An order has candidates (sites that hold something of it and may
 * serve it); a candidate has offers (a line of the order, the stock position that serves it, what that costs).
 */
export interface Offers {
	readonly network: Network;
	readonly orderCount: number;
	/** Lines of order `o`: from `lineStart[o]` to `lineStart[o + 1]`. */
	readonly lineStart: Int32Array;
	readonly lineUnits: Int32Array;
	readonly orderUnits: Float64Array;
	readonly unfilledPenalty: Float64Array;
	readonly splitPenalty: Float64Array;
	readonly isKeptTogether: Uint8Array;
	readonly candidateStart: Int32Array;
	readonly candidateSite: Int32Array;
	/** What a parcel costs without its units and without the split penalty. */
	readonly parcelCost: Float64Array;
	readonly offerStart: Int32Array;
	/** The line's number within its order. */
	readonly offerLine: Int32Array;
	readonly offerStock: Int32Array;
	/** The most units that this offer can give to its line. */
	readonly offerUnits: Int32Array;
	/** Once where the offer is taken at all. */
	readonly handlingCost: Float64Array;
	readonly costPerUnit: Float64Array;
}

/** All ways to serve each order. Work and memory grow with the lines × the sites that hold their SKU. */
export function collectOffers(network: Network, orders: readonly RoutingOrder[]): Offers {
	const most = orders.reduce((sum, order) => sum + positionsOf(network, order), 0);
	const lineCount = orders.reduce((sum, { lines }) => sum + lines.length, 0);
	const offers = {
		network,
		orderCount: orders.length,
		lineStart: new Int32Array(orders.length + 1),
		lineUnits: new Int32Array(lineCount),
		orderUnits: Float64Array.from(orders, ({ lines }) => lines.reduce((sum, { units }) => sum + units, 0)),
		unfilledPenalty: Float64Array.from(orders, (order) => order.unfilledPenalty ?? network.rates.unfilledPenalty),
		splitPenalty: Float64Array.from(orders, (order) => order.splitPenalty ?? network.rates.splitPenalty),
		isKeptTogether: Uint8Array.from(orders, ({ isKeptTogether }) => Number(isKeptTogether ?? false)),
		candidateStart: new Int32Array(orders.length + 1),
		candidateSite: new Int32Array(most),
		parcelCost: new Float64Array(most),
		offerStart: new Int32Array(most + 1),
		offerLine: new Int32Array(most),
		offerStock: new Int32Array(most),
		offerUnits: new Int32Array(most),
		handlingCost: new Float64Array(most),
		costPerUnit: new Float64Array(most),
	};
	const counts = { lines: 0, candidates: 0, offers: 0 };
	orders.forEach((order, index) => {
		addOrder(offers, counts, order);
		offers.lineStart[index + 1] = counts.lines;
		offers.candidateStart[index + 1] = counts.candidates;
	});
	return offers;
}

type Counts = { lines: number; candidates: number; offers: number };

function addOrder(offers: Offers, counts: Counts, order: RoutingOrder): void {
	const { stock, sites, places, rates } = offers.network;
	const terms = new Map<number, SiteTerm>(order.siteTerms?.map((term) => [term.site, term]));
	const place = placeOnEarth(order);
	for (const [site, held] of heldBySite(offers.network, order, terms)) {
		const { handlingCost, capacityUnits } = sites[site] as (typeof sites)[number];
		const zone = zoneOfDistance(rates.zoneUpperKm, greatCircleKm(place, places[site] as (typeof places)[number]));
		const extraPerUnit = terms.get(site)?.extraCostPerUnit ?? 0;
		const firstOffer = counts.offers;
		for (const { line, position } of held) {
			const { sku, units: inStock, extraCostPerUnit = 0 } = stock[position] as (typeof stock)[number];
			const units = Math.min(inStock, capacityUnits, order.lines[line]?.units ?? 0);
			if (units <= 0) continue;
			const offer = counts.offers;
			offers.offerLine[offer] = line;
			offers.offerStock[offer] = position;
			offers.offerUnits[offer] = units;
			offers.handlingCost[offer] = handlingCost;
			offers.costPerUnit[offer] = unitCostInZone(offers.network, sku, zone) + extraPerUnit + extraCostPerUnit;
			counts.offers += 1;
		}
		if (counts.offers === firstOffer) continue;
		const candidate = counts.candidates;
		offers.candidateSite[candidate] = site;
		offers.parcelCost[candidate] = (rates.fixedCost[zone] as number) + (terms.get(site)?.extraCost ?? 0);
		offers.offerStart[candidate] = firstOffer;
		offers.offerStart[candidate + 1] = counts.offers;
		counts.candidates += 1;
	}
	for (const { units } of order.lines) {
		offers.lineUnits[counts.lines] = units;
		counts.lines += 1;
	}
}

interface Held {
	readonly line: number;
	readonly position: number;
}

/** Which stock positions each site could serve the order from, by ascending site. */
function heldBySite(network: Network, order: RoutingOrder, terms: ReadonlyMap<number, SiteTerm>): [number, Held[]][] {
	const eligible = order.eligibleSites && new Set(order.eligibleSites);
	const bySite = new Map<number, Held[]>();
	order.lines.forEach(({ sku }, line) => {
		for (const position of network.positionsOfSku[sku] ?? []) {
			const site = network.siteOfStock[position] as number;
			if (terms.get(site)?.isExcluded || (eligible && !eligible.has(site))) continue;
			const held = bySite.get(site);
			if (held === undefined) bySite.set(site, [{ line, position }]);
			else held.push({ line, position });
		}
	});
	return [...bySite].sort(([a], [b]) => a - b);
}

function positionsOf({ positionsOfSku }: Network, { lines }: RoutingOrder): number {
	return lines.reduce((count, { sku }) => count + (positionsOfSku[sku]?.length ?? 0), 0);
}
