import { type PlaceOnEarth, placeOnEarth } from './parcel-zone.ts';
import type { RoutingProblem } from './routing-problem.ts';

/**
 * What orders are routed over: sites, their stock and their capacity. Opened once, used for any number of orders.
 * A _resource_ is what orders compete for: the stock positions by their index and, after them, the capacity of each site.
 */
export interface Network extends Omit<RoutingProblem, 'orders'> {
	readonly places: readonly PlaceOnEarth[];
	readonly positionsOfSku: readonly (readonly number[])[];
	/** The resource of site 0's capacity; all before it are stock positions. */
	readonly firstCapacity: number;
	readonly resourceCount: number;
	/** The site of each stock position. */
	readonly siteOfStock: Int32Array;
}

/** What a unit of each resource is worth to other orders. Never negative. */
export type Prices = Float64Array;

/** Units of each resource that are still free. */
export type Supply = Int32Array;

/** The most units that a quantity or a capacity may be: sums of them must stay exact in 32 bits. */
export const mostUnits = 1_000_000_000;

export function openNetwork({ rates, sites, skus, unitKg, stock }: Omit<RoutingProblem, 'orders'>): Network {
	const positionsOfSku: number[][] = skus.map(() => []);
	stock.forEach(({ sku, units }, position) => {
		if (units > 0) positionsOfSku[sku]?.push(position);
	});
	return {
		rates,
		sites,
		skus,
		...(unitKg && { unitKg }),
		stock,
		places: sites.map(placeOnEarth),
		positionsOfSku,
		firstCapacity: stock.length,
		resourceCount: stock.length + sites.length,
		siteOfStock: Int32Array.from(stock, ({ site }) => site),
	};
}

export function noPrices({ resourceCount }: Network): Prices {
	return new Float64Array(resourceCount);
}

/** All stock and all capacity. */
export function fullSupply({ stock, sites, firstCapacity, resourceCount }: Network): Supply {
	const supply = new Int32Array(resourceCount);
	stock.forEach(({ units }, position) => {
		supply[position] = units;
	});
	sites.forEach(({ capacityUnits }, site) => {
		supply[firstCapacity + site] = Math.min(mostUnits, capacityUnits);
	});
	return supply;
}

/** What a unit of a SKU adds to its parcel's cost in a zone. */
export function unitCostInZone(
	{ rates, unitKg }: Pick<Network, 'rates' | 'unitKg'>,
	sku: number,
	zone: number,
): number {
	return (rates.costPerUnit[zone] as number) + (rates.costPerKg?.[zone] ?? 0) * (unitKg?.[sku] ?? 0);
}
