import type { Offers } from './offers.ts';
import { makePlan, type Plan } from './plan.ts';
import type { RoutingOrder } from './routing-problem.ts';

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

/** The plan of an order that takes these units; what a site that may not serve it would give is unfilled. */
export function planOfTakes(
	offers: Offers,
	orderIndex: number,
	{ lines }: Pick<RoutingOrder, 'lines'>,
	takes: readonly TakenUnits[],
): Plan {
	const chosen: [offer: number, units: number][] = [];
	for (const { site, sku, units } of takes) {
		const line = lines.findIndex((one) => one.sku === sku);
		const end = offers.candidateStart[orderIndex + 1] as number;
		for (let candidate = offers.candidateStart[orderIndex] as number; candidate < end; candidate += 1) {
			if (offers.candidateSite[candidate] !== site) continue;
			const until = offers.offerStart[candidate + 1] as number;
			for (let offer = offers.offerStart[candidate] as number; offer < until; offer += 1) {
				if (offers.offerLine[offer] === line) chosen.push([offer, units]);
			}
		}
	}
	chosen.sort(([a], [b]) => a - b);
	return makePlan(
		offers,
		orderIndex,
		chosen.map(([offer]) => offer),
		chosen.map(([, units]) => units),
	);
}
