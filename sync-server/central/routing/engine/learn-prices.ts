import { findPrices } from './find-prices.ts';
import type { Prices } from './network.ts';
import { collectOffers } from './offers.ts';
import { createOrderPricer } from './order-pricer.ts';
import type { RoutingMoment } from './order-router.ts';
import { seededRandom } from './random.ts';
import type { RoutingOrder } from './routing-problem.ts';

/** Rounds are few: it starts from the last prices, and what is to come is a guess anyway. */
const rounds = 20;
/** A price found for a guess is too sure of itself: it counts for a part only, and half of the old one stays. */
const caution = 0.85;
const memory = 0.5;

/**
 * Prices for orders that are routed one by one as they come: what stock and capacity will be worth if the orders that are still to come are like those seen lately.
 * @param seen the latest orders
 * @param expected orders still to come before stock and capacity are replenished
 * @param isTimeUp asked after each round; the prices found until then are answered
 */
export function learnPrices(
	moment: RoutingMoment,
	seen: readonly RoutingOrder[],
	expected: number,
	isTimeUp?: () => boolean,
): Prices {
	if (seen.length === 0 || expected <= 0) return moment.prices;
	const random = seededRandom(seen.length);
	const any = () => seen[Math.floor(random() * seen.length)] as RoutingOrder;
	// Baskets and places are drawn apart: so a few orders stand for many, and no one's own price is learned.
	const likely = Array.from({ length: expected }, () => {
		const { lat, lon } = any();
		return { ...any(), lat, lon };
	});
	const offers = collectOffers(moment.network, likely);
	const isFirst = moment.prices.every((price) => price === 0);
	const start = isFirst ? undefined : moment.prices;
	const found = findPrices(offers, createOrderPricer(offers), {
		supply: moment.supply,
		start,
		rounds,
		...(isTimeUp && { isTimeUp }),
	});
	if (isFirst) return found.meanPrices.map((price) => caution * price);
	return found.meanPrices.map(
		(price, resource) => memory * (moment.prices[resource] as number) + (1 - memory) * caution * price,
	);
}
