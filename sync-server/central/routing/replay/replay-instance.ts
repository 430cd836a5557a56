import type { ChangedRates, ReplayComparison } from '../../../../shared/protocol/replay-messages.ts';
import { greatCircleKm, placeOnEarth, zoneOfDistance } from '../engine/parcel-zone.ts';
import type { ReadInstance } from '../engine/read-instance.ts';
import type { ParcelRates, RoutingOrder, RoutingProblem, RoutingSite } from '../engine/routing-problem.ts';
import type { TakenUnits } from '../engine/taken-units.ts';
import { sumOfTerms } from './price-shipment.ts';
import { compareReplays, type ReplayOutcome, tallyReplay } from './replay-tally.ts';

/** What is different from the file in the second run. */
export interface InstanceChanges {
	readonly rates: ChangedRates;
	readonly closedSiteIds: readonly string[];
	readonly capacities: readonly { readonly siteId: string; readonly units: number }[];
}

/** What each order takes, in the sequence of the problem's orders. */
export type RouteInstance = (problem: RoutingProblem) => Promise<readonly (readonly TakenUnits[])[]>;

/** A site that the changes name and the file does not have, or undefined. */
export function unknownSiteOf({ sites }: RoutingProblem, changes: InstanceChanges): string | undefined {
	const known = new Set(sites.map(({ id }) => id));
	const named = [...changes.closedSiteIds, ...changes.capacities.map(({ siteId }) => siteId)];
	return named.find((id) => !known.has(id));
}

const mostFaults = 100;

/** Routes an instance as it is and with its changes, and prices both at the file's own rates. */
export async function replayInstance(
	{ problem, faults, currency }: ReadInstance,
	changes: InstanceChanges,
	route: RouteInstance,
	told: (orders: number) => void = () => undefined,
): Promise<ReplayComparison> {
	const changed = changedProblem(problem, changes);
	const before = instanceOutcome(problem, await route(problem), problem.rates);
	told(problem.orders.length);
	const after = instanceOutcome(changed, await route(changed), problem.rates);
	told(2 * problem.orders.length);
	return {
		...(currency === undefined || currency === '' ? {} : { currency }),
		...compareReplays(before, after, problem.sites.map(talliedSite)),
		faults: faults.slice(0, mostFaults).map(({ place, what }) => ({ place, what })),
		faultCount: faults.length,
	};
}

function changedProblem(
	problem: RoutingProblem,
	{ rates, closedSiteIds, capacities }: InstanceChanges,
): RoutingProblem {
	const given = new Map(capacities.map(({ siteId, units }) => [siteId, units]));
	const closed = new Set(closedSiteIds);
	return {
		...problem,
		rates: { ...problem.rates, ...rates },
		sites: problem.sites.map((site) => ({
			...site,
			capacityUnits: closed.has(site.id) ? 0 : (given.get(site.id) ?? site.capacityUnits),
		})),
	};
}

function talliedSite({ id, capacityUnits }: RoutingSite) {
	return { id, name: id, dailyCapacityUnits: capacityUnits };
}

/** @param common what both runs are priced by */
export function instanceOutcome(
	problem: RoutingProblem,
	takes: readonly (readonly TakenUnits[])[],
	common: ParcelRates,
): ReplayOutcome {
	const tally = tallyReplay(problem.sites.map(talliedSite));
	problem.orders.forEach((order, index) => {
		const own = takes[index] ?? [];
		const units = order.lines.reduce((sum, line) => sum + line.units, 0);
		const parcels = [...Map.groupBy(own, ({ site }) => site)].map(([site, taken]) => ({
			site: problem.sites[site] as RoutingSite,
			units: taken.reduce((sum, take) => sum + take.units, 0),
			lines: new Set(taken.map(({ sku }) => sku)).size,
			lateDays: 0,
		}));
		const unfilledUnits = units - parcels.reduce((sum, parcel) => sum + parcel.units, 0);
		const priced = (rates: ParcelRates) => priceParcels(order, parcels, unfilledUnits, rates);
		tally.add({
			order: order.id,
			lines: order.lines.length,
			units,
			parcels,
			unfilledUnits,
			terms: priced(common),
			ownCost: sumOfTerms(priced(problem.rates)),
		});
	});
	return tally.outcome();
}

interface InstanceParcel {
	readonly site: RoutingSite;
	readonly units: number;
	readonly lines: number;
}

function priceParcels(
	order: RoutingOrder,
	parcels: readonly InstanceParcel[],
	unfilledUnits: number,
	{ zoneUpperKm, fixedCost, costPerUnit, splitPenalty, unfilledPenalty }: ParcelRates,
) {
	const terms = { shipping: 0, handling: 0, split: 0, unfilled: 0, lateness: 0, rules: 0, stock: 0 };
	for (const { site, units, lines } of parcels) {
		const zone = zoneOfDistance(zoneUpperKm, greatCircleKm(placeOnEarth(order), placeOnEarth(site)));
		terms.shipping += (fixedCost[zone] as number) + (costPerUnit[zone] as number) * units;
		terms.handling += site.handlingCost * lines;
	}
	terms.split = Math.max(0, parcels.length - 1) * splitPenalty;
	terms.unfilled = unfilledUnits * unfilledPenalty;
	return terms;
}
