import type { Method } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';

/** A point on the map in WGS84 degrees. */
export interface Place {
	readonly lat: number;
	readonly lon: number;
}

export interface RoutingRequest {
	readonly method: Method;
	/** The site that the customer chose; no other one is looked at. */
	readonly siteId?: string | undefined;
	/** Where the goods are wanted, or undefined when nobody knows. */
	readonly place: Place | undefined;
	readonly country: string;
	readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface Assignment {
	readonly site: Site;
	/** Units for each line of the request, in its order; never more than was asked or is there. */
	readonly allocated: readonly number[];
	readonly complete: boolean;
	readonly kilometers: number | undefined;
}

/** How many units a site can still set aside. */
export type FreeUnits = (siteId: string, sku: string) => number;

/**
 * Gives an order to one site: the nearest capable one that holds all of it, else the one that holds the most units, the nearer of two.
 * Where the address is on no map, sites of its country come first, then the order of ids decides.
 * @returns undefined when no site may fulfill by this method
 */
export function assignNearestSite(
	request: RoutingRequest,
	sites: readonly Site[],
	freeUnits: FreeUnits,
): Assignment | undefined {
	const candidates = sitesByDistance(
		request,
		sites.filter(({ id }) => request.siteId === undefined || id === request.siteId),
	);
	let best: Assignment | undefined;
	let mostUnits = -1;
	for (const { site, kilometers } of candidates) {
		const allocated = allocate(request.lines, (sku) => freeUnits(site.id, sku));
		const complete = request.lines.every((line, index) => allocated[index] === line.quantity);
		if (complete) return { site, allocated, complete, kilometers };
		const units = allocated.reduce((sum, quantity) => sum + quantity, 0);
		if (units > mostUnits) [best, mostUnits] = [{ site, allocated, complete, kilometers }, units];
	}
	return best;
}

/** The sites that fulfill by the method: the nearest first; where the place is on no map, those of its country; then in the order of their ids. */
export function sitesByDistance(
	{ method, place, country }: Pick<RoutingRequest, 'method' | 'place' | 'country'>,
	sites: readonly Site[],
): readonly { readonly site: Site; readonly kilometers: number | undefined }[] {
	return sites
		.filter((site) => site.capabilities.includes(method))
		.map((site) => ({ site, kilometers: place && kilometersBetween(place, site) }))
		.sort(
			(a, b) =>
				(a.kilometers ?? 0) - (b.kilometers ?? 0) ||
				Number(a.site.country !== country) - Number(b.site.country !== country) ||
				(a.site.id < b.site.id ? -1 : 1),
		);
}

/** Two lines of the same SKU share what is there; the first line comes first. */
function allocate(lines: RoutingRequest['lines'], freeOf: (sku: string) => number): number[] {
	const left = new Map<string, number>();
	return lines.map(({ sku, quantity }) => {
		const free = left.get(sku) ?? Math.max(0, freeOf(sku));
		const taken = Math.min(free, quantity);
		left.set(sku, free - taken);
		return taken;
	});
}

/** Great-circle distance (haversine, mean earth radius of the IUGG). */
export function kilometersBetween(from: Place, to: Place): number {
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	const half =
		Math.sin(radians(to.lat - from.lat) / 2) ** 2 +
		Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lon - from.lon) / 2) ** 2;
	return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(half)));
}
