import { compileRules, localDays, promisableUnits } from '../../../../shared/domain/promising-rules.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { RoutingWeights } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { routeShipment } from '../live/route-shipment.ts';
import type { RoutingShop } from '../live/routing-shop.ts';
import type { FreeUnits } from '../nearest-site.ts';
import { priceShipment, sumOfTerms } from './price-shipment.ts';
import { openReplayBacklog } from './replay-backlog.ts';
import type { ReplayDay, ReplayOrder, ReplayScenario } from './replay-day.ts';
import { openReplayStock, type ReplayStock } from './replay-stock.ts';
import { type ReplayOutcome, tallyReplay } from './replay-tally.ts';

/**
 * Routes the orders of a day one after another, as they were placed, by the code that routes captured orders, and takes from stock and
 * from each site's day what it gave away.
 * @param common what the outcome is priced by, besides the scenario's own weights
 * @param told how many orders are routed, each time that it was asked to
 */
export function replayOrders(
	day: ReplayDay,
	scenario: ReplayScenario,
	common: RoutingWeights = scenario.routing.weights,
	told: (orders: number) => void = () => undefined,
): ReplayOutcome {
	const { routing } = scenario;
	const sites = sitesOf(day, scenario);
	const products = new Map(day.products.map((product) => [product.id, product]));
	const stock = openReplayStock(day);
	const backlog = openReplayBacklog(day);
	const promisable = promisableOf(day, sites, products, stock);
	const tally = tallyReplay(sites);
	const unitGrams = (sku: string) => products.get(sku)?.weightGrams ?? 0;
	day.orders.forEach((order, index) => {
		stock.advanceTo(order.placedAt);
		const { number, channel, country, currency, valueMinor, place, lines, dueAt, placedAt } = order;
		const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const ordered = new Set(lines.map(({ sku }) => sku));
		const shop: RoutingShop = { routing, sites, freeUnits: promisable(order), healthAt: stock.healthAt, unitGrams };
		const { shares, seen } = routeShipment(shop, {
			order: {
				channel,
				country,
				currency,
				valueMinor,
				products: [...ordered].flatMap((sku) => products.get(sku) ?? []),
				on: placedAt.slice(0, 10),
			},
			place,
			lines,
			dueAt,
			leavesAt: (site) => backlog.leavesAt(site, placedAt, units),
			exclusionOf: () => undefined,
		});
		const priced = priceShipment(seen, shop, common);
		const own = common === routing.weights ? priced.terms : priceShipment(seen, shop, routing.weights).terms;
		tally.add({ order: number, lines: lines.length, units, ...priced, ownCost: sumOfTerms(own) });
		for (const { site, allocated } of shares) {
			for (const [line, { sku }] of lines.entries()) stock.take(site.id, sku, allocated[line] ?? 0);
			backlog.give(
				site.id,
				allocated.reduce((sum, quantity) => sum + quantity, 0),
			);
		}
		told(index + 1);
	});
	return tally.outcome();
}

/** The sites that are open, each with the capacity that it has then. */
function sitesOf({ sites }: ReplayDay, { closedSiteIds, capacities }: ReplayScenario): readonly Site[] {
	const closed = new Set(closedSiteIds);
	const changed = new Map(capacities.map(({ siteId, units }) => [siteId, units]));
	return sites
		.filter(({ id }) => !closed.has(id))
		.map((site) => ({ ...site, dailyCapacityUnits: changed.get(site.id) ?? site.dailyCapacityUnits }));
}

/** What may be promised of what is there: as at capture, the rules of promising keep some of it back. */
function promisableOf(
	{ promising }: ReplayDay,
	sites: readonly Site[],
	products: ReadonlyMap<string, Product>,
	stock: ReplayStock,
): (order: ReplayOrder) => FreeUnits {
	if (promising.rules.length === 0) return () => stock.onHand;
	const rules = compileRules(promising);
	const effects = new Map([...products].map(([sku, product]) => [sku, rules.ofProduct(product)]));
	const siteById = new Map(sites.map((site) => [site.id, site]));
	return ({ channel, placedAt }) => {
		const dayIn = localDays(placedAt);
		return (siteId, sku) => {
			const onHand = stock.onHand(siteId, sku);
			const [site, effectOf] = [siteById.get(siteId), effects.get(sku)];
			if (onHand === 0 || site === undefined || effectOf === undefined) return onHand;
			return promisableUnits(effectOf({ site, channel, method: 'ship', on: dayIn(site.timeZone) }), onHand);
		};
	};
}
