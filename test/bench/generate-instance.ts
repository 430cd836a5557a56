import { seededRandom } from '../../sync-server/central/routing/engine/random.ts';
import type {
	OrderLine,
	RoutingOrder,
	RoutingProblem,
	StockPosition,
} from '../../sync-server/central/routing/engine/routing-problem.ts';

export interface InstanceSize {
	readonly orders: number;
	readonly sites: number;
	readonly seed: number;
}

/** Units in the network for each unit ordered. */
const stockRatio = 4;
const skusOfOrders = { base: 300, perOrder: 0.25 };

/**
 * An instance of any size that resembles the real ones: places in clusters, a few large sites among many small ones, SKUs of which some are ordered far
 * more often than others, mostly one or two lines an order, four units of stock for each unit ordered. The same seed gives the same instance.
 */
export function generateInstance({ orders: orderCount, sites: siteCount, seed }: InstanceSize): RoutingProblem {
	const random = seededRandom(seed);
	const cities = Array.from({ length: 120 }, () => ({ lat: 26 + random() * 22, lon: -122 + random() * 50 }));
	const place = () => {
		const { lat, lon } = cities[Math.floor(random() ** 1.6 * cities.length)] as { lat: number; lon: number };
		return { lat: lat + (random() - 0.5) * 2, lon: lon + (random() - 0.5) * 2.4 };
	};
	const skuCount = Math.round(skusOfOrders.base + skusOfOrders.perOrder * orderCount);
	const anySku = () => Math.floor(random() ** 2.2 * skuCount);
	const orders: RoutingOrder[] = [];
	const ordered = new Float64Array(skuCount);
	for (let order = 0; order < orderCount; order += 1) {
		const lines = new Map<number, OrderLine>();
		const count = Math.min(8, 1 + Math.floor(Math.log(1 - random()) / Math.log(0.5)));
		for (let line = 0; line < count; line += 1) {
			const sku = anySku();
			lines.set(sku, { sku, units: random() < 0.85 ? 1 : random() < 0.85 ? 2 : 3 });
		}
		for (const { sku, units } of lines.values()) ordered[sku] = (ordered[sku] as number) + units;
		orders.push({ id: `O${order}`, ...place(), lines: [...lines.values()] });
	}
	const large = Math.max(2, Math.round(siteCount / 50));
	const units = ordered.reduce((sum, one) => sum + one, 0);
	const sites = Array.from({ length: siteCount }, (_, site) => ({
		id: `S${site}`,
		...place(),
		capacityUnits: Math.max(
			3,
			Math.round((site < large ? 0.5 / large : 1 / (siteCount - large)) * units * (0.6 + random() * 0.8)),
		),
		handlingCost: site < large ? 0.7 : 1 + Math.round(random() * 10) / 10,
	}));
	return {
		rates: {
			zoneUpperKm: [80, 241, 483, 966, 1609, 2253, 2897],
			fixedCost: [6.9, 7.3, 7.9, 8.8, 10.1, 11.4, 12.6, 13.9],
			costPerUnit: [0.45, 0.52, 0.62, 0.8, 1.05, 1.32, 1.58, 1.86],
			splitPenalty: 2,
			unfilledPenalty: 60,
		},
		sites,
		skus: Array.from({ length: skuCount }, (_, sku) => `SKU${sku}`),
		stock: spreadStock(ordered, siteCount, large, random),
		orders,
	};
}

/** A third of a SKU's stock is at the large sites, the rest in small numbers anywhere; of one SKU in 25 there is too little. */
function spreadStock(ordered: Float64Array, siteCount: number, large: number, random: () => number): StockPosition[] {
	const stock: StockPosition[] = [];
	ordered.forEach((units, sku) => {
		const isShort = random() < 0.04;
		let left = Math.ceil(isShort ? units * 0.6 : Math.max(4, units * stockRatio));
		const ofSku = new Map<number, number>();
		const put = (site: number, count: number) => {
			ofSku.set(site, (ofSku.get(site) ?? 0) + count);
			left -= count;
		};
		if (!isShort) put(Math.floor(random() * large), Math.ceil(left / 3));
		while (left > 0) put(Math.floor(random() * siteCount), Math.min(left, 1 + Math.floor(random() * 4)));
		for (const [site, count] of ofSku) stock.push({ site, sku, units: count });
	});
	return stock;
}
