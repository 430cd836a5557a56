import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownBound, readFixture, tinyProblems } from '../../../../test/routing-for-tests.ts';
import { type ExplainedPlan, explainOrder } from './explain-order.ts';
import { findPrices } from './find-prices.ts';
import { fullSupply, noPrices, openNetwork, type Prices } from './network.ts';
import { collectOffers } from './offers.ts';
import { createOrderPricer } from './order-pricer.ts';
import { routeOrder } from './order-router.ts';
import { take } from './plan.ts';
import type { RoutingProblem } from './routing-problem.ts';
import { gapOf } from './unavoidable.ts';

test('orders routed one by one with the prices of a batch come nearer to the optimum than without any', () => {
	const { problem } = readFixture('us-200x50-r4');
	const { bound, unavoidable } = knownBound('us-200x50-r4');
	const network = openNetwork(problem);
	const offers = collectOffers(network, problem.orders);
	const { prices } = findPrices(offers, createOrderPricer(offers), { rounds: 60 });
	const blind = gapOf(inSequence(problem, noPrices(network)), bound, unavoidable);
	const priced = gapOf(inSequence(problem, prices), bound, unavoidable);
	expect(blind).toBeLessThan(0.1);
	expect(priced).toBeLessThan(0.04);
});

const moments = tinyProblems({ orders: 1, units: 3 }).chain((problem) => {
	const network = openNetwork(problem);
	const prices = fc
		.array(fc.integer({ min: 0, max: 5 }), { minLength: network.resourceCount, maxLength: network.resourceCount })
		.map((each) => Float64Array.from(each));
	const taken = fc.array(fc.integer({ min: 0, max: 3 }), {
		minLength: network.resourceCount,
		maxLength: network.resourceCount,
	});
	return fc.record({ prices, taken }).map((chosen) => {
		const supply = fullSupply(network).map((units, resource) =>
			Math.max(0, units - (chosen.taken[resource] as number)),
		);
		return {
			order: problem.orders[0] as RoutingProblem['orders'][number],
			moment: { network, supply, prices: chosen.prices },
		};
	});
});

test('an explanation adds up to what the router counted, and what it calls possible costs no less than the chosen plan', () => {
	fc.assert(
		fc.property(moments, ({ order, moment }) => {
			const routed = routeOrder(moment, order);
			const { chosen, alternatives } = explainOrder(moment, order, routed.takes, 6);
			expect(chosen.takes).toEqual(routed.takes);
			expect(chosen.total).toBeCloseTo(routed.priced, 6);
			expect(chosen.blockedBy).toEqual([]);
			expect(alternatives.length).toBeLessThanOrEqual(6);
			for (const alternative of alternatives) {
				expect(alternative.total).toBeCloseTo(sumOf(alternative.terms), 6);
				if (alternative.blockedBy.length === 0) expect(alternative.total).toBeGreaterThanOrEqual(chosen.total - 1e-6);
				for (const { wanted, free } of alternative.blockedBy) expect(wanted).toBeGreaterThan(free);
			}
		}),
		{ numRuns: 200 },
	);
});

test('an explanation names each site once with its reason', () => {
	const network = openNetwork({
		rates: { zoneUpperKm: [100], fixedCost: [5, 9], costPerUnit: [1, 1], splitPenalty: 2, unfilledPenalty: 50 },
		sites: ['near', 'full', 'empty', 'promised', 'declined', 'foreign', 'far'].map((id, at) => ({
			id,
			lat: id === 'far' ? 9 : at / 100,
			lon: 0,
			capacityUnits: 10,
			handlingCost: 1,
		})),
		skus: ['apple'],
		stock: [0, 1, 3, 4, 5, 6].map((site) => ({ site, sku: 0, units: 5 })),
	});
	const supply = fullSupply(network);
	supply[network.firstCapacity + 1] = 0;
	supply[2] = 0;
	const order = {
		id: 'order',
		lat: 0,
		lon: 0,
		lines: [{ sku: 0, units: 2 }],
		siteTerms: [{ site: 4, isExcluded: true }],
		eligibleSites: [0, 1, 2, 3, 4, 6],
	};
	const moment = { network, supply, prices: noPrices(network) };
	const { takes } = routeOrder(moment, order);
	const explained = explainOrder(moment, order, takes, 5);
	expect(explained.sites.map(({ site, why }) => `${network.sites[site]?.id}: ${why}`)).toEqual([
		'near: chosen',
		'full: capacity is used up',
		'empty: nothing in stock',
		'promised: stock is promised',
		'declined: excluded',
		'foreign: not eligible',
		'far: dearer',
	]);
	expect(explained.alternatives.map(({ takes: [first] }) => first?.site)).toContain(6);
	expect(explained.alternatives.flatMap(({ blockedBy }) => blockedBy)).toContainEqual({ site: 1, wanted: 2, free: 0 });
	expect(explained.alternatives.flatMap(({ blockedBy }) => blockedBy)).toContainEqual({
		site: 3,
		sku: 0,
		wanted: 2,
		free: 0,
	});
});

function inSequence(problem: RoutingProblem, prices: Prices): number {
	const network = openNetwork(problem);
	const supply = fullSupply(network);
	let cost = 0;
	for (const order of problem.orders) {
		const { plan } = routeOrder({ network, supply, prices }, order);
		take(plan, supply);
		cost += plan.cost;
	}
	return cost;
}

function sumOf(terms: ExplainedPlan['terms']): number {
	return Object.values(terms).reduce((sum, term) => sum + term, 0);
}
