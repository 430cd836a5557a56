import type { Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import type { LineUnits } from '../../../shared/domain/decision.ts';
import { moveUnitsAway, type OrderParts, partOf, reroute } from '../../../shared/domain/order-parts.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Tables } from '../../database/tables.ts';
import { readStockShelf } from '../inventory/stock-shelf.ts';
import { nextPartNumber } from '../orders/keep-order-parts.ts';
import { readProducts, readRuleEffects } from '../promising/rule-effects.ts';
import { findDestinations } from './find-destinations.ts';
import type { FindPlace } from './place-of-address.ts';
import { listSites } from './sites.ts';

export interface RerouteContext {
	/** Without one, or where it finds nothing, the first site's own place is taken for the customer's. */
	readonly findPlace: FindPlace | undefined;
	readonly at: string;
}

export interface Rerouted {
	readonly parts: OrderParts;
	/** The names of the sites that fulfill units now. */
	readonly sites: readonly string[];
	/** Units that no other site has. */
	readonly missing: readonly LineUnits[];
}

/**
 * Gives units of a fulfillment order to the nearest other sites that have them, each under a further fulfillment order, and never to
 * one that declined a part of the order. A pickup's units stay: their customer comes to this site. The order and its parts must be
 * locked; the SKUs' stock is locked here.
 * @param before where the order counts the units: `open` means that their fulfillment order still has them to pick
 */
export async function rerouteUnits(
	transaction: Transaction<Tables>,
	all: OrderParts,
	from: FulfillmentOrder,
	units: readonly LineUnits[],
	before: 'open' | 'short' | 'unassigned',
	{ findPlace, at }: RerouteContext,
): Promise<Rerouted> {
	if (from.method !== 'ship' || units.length === 0) return { parts: all, sites: [], missing: units };
	const sites = await listSites(transaction);
	const skus = units.map(({ sku }) => sku);
	const shelf = await readStockShelf(transaction, skus, { at, lock: true });
	const effectsOf = await readRuleEffects(transaction, { products: await readProducts(transaction, skus), sites, at });
	const effectAt = effectsOf(all.order.channel, from.method);
	const declined = [...all.parts.values()].flatMap(({ siteId, state }) => (state === 'declined' ? [siteId] : []));
	const { shipTo } = all.order;
	const destinations = findDestinations(
		units,
		{
			method: from.method,
			place: findPlace?.(shipTo) ?? sites.find(({ id }) => id === from.siteId),
			country: shipTo.country,
		},
		sites,
		new Set([from.siteId, ...declined]),
		(siteId, sku) => shelf.free(siteId, sku, effectAt),
	);
	const author = { actorName: 'central', at };
	const parts = destinations.reduce((current, destination) => {
		const { id: siteId, name: siteName } = destination.site;
		const number = nextPartNumber(current);
		const to = { id: newId(), number, siteId, siteName, binOf: (sku: string) => shelf.bin(siteId, sku) };
		const giving = partOf(current, from.id);
		return before === 'open'
			? moveUnitsAway(current, giving, destination.units, to, author)
			: reroute(current, giving, destination.units, to, before, author);
	}, all);
	return { parts, sites: destinations.map(({ site }) => site.name), missing: missingUnits(units, destinations) };
}

function missingUnits(
	units: readonly LineUnits[],
	destinations: readonly { readonly units: readonly LineUnits[] }[],
): readonly LineUnits[] {
	return units.flatMap((unit) => {
		const taken = destinations
			.flatMap((destination) => destination.units)
			.reduce((sum, each) => sum + (each.lineId === unit.lineId ? each.quantity : 0), 0);
		return taken < unit.quantity ? [{ ...unit, quantity: unit.quantity - taken }] : [];
	});
}
