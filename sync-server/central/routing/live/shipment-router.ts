import type { Kysely } from 'kysely';
import { v7 as newId } from 'uuid';
import type { RuledProduct } from '../../../../shared/domain/promising-rules.ts';
import type { Address } from '../../../../shared/schema/order.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { RoutingCause, RoutingDecision } from '../../../../shared/schema/routing-decision.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { Tables } from '../../../database/tables.ts';
import { readStockHealth } from '../../inventory/read-stock-health.ts';
import { currentRouting } from '../../rules/current-routing.ts';
import type { FreeUnits } from '../nearest-site.ts';
import type { FindPlace } from '../place-of-address.ts';
import { quietMinutes, readSilentSites } from '../silent-sites.ts';
import { leavesAt, readWorkload } from '../workload.ts';
import { explainShipment } from './explain-shipment.ts';
import type { Exclusion } from './order-terms.ts';
import { routeShipment, type SiteShare } from './route-shipment.ts';

/** What a router needs to know of the moment: read once, used for several orders. */
export interface RouterMoment {
	readonly products: ReadonlyMap<string, Product>;
	readonly sites: readonly Site[];
	readonly findPlace: FindPlace | undefined;
	readonly at: string;
}

/** Units of an order that are to be shipped from somewhere. */
export interface Shipment {
	readonly orderId: string;
	readonly orderNumber: string;
	readonly channel: string;
	readonly currency: string;
	readonly valueMinor: number;
	readonly shipTo: Address;
	/** Where the address is on no map, this place is taken for it. */
	readonly insteadOfPlace?: Pick<Site, 'lat' | 'lon'> | undefined;
	readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
	readonly dueAt: string | undefined;
	/** When it is decided: nothing leaves earlier. */
	readonly decidedAt: string;
	readonly cause: RoutingCause;
	/** Sites that gave up units of the order before. */
	readonly givenUpBy: ReadonlySet<string>;
	readonly freeUnits: FreeUnits;
	/** Where the units are now, if they may stay there, and how many units the site works off before them. */
	readonly mayStayAt?: { readonly siteId: string; readonly unitsAhead: number };
}

export interface RoutedUnits {
	readonly shares: readonly SiteShare[];
	readonly decision: RoutingDecision;
}

export interface ShipmentRouter {
	route(shipment: Shipment): RoutedUnits;
}

/** Reads what routing of orders with these products weighs, as this transaction sees it. */
export async function openShipmentRouter(db: Kysely<Tables>, moment: RouterMoment): Promise<ShipmentRouter> {
	const { products, sites, findPlace, at } = moment;
	const { version: rulesVersion, routing } = await currentRouting(db);
	const nowMs = Date.parse(at);
	const healthAt = await readStockHealth(db, [...products.keys()], nowMs);
	const ahead = new Map(await readWorkload(db));
	const quiet = await readSilentSites(db, sites, at, quietMinutes);
	const on = at.slice(0, 10);
	const route = (shipment: Shipment): RoutedUnits => {
		const units = shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const ordered = shipment.lines.flatMap(({ sku }): RuledProduct[] => {
			const product = products.get(sku);
			return product ? [product] : [];
		});
		const shop = {
			routing,
			sites,
			freeUnits: shipment.freeUnits,
			healthAt,
			unitGrams: (sku: string) => products.get(sku)?.weightGrams ?? 0,
		};
		const { channel, currency, valueMinor, shipTo, dueAt, decidedAt, givenUpBy, mayStayAt } = shipment;
		const aheadAt = ({ id }: Site) => (id === mayStayAt?.siteId ? mayStayAt.unitsAhead : (ahead.get(id) ?? 0));
		const routed = routeShipment(shop, {
			order: { channel, currency, valueMinor, country: shipTo.country, products: ordered, on },
			place: findPlace?.(shipTo) ?? shipment.insteadOfPlace,
			lines: shipment.lines,
			dueAt,
			leavesAt: (site) => leavesAt(site, decidedAt, aheadAt(site), units),
			exclusionOf: ({ id }): Exclusion | undefined => {
				if (givenUpBy.has(id)) return 'gave_it_up';
				return quiet.has(id) ? 'not_heard_of' : undefined;
			},
		});
		for (const { site, allocated } of routed.shares) {
			if (site.id === mayStayAt?.siteId) continue;
			const given = allocated.reduce((sum, quantity) => sum + quantity, 0);
			ahead.set(site.id, (ahead.get(site.id) ?? 0) + given);
		}
		const { orderId, orderNumber, cause } = shipment;
		const facts = {
			id: newId(),
			orderId,
			orderNumber,
			at: decidedAt,
			cause,
			rulesVersion,
			currency: routing.weights.currency,
		};
		return { shares: routed.shares, decision: explainShipment(routed.seen, facts) };
	};
	return { route };
}
