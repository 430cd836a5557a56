import type { Network, Prices, Supply } from './network.ts';
import { collectOffers } from './offers.ts';
import { createOrderPricer } from './order-pricer.ts';
import type { Plan } from './plan.ts';
import type { RoutingOrder } from './routing-problem.ts';
import { type TakenUnits, takesOf } from './taken-units.ts';

/** What a single order is routed over: what is free now, and what it is worth to others, as the last batch left it. */
export interface RoutingMoment {
	readonly network: Network;
	readonly supply: Supply;
	readonly prices: Prices;
}

export interface RoutedOrder {
	/** For `take` and `fits`. */
	readonly plan: Plan;
	readonly takes: readonly TakenUnits[];
	/** The plan's cost and what it takes at the prices. */
	readonly priced: number;
	/** False for an order too large to be looked at exactly: then the plan is good, and may not be the cheapest. */
	readonly isExact: boolean;
}

/**
 * Routes one order at once: the cheapest of all its whole-order plans that fit into what is free, counting what stock and capacity are worth to others.
 * It takes nothing: reserve what the plan needs, and `take` it from the supply.
 */
export function routeOrder({ network, supply, prices }: RoutingMoment, order: RoutingOrder): RoutedOrder {
	const offers = collectOffers(network, [order]);
	const { plan, priced, bound } = createOrderPricer(offers).cheapest(0, prices, supply);
	return { plan, takes: takesOf(offers, plan), priced, isExact: priced <= bound };
}
