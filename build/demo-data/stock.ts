import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import { departments } from './departments.ts';
import type { DemoOrder } from './orders.ts';
import { pick, seededRandom, wholeNumber } from './seeded-random.ts';

export type OpeningStock = {
	readonly siteId: string;
	readonly sku: string;
	readonly bin: string;
	readonly quantity: number;
};

/** In so many orders one product is made scarce at the site that the order goes to. */
const scarceShare = 0.03;

/** Opening stock of every site: what its orders ask for and some more, and too little of a few products on purpose. */
export function makeStock(
	sites: readonly Site[],
	products: readonly Product[],
	orders: readonly DemoOrder[],
): OpeningStock[] {
	const ordersBySite = Map.groupBy(orders, (order) => order.nearestSite.id);
	return sites.flatMap((site) => stockOfSite(site, products, ordersBySite.get(site.id) ?? []));
}

function stockOfSite(site: Site, products: readonly Product[], orders: readonly DemoOrder[]): OpeningStock[] {
	const random = seededRandom(`stock ${site.id}`);
	const demand = new Map<string, number>();
	for (const line of orders.flatMap((order) => order.lines))
		demand.set(line.sku, (demand.get(line.sku) ?? 0) + line.quantity);
	const quantities = new Map<string, number>();
	for (const product of carriedProducts(site, products, demand, wholeNumber(random, 500, 700))) {
		const asked = demand.get(product.id) ?? 0;
		const spare = site.kind === 'warehouse' ? wholeNumber(random, 24, 160) : wholeNumber(random, 3, 14);
		quantities.set(product.id, asked + Math.ceil(asked * 0.4) + spare);
	}
	for (const order of orders) {
		if (random() >= scarceShare) continue;
		const line = pick(random, order.lines);
		quantities.set(line.sku, (demand.get(line.sku) ?? 0) - line.quantity);
	}
	const bins = binsOf(products.filter((product) => quantities.has(product.id)));
	return products.flatMap((product) => {
		const quantity = quantities.get(product.id);
		return quantity === undefined
			? []
			: [{ siteId: site.id, sku: product.id, bin: bins.get(product.id) ?? '', quantity }];
	});
}

/** A warehouse carries everything; a store what its customers ask for, filled up with what sells best (products come best first). */
function carriedProducts(
	site: Site,
	products: readonly Product[],
	demand: ReadonlyMap<string, number>,
	target: number,
): Product[] {
	if (site.kind === 'warehouse') return [...products];
	const asked = products.filter((product) => demand.has(product.id));
	const others = products.filter((product) => !demand.has(product.id));
	return [...asked, ...others.slice(0, Math.max(0, target - asked.length))];
}

/** Aisle (a letter for each department), bay and shelf: A-12-3. Each product has a bin of its own. */
function binsOf(products: readonly Product[]): Map<string, string> {
	const bins = new Map<string, string>();
	for (const [department, members] of Map.groupBy(products, (product) => product.department)) {
		const aisle = String.fromCharCode(65 + departments.indexOf(department));
		for (const [index, product] of members.toSorted((a, b) => (a.name < b.name ? -1 : 1)).entries()) {
			bins.set(product.id, `${aisle}-${Math.floor(index / 5) + 1}-${(index % 5) + 1}`);
		}
	}
	return bins;
}
