import type { Transaction } from 'kysely';
import type { LineUnits } from '../../../shared/domain/decision.ts';
import { moveUnitsAway, type OrderParts, partOf, reroute } from '../../../shared/domain/order-parts.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { RoutingCause } from '../../../shared/schema/routing-decision.ts';
import type { Tables } from '../../database/tables.ts';
import { keepDecisions } from './live/routing-decisions.ts';
import type { FindPlace } from './place-of-address.ts';
import { nextPartAt, openRerouting, unitsAllocated } from './rerouting.ts';
import { shipmentOfOrder } from './shipment-of-order.ts';

export interface RerouteContext {
	/** Without one, or where it finds nothing, the first site's own place is taken for the customer's. */
	readonly findPlace: FindPlace | undefined;
	readonly at: string;
	readonly cause: RoutingCause;
}

export interface Rerouted {
	readonly parts: OrderParts;
	/** The names of the sites that fulfill units now. */
	readonly sites: readonly string[];
	/** Units that no other site has. */
	readonly missing: readonly LineUnits[];
}

/**
 * Gives units of a fulfillment order to the other sites that send them at the least cost, each under a further fulfillment order, and never to
 * one that declined a part of the order or had to give one away. A pickup's units stay: their customer comes to this site. The order and
 * its parts must be locked; the SKUs' stock is locked here.
 * @param before where the order counts the units: `open` means that their fulfillment order still has them to pick
 */
export async function rerouteUnits(
	transaction: Transaction<Tables>,
	all: OrderParts,
	from: FulfillmentOrder,
	units: readonly LineUnits[],
	before: 'open' | 'short' | 'unassigned',
	{ findPlace, at, cause }: RerouteContext,
): Promise<Rerouted> {
	if (from.method !== 'ship' || units.length === 0) return { parts: all, sites: [], missing: units };
	const rerouting = await openRerouting(transaction, all, units, { findPlace, at });
	const { sites, shelf, effectAt, router } = rerouting;
	const shipment = shipmentOfOrder(all, units, from.promisedAt);
	const { shares, decision } = router.route({
		...shipment,
		givenUpBy: new Set([...shipment.givenUpBy, from.siteId]),
		insteadOfPlace: sites.find(({ id }) => id === from.siteId),
		decidedAt: at,
		cause,
		freeUnits: (siteId, sku) => shelf.free(siteId, sku, effectAt),
	});
	await keepDecisions(transaction, [decision]);
	const author = { actorName: 'central', at };
	const destinations = shares.map(({ site, allocated }) => ({ site, units: unitsAllocated(units, allocated) }));
	const parts = destinations.reduce((current, { site, units: given }) => {
		const to = nextPartAt(current, site, rerouting, decision);
		const giving = partOf(current, from.id);
		return before === 'open'
			? moveUnitsAway(current, giving, given, to, author)
			: reroute(current, giving, given, to, before, author);
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
