import {
	fullSupply,
	type Network,
	openNetwork,
	type Supply,
} from '../../sync-server/central/routing/engine/network.ts';
import { routeOrder } from '../../sync-server/central/routing/engine/order-router.ts';
import { greatCircleKm, placeOnEarth } from '../../sync-server/central/routing/engine/parcel-zone.ts';
import { take } from '../../sync-server/central/routing/engine/plan.ts';
import type { RoutingOrder, RoutingProblem } from '../../sync-server/central/routing/engine/routing-problem.ts';
import type { Solution } from '../../sync-server/central/routing/engine/solution.ts';

/** What an order gets: units by site and line, out of what is free. */
type Rule = (
	moment: { readonly network: Network; readonly supply: Supply },
	order: RoutingOrder,
	sites: readonly number[],
) => readonly Taken[];
interface Taken {
	readonly site: number;
	readonly line: number;
	readonly units: number;
}

/** The rules that order management systems have, one order after the other in the sequence of the file. */
export const rules = {
	nearestSite: (moment, order, sites) => {
		// Each line from the nearest site that has all of it; what no site has whole, from the nearest that have some.
		const first = order.lines.flatMap(
			({ sku, units }) => sites.find((site) => freeAt(moment, sku, site) >= units) ?? [],
		);
		const nearestFirst = sites.filter((site) => first.includes(site));
		return takeFrom(moment, order, [...nearestFirst, ...sites]);
	},
	waterfall: (moment, order, sites) => {
		const whole = sites.find((site) => missingAt(moment, order, site) === 0);
		if (whole !== undefined) return takeFrom(moment, order, [whole]);
		const fewestMissing = [...sites].sort((a, b) => missingAt(moment, order, a) - missingAt(moment, order, b));
		return takeFrom(moment, order, [...fewestMissing.slice(0, 1), ...sites]);
	},
	fewestParcels: ({ network, supply }, order) => {
		// First nothing is left that could be shipped, then parcels are saved, then costs.
		const strict = { ...order, unfilledPenalty: 1e8, splitPenalty: 1e4 };
		const { takes } = routeOrder({ network, supply, prices: new Float64Array(network.resourceCount) }, strict);
		return takes.map(({ site, sku, units }) => ({
			site,
			units,
			line: order.lines.findIndex((line) => line.sku === sku),
		}));
	},
} as const satisfies Record<string, Rule>;

export function routeByRule(problem: RoutingProblem, rule: Rule): Solution {
	const network = openNetwork(problem);
	const supply = fullSupply(network);
	const solution = {
		assignments: [] as Solution['assignments'][number][],
		unfilled: [] as Solution['unfilled'][number][],
	};
	for (const order of problem.orders) {
		const place = placeOnEarth(order);
		const distance = network.places.map((other) => greatCircleKm(place, other));
		const sites = network.sites
			.map((_, site) => site)
			.sort((a, b) => (distance[a] as number) - (distance[b] as number));
		const left = order.lines.map(({ units }) => units);
		for (const { site, line, units } of rule({ network, supply }, order, sites)) {
			const { sku } = order.lines[line] as { sku: number };
			const resources = [positionAt(network, sku, site) as number, network.firstCapacity + site];
			take({ order: 0, cost: 0, offers: [], units: [], resources, amounts: [units, units] }, supply);
			left[line] = (left[line] as number) - units;
			const names = { order: order.id, sku: network.skus[sku] as string };
			solution.assignments.push({ ...names, site: network.sites[site]?.id as string, qty: units });
		}
		left.forEach((qty, line) => {
			if (qty > 0)
				solution.unfilled.push({ order: order.id, sku: network.skus[order.lines[line]?.sku as number] as string, qty });
		});
	}
	return solution;
}

/** All that these sites can give, one after the other. */
function takeFrom({ network, supply }: Parameters<Rule>[0], order: RoutingOrder, sites: readonly number[]): Taken[] {
	const left = order.lines.map(({ units }) => units);
	const taken = new Map<string, Taken>();
	const given = new Map<number, number>();
	for (const site of new Set(sites)) {
		order.lines.forEach(({ sku }, line) => {
			const position = positionAt(network, sku, site);
			if (position === undefined) return;
			const room = (supply[network.firstCapacity + site] as number) - (given.get(site) ?? 0);
			const units = Math.min(left[line] as number, supply[position] as number, room);
			if (units <= 0) return;
			left[line] = (left[line] as number) - units;
			given.set(site, (given.get(site) ?? 0) + units);
			taken.set(`${site} ${line}`, { site, line, units });
		});
	}
	return [...taken.values()];
}

function missingAt(moment: Parameters<Rule>[0], order: RoutingOrder, site: number): number {
	const wanted = order.lines.reduce((sum, { units }) => sum + units, 0);
	return wanted - takeFrom(moment, order, [site]).reduce((sum, { units }) => sum + units, 0);
}

function freeAt({ network, supply }: Parameters<Rule>[0], sku: number, site: number): number {
	const position = positionAt(network, sku, site);
	return position === undefined
		? 0
		: Math.min(supply[position] as number, supply[network.firstCapacity + site] as number);
}

function positionAt({ positionsOfSku, siteOfStock }: Network, sku: number, site: number): number | undefined {
	return positionsOfSku[sku]?.find((position) => siteOfStock[position] === site);
}
