import { handlingCostMinor, stockCostMinor } from '../../../../shared/domain/routing-rules.ts';
import type { ReplayTerms } from '../../../../shared/protocol/replay-messages.ts';
import type { RoutingWeights } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { greatCircleKm, placeOnEarth, zoneOfDistance } from '../engine/parcel-zone.ts';
import type { OrderSiteTerm } from '../live/order-terms.ts';
import type { SeenShipment } from '../live/route-shipment.ts';
import type { RoutingShop } from '../live/routing-shop.ts';

/** What a parcel is priced by. */
interface PricedParcel {
	readonly site: Site;
	readonly lateDays: number;
	readonly units: number;
}

interface PricedShipment {
	readonly parcels: readonly PricedParcel[];
	readonly unfilledUnits: number;
	readonly terms: ReplayTerms;
}

/**
 * What a shipment costs at any weights, in minor units, whatever weights it was routed by; preferences and fallbacks cost what its own
 * rules say. Reckoned by nothing that decides.
 */
export function priceShipment(
	{ shop: { sites, moment }, order, takes, terms: siteTerms }: SeenShipment,
	{ unitGrams, healthAt }: Pick<RoutingShop, 'unitGrams' | 'healthAt'>,
	weights: RoutingWeights,
): PricedShipment {
	const terms = { shipping: 0, handling: 0, split: 0, unfilled: 0, lateness: 0, rules: 0, stock: 0 };
	const zoneUpperKm = weights.zones.slice(0, -1).map(({ upToKm }) => upToKm ?? Number.POSITIVE_INFINITY);
	const parcels: PricedParcel[] = [];
	let unfilledUnits = order.lines.reduce((sum, { units }) => sum + units, 0);
	for (const [index, own] of Map.groupBy(takes, ({ site }) => site)) {
		const site = sites[index] as Site;
		const { lateDays, rulesMinor } = siteTerms[index] as OrderSiteTerm;
		const distanceKm = greatCircleKm(placeOnEarth(order), placeOnEarth(site));
		const zone = weights.zones[zoneOfDistance(zoneUpperKm, distanceKm)] as RoutingWeights['zones'][number];
		terms.shipping += zone.parcelMinor + (distanceKm / 100) * weights.hundredKmMinor;
		terms.lateness += lateDays * weights.lateDayMinor;
		terms.rules += rulesMinor;
		let parcelUnits = 0;
		for (const { sku: skuIndex, units } of own) {
			const sku = moment.network.skus[skuIndex] as string;
			parcelUnits += units;
			terms.shipping += units * (zone.unitMinor + (zone.kilogramMinor * unitGrams(sku)) / 1000);
			terms.handling += handlingCostMinor({ weights }, site);
			terms.stock += units * stockCostMinor({ weights }, healthAt(site.id, sku));
		}
		unfilledUnits -= parcelUnits;
		parcels.push({ site, lateDays, units: parcelUnits });
	}
	terms.split = Math.max(0, parcels.length - 1) * weights.splitMinor;
	terms.unfilled = unfilledUnits * weights.unfilledMinor;
	return { parcels, unfilledUnits, terms };
}

export function sumOfTerms(terms: ReplayTerms): number {
	return Object.values(terms).reduce((sum, term) => sum + term, 0);
}
