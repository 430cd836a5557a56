import type { LineUnits } from '../../../shared/domain/decision.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { assignNearestSite, type FreeUnits, type RoutingRequest } from './nearest-site.ts';

/** A site, and the units that it is to fulfill. */
export interface Destination {
	readonly site: Site;
	readonly units: readonly LineUnits[];
}

/** More parcels than this for what one site gave up are no service to a customer. */
const mostDestinations = 3;

/**
 * Where units go that their site can't fulfill: all to the nearest site that has them, else to several; `excluded` are not asked.
 * Units that nobody has are in no destination.
 */
export function findDestinations(
	units: readonly LineUnits[],
	request: Pick<RoutingRequest, 'method' | 'place' | 'country'>,
	sites: readonly Site[],
	excluded: ReadonlySet<string>,
	freeUnits: FreeUnits,
): readonly Destination[] {
	const destinations: Destination[] = [];
	let left = units;
	let candidates = sites.filter(({ id }) => !excluded.has(id));
	while (left.length > 0 && destinations.length < mostDestinations) {
		const assignment = assignNearestSite({ ...request, lines: left }, candidates, freeUnits);
		if (assignment === undefined || assignment.allocated.every((quantity) => quantity === 0)) break;
		const { site, allocated } = assignment;
		const parted = left.map((unit, index) => ({ unit, here: allocated[index] ?? 0 }));
		destinations.push({
			site,
			units: parted.flatMap(({ unit, here }) => (here > 0 ? [{ ...unit, quantity: here }] : [])),
		});
		left = parted.flatMap(({ unit, here }) =>
			here < unit.quantity ? [{ ...unit, quantity: unit.quantity - here }] : [],
		);
		candidates = candidates.filter(({ id }) => id !== site.id);
	}
	return destinations;
}
