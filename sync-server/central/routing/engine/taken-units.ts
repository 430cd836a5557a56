import type { Offers } from './offers.ts';
import type { Plan } from './plan.ts';

/** Units of a SKU that a plan takes from a site; both by their index in the problem. */
export interface TakenUnits {
	readonly site: number;
	readonly sku: number;
	readonly units: number;
}

export function takesOf({ network, offerStock }: Offers, { offers, units }: Plan): TakenUnits[] {
	return offers.map((offer, at) => {
		const { site, sku } = network.stock[offerStock[offer] as number] as (typeof network.stock)[number];
		return { site, sku, units: units[at] as number };
	});
}
