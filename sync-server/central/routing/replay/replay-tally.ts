import type { ReplayComparison, ReplayTerms, ReplayTotals } from '../../../../shared/protocol/replay-messages.ts';
import { sumOfTerms } from './price-shipment.ts';

/** A site as a tally knows it. */
export interface TalliedSite {
	readonly id: string;
	readonly name: string;
	readonly dailyCapacityUnits: number;
}

export interface TalliedParcel {
	readonly site: Pick<TalliedSite, 'id'>;
	readonly units: number;
	readonly lateDays: number;
}

/** One order as it was routed. */
export interface TalliedOrder {
	readonly order: string;
	readonly lines: number;
	readonly units: number;
	readonly parcels: readonly TalliedParcel[];
	readonly unfilledUnits: number;
	readonly terms: ReplayTerms;
	readonly ownCost: number;
}

/** Units by site, of one order. */
type Route = ReadonlyMap<string, number>;

export interface ReplayOutcome {
	readonly totals: ReplayTotals;
	/** All that are open. */
	readonly sites: readonly (TalliedSite & { readonly units: number; readonly parcels: number })[];
	/** In the sequence of the orders. */
	readonly routes: readonly { readonly order: string; readonly route: Route }[];
}

export function tallyReplay(sites: readonly TalliedSite[]) {
	const counts = {
		orders: 0,
		lines: 0,
		units: 0,
		shippedUnits: 0,
		unfilledUnits: 0,
		wholeOrders: 0,
		parcels: 0,
		splitOrders: 0,
		lateParcels: 0,
		lateDays: 0,
	};
	const terms = { shipping: 0, handling: 0, split: 0, unfilled: 0, lateness: 0, rules: 0, stock: 0 };
	const loads = new Map(sites.map(({ id }) => [id, { units: 0, parcels: 0 }]));
	const routes: { order: string; route: Route }[] = [];
	let ownCost = 0;
	const add = (routed: TalliedOrder) => {
		const { order, lines, units, parcels, unfilledUnits } = routed;
		counts.orders += 1;
		counts.lines += lines;
		counts.units += units;
		counts.shippedUnits += units - unfilledUnits;
		counts.unfilledUnits += unfilledUnits;
		if (unfilledUnits === 0) counts.wholeOrders += 1;
		if (parcels.length > 1) counts.splitOrders += 1;
		ownCost += routed.ownCost;
		for (const name of Object.keys(terms) as (keyof ReplayTerms)[]) terms[name] += routed.terms[name];
		for (const { site, units: inParcel, lateDays } of parcels) {
			const load = loads.get(site.id) ?? { units: 0, parcels: 0 };
			loads.set(site.id, load);
			load.units += inParcel;
			load.parcels += 1;
			counts.parcels += 1;
			counts.lateDays += lateDays;
			if (lateDays > 0) counts.lateParcels += 1;
		}
		routes.push({ order, route: new Map(parcels.map(({ site, units: inParcel }) => [site.id, inParcel])) });
	};
	const outcome = (): ReplayOutcome => ({
		totals: { ...counts, terms: { ...terms }, cost: sumOfTerms(terms), ownCost },
		sites: sites.map((site) => ({ ...site, ...(loads.get(site.id) ?? { units: 0, parcels: 0 }) })),
		routes: [...routes],
	});
	return { add, outcome };
}

const mostShown = 200;

/** Two outcomes of the same orders side by side. */
export function compareReplays(
	before: ReplayOutcome,
	after: ReplayOutcome,
	sites: readonly TalliedSite[],
): Pick<ReplayComparison, 'before' | 'after' | 'sites' | 'movedOrders' | 'moved'> {
	const nameOf = new Map(sites.map(({ id, name }) => [id, name]));
	const sharesOf = (route: Route) =>
		[...route].map(([siteId, units]) => ({ siteName: nameOf.get(siteId) ?? siteId, units }));
	const moved = before.routes.flatMap(({ order, route }, index) => {
		const other = after.routes[index]?.route ?? new Map<string, number>();
		return isSameSites(route, other) ? [] : [{ order, before: sharesOf(route), after: sharesOf(other) }];
	});
	const [loadBefore, loadAfter] = [before, after].map(
		(outcome) => new Map(outcome.sites.map((site) => [site.id, site])),
	);
	const loadOf = (load: ReplayOutcome['sites'][number] | undefined) => ({
		units: load?.units ?? 0,
		parcels: load?.parcels ?? 0,
		capacityUnits: load?.dailyCapacityUnits ?? 0,
	});
	const compared = sites
		.map(({ id, name }) => ({
			siteId: id,
			siteName: name,
			before: loadOf(loadBefore?.get(id)),
			after: loadOf(loadAfter?.get(id)),
		}))
		.filter((site) => site.before.parcels + site.after.parcels > 0)
		.sort((a, b) => b.before.units + b.after.units - a.before.units - a.after.units || (a.siteId < b.siteId ? -1 : 1));
	return {
		before: rounded(before.totals),
		after: rounded(after.totals),
		sites: compared,
		movedOrders: moved.length,
		moved: moved.slice(0, mostShown),
	};
}

function isSameSites(one: Route, other: Route): boolean {
	return one.size === other.size && [...one.keys()].every((siteId) => other.has(siteId));
}

/** To hundredths: fractions of a penny are no difference to anybody. */
function rounded(totals: ReplayTotals): ReplayTotals {
	const hundredths = (cost: number) => Math.round(cost * 100) / 100;
	const terms = Object.fromEntries(
		Object.entries(totals.terms).map(([name, cost]) => [name, hundredths(cost)]),
	) as ReplayTotals['terms'];
	return { ...totals, terms, cost: hundredths(totals.cost), ownCost: hundredths(totals.ownCost) };
}
