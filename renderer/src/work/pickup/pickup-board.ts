import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { pickupProgress, unitsInHand } from './pickup-progress.ts';

export interface PickupBoard {
	readonly toPrepare: readonly FulfillmentOrder[];
	readonly toShelve: readonly FulfillmentOrder[];
	readonly onShelf: readonly FulfillmentOrder[];
}

export type BoardColumn = keyof PickupBoard;
export const boardColumns = ['toPrepare', 'toShelve', 'onShelf'] as const satisfies readonly BoardColumn[];

/** The site's open pickups by what they need next, the earliest promise first. */
export function pickupBoard(fulfillmentOrders: readonly FulfillmentOrder[]): PickupBoard {
	const pickups = fulfillmentOrders
		.filter((each) => each.method === 'pickup')
		.map((each) => ({ each, progress: pickupProgress(each), dueMs: Date.parse(each.promisedAt) }))
		.sort((a, b) => a.dueMs - b.dueMs || (a.each.number < b.each.number ? -1 : 1));
	const at = (progress: string) => pickups.filter((one) => one.progress === progress).map((one) => one.each);
	return { toPrepare: at('to_prepare'), toShelve: at('to_shelve'), onShelf: at('on_shelf') };
}

/** The staging location as the site writes it, or null where the site has no such place. Case tells no two apart. */
export function stagingLocation(site: Site, code: string): string | null {
	const wanted = code.trim().toUpperCase();
	return site.stagingLocations.find((location) => location.toUpperCase() === wanted) ?? null;
}

/** The pickups that stand on a staging location, in order of promise. */
export function standingAt(
	fulfillmentOrders: readonly FulfillmentOrder[],
	location: string,
): readonly FulfillmentOrder[] {
	return fulfillmentOrders
		.filter((each) => each.method === 'pickup' && each.stagedAt === location && unitsInHand(each) > 0)
		.sort((a, b) => Date.parse(a.promisedAt) - Date.parse(b.promisedAt));
}

export interface Shelf {
	readonly location: string;
	/** How many other pickups stand there. */
	readonly pickups: number;
}

/** The site's staging locations in its own order, with what stands there already; `except` does not count itself. */
export function shelves(
	site: Site,
	fulfillmentOrders: readonly FulfillmentOrder[],
	except: string | null = null,
): readonly Shelf[] {
	const standing = new Map<string, number>();
	for (const each of fulfillmentOrders) {
		if (each.id === except || each.stagedAt === null || each.method !== 'pickup' || unitsInHand(each) === 0) continue;
		standing.set(each.stagedAt, (standing.get(each.stagedAt) ?? 0) + 1);
	}
	return site.stagingLocations.map((location) => ({ location, pickups: standing.get(location) ?? 0 }));
}

/** The first staging locations on which nothing stands. */
export function freeShelves(all: readonly Shelf[], limit: number): readonly string[] {
	return all
		.filter((shelf) => shelf.pickups === 0)
		.slice(0, limit)
		.map((shelf) => shelf.location);
}
