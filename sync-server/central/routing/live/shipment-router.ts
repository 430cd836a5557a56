import type { Kysely } from 'kysely';
import { v7 as newId } from 'uuid';
import type { RuledProduct } from '../../../../shared/domain/promising-rules.ts';
import { isClosedOn } from '../../../../shared/domain/site-hours.ts';
import type { Address } from '../../../../shared/schema/order.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { RoutingCause, RoutingDecision } from '../../../../shared/schema/routing-decision.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { Tables } from '../../../database/tables.ts';
import { readStockHealth } from '../../inventory/read-stock-health.ts';
import type { StockShelf } from '../../inventory/stock-shelf.ts';
import { currentRouting } from '../../rules/current-routing.ts';
import type { TakenUnits } from '../engine/taken-units.ts';
import type { FreeUnits } from '../nearest-site.ts';
import type { FindPlace } from '../place-of-address.ts';
import { quietMinutes, readSilentSites } from '../silent-sites.ts';
import { leavesAt, readWorkload } from '../workload.ts';
import { readContestedPrices } from './contested-prices.ts';
import { explainShipment } from './explain-shipment.ts';
import type { Exclusion } from './order-terms.ts';
import { lookAtShipment, routeShipment, type ShipmentRequest, type SiteShare } from './route-shipment.ts';
import type { RoutingShop } from './routing-shop.ts';

/** What a router needs to know of the moment: read once, used for several orders. */
export interface RouterMoment {
	readonly products: ReadonlyMap<string, Product>;
	readonly sites: readonly Site[];
	readonly findPlace: FindPlace | undefined;
	readonly at: string;
	/** With those products. */
	readonly shelf: StockShelf;
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

/** Where units of a shipment are to go out from, by whoever has decided it. */
export interface DecidedUnits {
	readonly takes: readonly { readonly siteId: string; readonly sku: string; readonly units: number }[];
	/** Units of it that a site has to pick already. */
	readonly ownUnitsAt: (siteId: string) => number;
}

export interface ShipmentRouter {
	route(shipment: Shipment): RoutedUnits;
	/** Why units go out from where somebody else has decided; that they are free must be in the shipment's free units. */
	explain(shipment: Shipment, decided: DecidedUnits): RoutingDecision;
	/** Whether somebody who chose no site may be sent there to collect: it was heard of, and is not closed today. */
	receives(site: Site): boolean;
}

/** Reads what routing of orders with these products weighs, as this transaction sees it. */
export async function openShipmentRouter(db: Kysely<Tables>, moment: RouterMoment): Promise<ShipmentRouter> {
	const { products, sites, findPlace, at, shelf } = moment;
	const { version: rulesVersion, routing } = await currentRouting(db);
	const nowMs = Date.parse(at);
	const skus = [...products.keys()];
	const [healthAt, workload, quiet, contested] = await Promise.all([
		readStockHealth(db, shelf, skus, nowMs),
		readWorkload(db),
		readSilentSites(db, sites, at, quietMinutes),
		readContestedPrices(db, skus, { at, rulesVersion }),
	]);
	const ahead = new Map(workload);
	const on = at.slice(0, 10);
	const shopFor = ({ freeUnits }: Shipment): RoutingShop => ({
		routing,
		sites,
		freeUnits,
		healthAt,
		unitGrams: (sku: string) => products.get(sku)?.weightGrams ?? 0,
	});
	const requestFor = (shipment: Shipment, aheadAt: (siteId: string) => number): ShipmentRequest => {
		const { channel, currency, valueMinor, shipTo, dueAt, decidedAt, givenUpBy, lines } = shipment;
		const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const ordered = lines.flatMap(({ sku }): RuledProduct[] => {
			const product = products.get(sku);
			return product ? [product] : [];
		});
		return {
			order: { channel, currency, valueMinor, country: shipTo.country, products: ordered, on },
			place: findPlace?.(shipTo) ?? shipment.insteadOfPlace,
			lines,
			dueAt,
			leavesAt: (site) => leavesAt(site, decidedAt, aheadAt(site.id), units),
			exclusionOf: ({ id }): Exclusion | undefined => {
				if (givenUpBy.has(id)) return 'gave_it_up';
				return quiet.has(id) ? 'not_heard_of' : undefined;
			},
		};
	};
	const factsOf = ({ orderId, orderNumber, cause, decidedAt }: Shipment) => ({
		id: newId(),
		orderId,
		orderNumber,
		at: decidedAt,
		cause,
		rulesVersion,
		currency: routing.weights.currency,
	});
	const route = (shipment: Shipment): RoutedUnits => {
		const { mayStayAt } = shipment;
		const aheadAt = (siteId: string) =>
			siteId === mayStayAt?.siteId ? mayStayAt.unitsAhead : (ahead.get(siteId) ?? 0);
		const routed = routeShipment({ ...shopFor(shipment), contested }, requestFor(shipment, aheadAt));
		for (const { site, allocated } of routed.shares) {
			if (site.id === mayStayAt?.siteId) continue;
			const given = allocated.reduce((sum, quantity) => sum + quantity, 0);
			ahead.set(site.id, (ahead.get(site.id) ?? 0) + given);
		}
		return { shares: routed.shares, decision: explainShipment(routed.seen, factsOf(shipment)) };
	};
	const explain = (shipment: Shipment, { takes, ownUnitsAt }: DecidedUnits): RoutingDecision => {
		const aheadAt = (siteId: string) => Math.max(0, (ahead.get(siteId) ?? 0) - ownUnitsAt(siteId));
		const looked = lookAtShipment(shopFor(shipment), requestFor(shipment, aheadAt));
		const siteIndex = new Map(looked.shop.sites.map(({ id }, index) => [id, index]));
		const known = takes.flatMap(({ siteId, sku, units }): TakenUnits[] => {
			const [site, skuAt] = [siteIndex.get(siteId), looked.shop.skuIndex.get(sku)];
			return site === undefined || skuAt === undefined ? [] : [{ site, sku: skuAt, units }];
		});
		return explainShipment({ ...looked, takes: known }, factsOf(shipment));
	};
	const receives = (site: Site) =>
		!quiet.has(site.id) && !isClosedOn(site, Temporal.Instant.from(at).toZonedDateTimeISO(site.timeZone));
	return { route, explain, receives };
}
