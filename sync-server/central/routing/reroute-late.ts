import type { Kysely, Transaction } from 'kysely';
import {
	isUntouched,
	moveUnitsAway,
	type OrderParts,
	partOf,
	unitsNotLeft,
} from '../../../shared/domain/order-parts.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { lockOrder } from '../orders/keep-order-parts.ts';
import { keepRerouted } from './keep-rerouted.ts';
import { findLateParts, type LatePart } from './late-parts.ts';
import { keepDecisions } from './live/routing-decisions.ts';
import type { FindPlace } from './place-of-address.ts';
import { nextPartAt, openRerouting, unitsAllocated } from './rerouting.ts';
import { shipmentOfOrder } from './shipment-of-order.ts';

export interface LatenessContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace?: FindPlace | undefined;
}

/**
 * Gives parts that can't leave in time any more, and that nobody has started, to sites that send them on an earlier day, where that is worth
 * its cost; at all sites, or at some. Never to a site that gave units of the order away before. One transaction each; doing it again
 * changes nothing.
 * @returns how many parts went elsewhere
 */
export async function rerouteLate(context: LatenessContext, siteIds?: readonly string[]): Promise<number> {
	const { db, clock } = context;
	let moved = 0;
	for (const part of await findLateParts(db, clock.now().toString(), siteIds)) {
		if (await inTransaction(db, (transaction) => rerouteOne(transaction, context, part))) moved += 1;
	}
	return moved;
}

async function rerouteOne(
	transaction: Transaction<Tables>,
	{ clock, findPlace }: LatenessContext,
	late: LatePart,
): Promise<boolean> {
	const before = await lockOrder(transaction, late.orderId);
	const from = before && partOf(before, late.id);
	if (before === undefined || from === undefined || !isUntouched(from)) return false;
	const at = clock.now().toString();
	const units = unitsNotLeft(from);
	const own = new Map(units.map(({ sku }) => [stockPositionId(from.siteId, sku), 0]));
	for (const { sku, quantity } of units) {
		const id = stockPositionId(from.siteId, sku);
		own.set(id, quantity + (own.get(id) ?? 0));
	}
	const rerouting = await openRerouting(transaction, before, units, { findPlace, at });
	const { router, shelf, effectAt, sites } = rerouting;
	const { shares, decision } = router.route({
		...shipmentOfOrder(before, units, from.promisedAt),
		insteadOfPlace: sites.find(({ id }) => id === from.siteId),
		decidedAt: at,
		cause: late.cause,
		mayStayAt: { siteId: from.siteId, unitsAhead: late.unitsAhead },
		freeUnits: (siteId, sku) => shelf.free(siteId, sku, effectAt) + (own.get(stockPositionId(siteId, sku)) ?? 0),
	});
	const lateDaysAt = new Map(decision.sites.map(({ siteId, lateDays }) => [siteId, lateDays]));
	// What is as late elsewhere stays: moving it would only cost the work that its people have planned.
	const better = shares.filter(({ site }) => (lateDaysAt.get(site.id) ?? late.lateDays) < late.lateDays);
	if (better.length === 0) return false;
	await keepDecisions(transaction, [decision]);
	const after = better.reduce<OrderParts>((current, { site, allocated }) => {
		const to = nextPartAt(current, site, rerouting, decision);
		return moveUnitsAway(current, partOf(current, from.id), unitsAllocated(units, allocated), to, {
			actorName: 'central',
			at,
		});
	}, before);
	await keepRerouted(transaction, before, after, at);
	return true;
}
