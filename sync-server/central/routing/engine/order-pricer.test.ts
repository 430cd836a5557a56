import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tinyProblems } from '../../../../test/routing-for-tests.ts';
import { priceLargeOrder } from './large-order.ts';
import { fullSupply, openNetwork, type Prices, type Supply } from './network.ts';
import { collectOffers, type Offers } from './offers.ts';
import { createOrderPricer } from './order-pricer.ts';
import { fits, makePlan, type Plan, worthOf } from './plan.ts';

const cases = tinyProblems({ orders: 1, units: 3 }).chain((problem) => {
	const network = openNetwork(problem);
	return fc.record({
		offers: fc.constant(collectOffers(network, problem.orders)),
		supply: fc.constant(fullSupply(network)),
		prices: fc
			.array(
				fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10),
				{ minLength: network.resourceCount, maxLength: network.resourceCount },
			)
			.map((prices) => Float64Array.from(prices)),
	});
});

test('the cheapest plan of an order costs what the cheapest of all its plans costs', () => {
	fc.assert(
		fc.property(cases, ({ offers, supply, prices }) => {
			const { plan, priced, bound } = createOrderPricer(offers).cheapest(0, prices, supply);
			const best = Math.min(...everyPlan(offers, supply).map((other) => other.cost + worthOf(other, prices)));
			expect(priced).toBeCloseTo(best, 6);
			expect(bound).toBeCloseTo(best, 6);
			expect(plan.cost + worthOf(plan, prices)).toBeCloseTo(priced, 6);
			expect(fits(plan, supply)).toBe(true);
		}),
		{ numRuns: 400 },
	);
});

test('the plans within a slack are different, feasible, in ascending order, the cheapest first and none above the slack', () => {
	fc.assert(
		fc.property(cases, fc.integer({ min: 0, max: 8 }), ({ offers, supply, prices }, slack) => {
			const plans = createOrderPricer(offers).within(0, prices, supply, slack, 1000);
			const all = everyPlan(offers, supply).map((other) => other.cost + worthOf(other, prices));
			const least = Math.min(...all);
			expect(plans[0]?.priced).toBeCloseTo(least, 6);
			expect(new Set(plans.map(({ plan }) => `${plan.offers} ${plan.units}`)).size).toBe(plans.length);
			plans.forEach(({ plan, priced }, at) => {
				expect(fits(plan, supply)).toBe(true);
				expect(priced).toBeLessThanOrEqual(least + slack + 1e-6);
				if (at > 0) expect(priced).toBeGreaterThanOrEqual(plans[at - 1]?.priced as number);
			});
		}),
		{ numRuns: 200 },
	);
});

test('an order that is too large to be looked at exactly gets a feasible plan and a bound below every plan', () => {
	fc.assert(
		fc.property(cases, ({ offers, supply, prices }) => {
			const { plan, priced, bound } = priceLargeOrder(offers, 0, prices, supply);
			const best = Math.min(...everyPlan(offers, supply).map((other) => other.cost + worthOf(other, prices)));
			expect(fits(plan, supply)).toBe(true);
			expect(priced).toBeCloseTo(plan.cost + worthOf(plan, prices), 6);
			expect(priced).toBeGreaterThanOrEqual(best - 1e-6);
			expect(bound).toBeLessThanOrEqual(best + 1e-6);
		}),
		{ numRuns: 300 },
	);
});

test('an order of 40 lines with large quantities is priced in a moment', () => {
	const skus = Array.from({ length: 40 }, (_, sku) => `sku-${sku}`);
	const sites = Array.from({ length: 60 }, (_, site) => ({
		id: `site-${site}`,
		lat: site / 10,
		lon: 0,
		capacityUnits: 5000,
		handlingCost: 0.5,
	}));
	const network = openNetwork({
		rates: { zoneUpperKm: [100], fixedCost: [5, 7], costPerUnit: [0.5, 0.8], splitPenalty: 2, unfilledPenalty: 50 },
		sites,
		skus,
		stock: sites.flatMap((_, site) => skus.map((_, sku) => ({ site, sku, units: 1 + ((site * 7 + sku * 3) % 90) }))),
	});
	const order = { id: 'order', lat: 1, lon: 1, lines: skus.map((_, sku) => ({ sku, units: 100 })) };
	const offers = collectOffers(network, [order]);
	const none: Prices = new Float64Array(network.resourceCount);
	const began = performance.now();
	const { plan, priced, bound } = createOrderPricer(offers).cheapest(0, none, fullSupply(network));
	expect(performance.now() - began).toBeLessThan(2000);
	expect(plan.units.reduce((sum, units) => sum + units, 0)).toBe(4000);
	expect(bound).toBeLessThanOrEqual(priced);
	expect(bound).toBeGreaterThan(priced / 2);
});

/** Every way to serve the only order, within the supply. */
function everyPlan(offers: Offers, supply: Supply): Plan[] {
	const until = offers.offerStart[offers.candidateStart[1] as number] as number;
	const plans: Plan[] = [];
	const units: number[] = [];
	const left = [...offers.lineUnits];
	const visit = (offer: number): void => {
		if (offer === until) {
			const taken = units.flatMap((amount, index) => (amount > 0 ? [index] : []));
			const sites = new Set(taken.map((index) => offers.network.siteOfStock[offers.offerStock[index] as number]));
			if (offers.isKeptTogether[0] === 1 && sites.size > 1) return;
			const plan = makePlan(
				offers,
				0,
				taken,
				taken.map((index) => units[index] as number),
			);
			if (fits(plan, supply)) plans.push(plan);
			return;
		}
		const line = offers.offerLine[offer] as number;
		const most = Math.min(left[line] as number, offers.offerUnits[offer] as number);
		for (let amount = 0; amount <= most; amount += 1) {
			units[offer] = amount;
			left[line] = (left[line] as number) - amount;
			visit(offer + 1);
			left[line] = (left[line] as number) + amount;
		}
	};
	visit(0);
	return plans;
}
