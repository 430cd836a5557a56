import type { RoutingProblem } from './routing-problem.ts';

/** What no router can save: for each SKU the ordered units beyond the whole network's stock, at the smallest penalties among its orders. */
export function unavoidableCost({ rates, skus, stock, orders }: RoutingProblem): number {
	const left = new Float64Array(skus.length);
	for (const { sku, units } of stock) left[sku] = (left[sku] as number) + units;
	const demands: { readonly units: number; readonly penalty: number }[][] = skus.map(() => []);
	for (const { lines, unfilledPenalty } of orders) {
		for (const { sku, units } of lines) {
			left[sku] = (left[sku] as number) - units;
			demands[sku]?.push({ units, penalty: unfilledPenalty ?? rates.unfilledPenalty });
		}
	}
	let cost = 0;
	left.forEach((units, sku) => {
		let missing = -units;
		for (const demand of (demands[sku] ?? []).sort((a, b) => a.penalty - b.penalty)) {
			if (missing <= 0) break;
			cost += Math.min(missing, demand.units) * demand.penalty;
			missing -= demand.units;
		}
	});
	return cost;
}

/** How far a cost is above a bound, as a part of what can be influenced at all. 0 where nothing can. */
export function gapOf(cost: number, bound: number, unavoidable: number): number {
	const variable = bound - unavoidable;
	return variable > 0 ? Math.max(0, cost - bound) / variable : cost > bound ? Number.POSITIVE_INFINITY : 0;
}
