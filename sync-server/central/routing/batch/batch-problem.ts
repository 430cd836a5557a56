import { handlingCostMinor, routingDirections, stockCostMinor } from '../../../../shared/domain/routing-rules.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { OrderLine, RoutingOrder, RoutingProblem, SiteTerm } from '../engine/routing-problem.ts';
import type { TakenUnits } from '../engine/taken-units.ts';
import { type Exclusion, engineTerms, orderSiteTerms } from '../live/order-terms.ts';
import { middleOf } from '../live/route-shipment.ts';
import { ratesOf } from '../live/routing-shop.ts';
import type { BatchQuestion, MovableOrder } from './batch-question.ts';
import { type SiteWork, siteWork } from './site-work.ts';

/** A batch as the engine wants it. Sites, SKUs and orders are named by their index. */
export interface BatchProblem {
	readonly problem: RoutingProblem;
	/** What each order has now, in the sequence of the question's orders. */
	readonly present: readonly (readonly TakenUnits[])[];
}

/**
 * Turns a question into the engine's problem. What orders have now always fits into it: stock counts what they hold, and a site's capacity,
 * which is what it works off until its next cut-off, is never less than what they have there already.
 */
export function batchProblem(question: BatchQuestion): BatchProblem {
	const { routing, sites, unitGrams, orders } = question;
	const skus = [...new Set(orders.flatMap(({ held }) => held.map(({ sku }) => sku)))];
	const names: Names = {
		site: new Map(sites.map(({ id }, index) => [id, index])),
		sku: new Map(skus.map((sku, index) => [sku, index])),
	};
	const work = siteWork(question);
	const present = orders.map(({ held }) => presentTakes(held, names));
	const stock = question.stock.flatMap(({ siteId, sku: name, units, health }) => {
		const [site, sku] = [names.site.get(siteId), names.sku.get(name)];
		if (site === undefined || sku === undefined || units <= 0) return [];
		return [{ site, sku, units, extraCostPerUnit: stockCostMinor(routing, health) }];
	});
	const sitesOfSku = Map.groupBy(stock, ({ sku }) => sku);
	const holders = (lines: readonly OrderLine[]) =>
		new Set(lines.flatMap(({ sku }) => (sitesOfSku.get(sku) ?? []).map(({ site }) => site)));
	const problem: RoutingProblem = {
		rates: ratesOf(routing),
		sites: sites.map((site, index) => ({
			id: site.id,
			lat: site.lat,
			lon: site.lon,
			capacityUnits: Math.max(
				0,
				site.dailyCapacityUnits - (question.fixedWork.get(site.id) ?? 0),
				work.movableUnits(index),
			),
			handlingCost: handlingCostMinor(routing, site),
		})),
		skus,
		unitKg: skus.map((sku) => (unitGrams.get(sku) ?? 0) / 1000),
		stock,
		orders: present.map((takes, order) => {
			const lines = linesOf(takes);
			return routingOrder(question, { order, lines, takes, among: [...holders(lines)].sort((a, b) => a - b) }, work);
		}),
	};
	return { problem, present };
}

interface Names {
	readonly site: ReadonlyMap<string, number>;
	readonly sku: ReadonlyMap<string, number>;
}

function presentTakes(held: MovableOrder['held'], names: Names): readonly TakenUnits[] {
	const takes = new Map<string, TakenUnits>();
	for (const { siteId, sku: name, units } of held) {
		const [site, sku] = [names.site.get(siteId), names.sku.get(name)];
		if (site === undefined || sku === undefined) throw new Error(`${name} is held at ${siteId}, which ships nothing.`);
		const key = `${site} ${sku}`;
		takes.set(key, { site, sku, units: units + (takes.get(key)?.units ?? 0) });
	}
	return [...takes.values()];
}

function linesOf(takes: readonly TakenUnits[]): readonly OrderLine[] {
	const units = new Map<number, number>();
	for (const take of takes) units.set(take.sku, take.units + (units.get(take.sku) ?? 0));
	return [...units].map(([sku, count]) => ({ sku, units: count }));
}

interface AskedOrder {
	/** Its index. */
	readonly order: number;
	readonly lines: readonly OrderLine[];
	readonly takes: readonly TakenUnits[];
	/** The sites that hold anything of it: what the others are like doesn't matter. */
	readonly among: readonly number[];
}

function routingOrder(
	{ routing, sites, orders }: BatchQuestion,
	{ order: index, lines, takes, among }: AskedOrder,
	work: SiteWork,
): RoutingOrder {
	const order = orders[index] as MovableOrder;
	const directions = routingDirections(routing, order.ruled);
	const place = order.place ?? middleOf(sites, order.ruled.country);
	const units = lines.reduce((sum, line) => sum + line.units, 0);
	const candidates = among.map((site) => sites[site] as Site);
	const indexOf = new Map(candidates.map((site, at) => [site, among[at] as number]));
	const terms = orderSiteTerms(routing, candidates, {
		place,
		directions,
		dueAt: order.dueAt,
		leavesAt: (site) => work.leavesAt(index, indexOf.get(site) as number, units),
		exclusionOf: ({ id }): Exclusion | undefined => (order.barredSites.has(id) ? 'gave_it_up' : undefined),
	});
	const isAt = new Set(takes.map(({ site }) => site));
	const special = new Map(engineTerms(terms).map((term) => [among[term.site] as number, term]));
	return {
		id: order.orderId,
		lat: place.lat,
		lon: place.lon,
		lines,
		isKeptTogether: directions.keepTogether,
		siteTerms: among.flatMap((site): SiteTerm[] => {
			const { isExcluded = false, extraCost = 0 } = special.get(site) ?? {};
			if (isExcluded) return [{ site, isExcluded }];
			const moving = isAt.has(site) ? 0 : movingMinor(routing, sites[site] as Site);
			return extraCost + moving === 0 ? [] : [{ site, extraCost: extraCost + moving }];
		}),
	};
}

/**
 * What a parcel costs more, in minor units, at a site that the order is not at yet: two sites handle it, the one that takes it off its list and the
 * one that takes it on. So nothing moves for next to nothing, and a batch right after another finds nothing to do.
 */
function movingMinor(routing: RoutingSet, site: Site): number {
	return Math.max(1, 2 * handlingCostMinor(routing, site));
}
