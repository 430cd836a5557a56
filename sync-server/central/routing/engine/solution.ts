import type { Offers } from './offers.ts';
import type { Plan } from './plan.ts';
import type { RoutingProblem } from './routing-problem.ts';

/** A solution by ids, as files hold it. Every ordered unit is in one of the two lists. */
export interface Solution {
	readonly assignments: readonly {
		readonly order: string;
		readonly sku: string;
		readonly site: string;
		readonly qty: number;
	}[];
	readonly unfilled: readonly { readonly order: string; readonly sku: string; readonly qty: number }[];
}

/** Names what plans do. The plans stand in the sequence of the problem's orders. */
export function toSolution(
	{ orders, skus, sites, stock }: RoutingProblem,
	offers: Offers,
	plans: readonly Plan[],
): Solution {
	const assignments: Solution['assignments'][number][] = [];
	const unfilled: Solution['unfilled'][number][] = [];
	for (const plan of plans) {
		const { id, lines } = orders[plan.order] as (typeof orders)[number];
		const left = lines.map(({ units }) => units);
		plan.offers.forEach((offer, at) => {
			const { site } = stock[offers.offerStock[offer] as number] as (typeof stock)[number];
			const line = offers.offerLine[offer] as number;
			const qty = plan.units[at] as number;
			left[line] = (left[line] as number) - qty;
			const sku = skus[lines[line]?.sku as number] as string;
			assignments.push({ order: id, sku, site: (sites[site] as (typeof sites)[number]).id, qty });
		});
		left.forEach((qty, line) => {
			if (qty > 0) unfilled.push({ order: id, sku: skus[lines[line]?.sku as number] as string, qty });
		});
	}
	return { assignments, unfilled };
}
