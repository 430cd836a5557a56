import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import type { DemoOrder } from './orders.ts';
import type { OpeningStock } from './stock.ts';

/** What a person checks after a run: orders by site, and how many of them their nearest site can fill, in the order of placing. */
export function demandReport(
	sites: readonly Site[],
	products: readonly Product[],
	orders: readonly DemoOrder[],
	stock: readonly OpeningStock[],
): string {
	const left = new Map(stock.map((row) => [`${row.siteId} ${row.sku}`, row.quantity]));
	const filled = new Set<DemoOrder>();
	for (const order of orders) {
		const keys = order.lines.map((line) => ({ key: `${order.nearestSite.id} ${line.sku}`, quantity: line.quantity }));
		if (keys.every(({ key, quantity }) => (left.get(key) ?? 0) >= quantity)) filled.add(order);
		for (const { key, quantity } of keys) left.set(key, Math.max(0, (left.get(key) ?? 0) - quantity));
	}
	const lineCounts = orders.map((order) => order.lines.length).sort((a, b) => a - b);
	const pickups = orders.filter((order) => order.method === 'pickup').length;
	return [
		...sites.map((site) => {
			const here = orders.filter((order) => order.nearestSite.id === site.id);
			const carried = stock.filter((row) => row.siteId === site.id).length;
			const share = ((100 * here.filter((order) => filled.has(order)).length) / Math.max(1, here.length)).toFixed(1);
			return `${site.id} ${site.name}: ${here.length} orders (${here.filter((order) => order.method === 'pickup').length} pickups), ${share} % filled, ${carried} products`;
		}),
		`${products.length} products; ${orders.length} orders, ${pickups} pickups, ${orders.length - pickups} to ship, median ${lineCounts[Math.floor(lineCounts.length / 2)]} lines, ${filled.size} filled by their nearest site`,
	].join('\n');
}
