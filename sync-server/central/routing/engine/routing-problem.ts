/**
 * What the routing engine decides about, as plain data. Sites, SKUs and orders are named by their index in these lists.
 * All costs are in one currency, in the unit of `ParcelRates`; all quantities are whole units of a SKU.
 */
export interface RoutingProblem {
	readonly rates: ParcelRates;
	readonly sites: readonly RoutingSite[];
	readonly skus: readonly string[];
	/** What a unit of each SKU weighs, in kilograms; left out where the rates don't ask. */
	readonly unitKg?: readonly number[];
	/** A site and SKU stand here once at most. */
	readonly stock: readonly StockPosition[];
	readonly orders: readonly RoutingOrder[];
}

/** What a parcel costs by the zone of its way: `fixedCost[zone] + costPerUnit[zone] × units + costPerKg[zone] × kilograms`. */
export interface ParcelRates {
	/** The upper ends of the distance zones in ascending order; the zone after the last is open. */
	readonly zoneUpperKm: readonly number[];
	readonly fixedCost: readonly number[];
	readonly costPerUnit: readonly number[];
	readonly costPerKg?: readonly number[];
	/** For each parcel of an order after its first. */
	readonly splitPenalty: number;
	/** For each unit that is not shipped. */
	readonly unfilledPenalty: number;
}

export interface RoutingSite {
	readonly id: string;
	readonly lat: number;
	readonly lon: number;
	/** Units that the site may ship in this batch. */
	readonly capacityUnits: number;
	/** For each (order, SKU) that the site handles. */
	readonly handlingCost: number;
}

export interface StockPosition {
	readonly site: number;
	readonly sku: number;
	readonly units: number;
	/** What taking a unit from here costs beyond the parcel: scarce cover raises it, aging stock lowers it. */
	readonly extraCostPerUnit?: number;
}

export interface RoutingOrder {
	readonly id: string;
	readonly lat: number;
	readonly lon: number;
	/** A SKU stands in an order once at most. */
	readonly lines: readonly OrderLine[];
	/** In place of the rates' own, for an order whose loss weighs more or less. */
	readonly unfilledPenalty?: number;
	readonly splitPenalty?: number;
	/** One parcel at most: what its site lacks stays unfilled. */
	readonly isKeptTogether?: boolean;
	/** Only these sites may serve the order; left out: all of them. */
	readonly eligibleSites?: readonly number[];
	readonly siteTerms?: readonly SiteTerm[];
}

export interface OrderLine {
	readonly sku: number;
	readonly units: number;
}

/** What is special about one site for one order: lateness, a wish of operations, a site that declined. */
export interface SiteTerm {
	readonly site: number;
	readonly isExcluded?: boolean;
	/** Once for a parcel from this site. */
	readonly extraCost?: number;
	readonly extraCostPerUnit?: number;
}
