import { type RoutingDirections, type RuledOrder, routingDirections } from '../../../../shared/domain/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { routeOrder } from '../engine/order-router.ts';
import type { RoutingOrder } from '../engine/routing-problem.ts';
import type { TakenUnits } from '../engine/taken-units.ts';
import type { Place } from '../nearest-site.ts';
import { type Exclusion, engineTerms, type OrderSiteTerm, orderSiteTerms } from './order-terms.ts';
import { openShopMoment, type RoutingShop, type ShopMoment } from './routing-shop.ts';

/** Units of one order that are to be shipped. */
export interface ShipmentRequest {
	readonly order: RuledOrder;
	/** Where the goods are wanted, or undefined when nobody knows. */
	readonly place: Place | undefined;
	/** A SKU may stand in several lines. */
	readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
	readonly dueAt: string | undefined;
	readonly leavesAt: (site: Site) => string;
	readonly exclusionOf: (site: Site) => Exclusion | undefined;
}

/** What one site is to send: units for each line of the request, in its order. */
export interface SiteShare {
	readonly site: Site;
	readonly allocated: readonly number[];
}

export interface RoutedShipment {
	readonly shares: readonly SiteShare[];
	/** For the explanation: what the engine saw and chose. */
	readonly seen: SeenShipment;
}

export interface SeenShipment {
	readonly shop: ShopMoment;
	readonly order: RoutingOrder;
	readonly terms: readonly OrderSiteTerm[];
	readonly takes: readonly TakenUnits[];
	readonly directions: RoutingDirections;
}

/**
 * Gives units of one order to the sites that can send them at the least cost, exactly over whole-order plans, and at most what is free.
 * Units that nobody has are in no share. Nothing is taken: the caller reserves what the shares say.
 */
export function routeShipment(shop: RoutingShop, request: ShipmentRequest): RoutedShipment {
	const looked = lookAtShipment(shop, request);
	const { order, directions } = looked;
	const { takes } = routeOrder(looked.shop.moment, order);
	const isWhole = sum(takes.map(({ units }) => units)) === sum(order.lines.map(({ units }) => units));
	const kept = isWhole || directions.whenUnfillable === 'ship_rest' ? takes : [];
	return { shares: sharesOf(looked.shop, request.lines, kept), seen: { ...looked, takes: kept } };
}

/** What the engine sees of a shipment. */
export function lookAtShipment(shop: RoutingShop, request: ShipmentRequest): Omit<SeenShipment, 'takes'> {
	const wanted = unitsBySku(request.lines);
	const opened = openShopMoment(shop, [...wanted.keys()]);
	const directions = routingDirections(shop.routing, request.order);
	const place = request.place ?? middleOf(opened.sites, request.order.country);
	const terms = orderSiteTerms(shop.routing, opened.sites, { ...request, place, directions });
	const order: RoutingOrder = {
		id: '',
		lat: place.lat,
		lon: place.lon,
		lines: [...wanted.values()].map((units, sku) => ({ sku, units })),
		isKeptTogether: directions.keepTogether,
		siteTerms: engineTerms(terms),
	};
	return { shop: opened, order, terms, directions };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function unitsBySku(lines: ShipmentRequest['lines']): ReadonlyMap<string, number> {
	const wanted = new Map<string, number>();
	for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
	return wanted;
}

/** An address that is on no map is taken for the middle of the sites of its country. */
export function middleOf(sites: readonly Site[], country: string): Place {
	const there = sites.filter((site) => site.country === country);
	const among = there.length > 0 ? there : sites;
	const mean = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);
	return { lat: mean(among.map(({ lat }) => lat)), lon: mean(among.map(({ lon }) => lon)) };
}

/** Two lines of the same SKU share what a site gives: the first line comes first. */
function sharesOf(
	{ sites, moment: { network } }: ShopMoment,
	lines: ShipmentRequest['lines'],
	takes: readonly TakenUnits[],
): readonly SiteShare[] {
	const missing = lines.map(({ quantity }) => quantity);
	const shares = new Map<Site, number[]>();
	for (const take of takes) {
		const site = sites[take.site] as Site;
		const allocated = shares.get(site) ?? lines.map(() => 0);
		shares.set(site, allocated);
		let left = take.units;
		lines.forEach(({ sku }, line) => {
			if (sku !== network.skus[take.sku]) return;
			const units = Math.min(left, missing[line] as number);
			allocated[line] = (allocated[line] as number) + units;
			missing[line] = (missing[line] as number) - units;
			left -= units;
		});
	}
	return [...shares].map(([site, allocated]) => ({ site, allocated }));
}
