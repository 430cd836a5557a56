import { handlingCostMinor, type StockHealth, stockCostMinor } from '../../../../shared/domain/routing-rules.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { fullSupply, type Network, noPrices, openNetwork, type Prices } from '../engine/network.ts';
import type { RoutingMoment } from '../engine/order-router.ts';
import type { ParcelRates, RoutingSite, StockPosition } from '../engine/routing-problem.ts';
import type { FreeUnits } from '../nearest-site.ts';
import type { ContestedPrices } from './contested-prices.ts';

/** What orders are routed over, as central knows it at this moment. */
export interface RoutingShop {
	readonly routing: RoutingSet;
	readonly sites: readonly Site[];
	readonly freeUnits: FreeUnits;
	readonly healthAt: (siteId: string, sku: string) => StockHealth;
	readonly unitGrams: (sku: string) => number;
	/** Left out: nobody else wants anything. */
	readonly contested?: ContestedPrices;
}

/** The engine's view of some SKUs: sites and SKUs are named by their place in these lists. */
export interface ShopMoment {
	readonly moment: RoutingMoment;
	readonly sites: readonly Site[];
	readonly skuIndex: ReadonlyMap<string, number>;
}

/** A site's backlog is lateness, not a wall: more units than any order has. */
const enoughCapacity = 1_000_000_000;

/** @param skus each once */
export function openShopMoment(shop: RoutingShop, skus: readonly string[]): ShopMoment {
	const { routing } = shop;
	const sites = shop.sites.filter(({ capabilities }) => capabilities.includes('ship'));
	const stock: StockPosition[] = [];
	skus.forEach((name, sku) => {
		sites.forEach(({ id }, site) => {
			const units = shop.freeUnits(id, name);
			if (units <= 0) return;
			stock.push({ site, sku, units, extraCostPerUnit: stockCostMinor(routing, shop.healthAt(id, name)) });
		});
	});
	const network = openNetwork({
		rates: ratesOf(routing),
		sites: sites.map(
			(site): RoutingSite => ({
				id: site.id,
				lat: site.lat,
				lon: site.lon,
				capacityUnits: enoughCapacity,
				handlingCost: handlingCostMinor(routing, site),
			}),
		),
		skus,
		unitKg: skus.map((sku) => shop.unitGrams(sku) / 1000),
		stock,
	});
	return {
		moment: { network, supply: fullSupply(network), prices: pricesOf(network, shop.contested, routing) },
		sites,
		skuIndex: new Map(skus.map((sku, index) => [sku, index])),
	};
}

/**
 * What is contested more at one site than at another: what all of them are short of is no reason to leave this order without. So of each SKU some
 * site has no price, and of the sites' capacity likewise.
 */
function pricesOf(network: Network, contested: ContestedPrices | undefined, { weights }: RoutingSet): Prices {
	const prices = noPrices(network);
	if (contested === undefined) return prices;
	const { stock, sites, skus, firstCapacity } = network;
	const most = weights.unfilledMinor * mostOfUnfilled;
	const fill = (resources: readonly (readonly [resource: number, price: number])[]) => {
		const least = Math.min(...resources.map(([, price]) => price));
		for (const [resource, price] of resources) prices[resource] = Math.min(most, price - least);
	};
	skus.forEach((name, sku) => {
		const positions = network.positionsOfSku[sku] ?? [];
		fill(
			positions.map((position) => {
				const site = sites[stock[position]?.site as number] as RoutingSite;
				return [position, contested.stockAt(site.id, name)];
			}),
		);
	});
	fill(sites.map(({ id }, site) => [firstCapacity + site, contested.capacityOf(id)]));
	return prices;
}

/** A price never comes near what it costs to send nothing. */
const mostOfUnfilled = 0.25;

export function ratesOf({ weights }: RoutingSet): ParcelRates {
	const { zones, splitMinor, unfilledMinor } = weights;
	return {
		zoneUpperKm: zones.slice(0, -1).map(({ upToKm }) => upToKm ?? Number.POSITIVE_INFINITY),
		fixedCost: zones.map(({ parcelMinor }) => parcelMinor),
		costPerUnit: zones.map(({ unitMinor }) => unitMinor),
		costPerKg: zones.map(({ kilogramMinor }) => kilogramMinor),
		splitPenalty: splitMinor,
		unfilledPenalty: unfilledMinor,
	};
}
