import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type ReadInstance, readInstance } from '../sync-server/central/routing/engine/read-instance.ts';
import type { OrderLine, RoutingOrder, RoutingProblem } from '../sync-server/central/routing/engine/routing-problem.ts';

const folder = new URL('./fixtures/routing/', import.meta.url);

export const routingFixtures = [
	'us-200x50-r4',
	'us-1000x300-r4',
	'gb-1000x300-r4',
	'us-1000x300-r2',
	'us-5000x300-r4',
] as const;
export type RoutingFixture = (typeof routingFixtures)[number];

export function fixturePath(name: RoutingFixture): URL {
	return new URL(`${name}.json.gz`, folder);
}

export function readFixture(name: RoutingFixture): ReadInstance {
	const read = readInstance(readFileSync(fixturePath(name)));
	if ('fault' in read) throw new Error(read.fault.what);
	return read;
}

/** A proved lower bound of the instance, and what no routing can save. */
export function knownBound(name: RoutingFixture): { readonly bound: number; readonly unavoidable: number } {
	const bounds = JSON.parse(readFileSync(new URL('bounds.json', folder), 'utf8'));
	return bounds[`${name}.json.gz`];
}

const shareOfOne = fc.double({ min: 0, max: 1, noNaN: true });
const smallCost = fc.integer({ min: 0, max: 60 }).map((tenths) => tenths / 10);

/** Problems so small that all solutions can be tried: few sites and orders, scarce stock and capacity, some special terms. */
export function tinyProblems(most: { readonly orders: number; readonly units: number }): fc.Arbitrary<RoutingProblem> {
	const sku = fc.integer({ min: 0, max: 2 });
	const site = fc.integer({ min: 0, max: 2 });
	const lines: fc.Arbitrary<OrderLine[]> = fc.uniqueArray(
		fc.record({ sku, units: fc.integer({ min: 1, max: most.units }) }),
		{ minLength: 1, maxLength: 3, selector: (line) => line.sku },
	);
	const order: fc.Arbitrary<Omit<RoutingOrder, 'id'>> = fc.record(
		{
			lat: shareOfOne.map((share) => share * 8),
			lon: shareOfOne.map((share) => share * 8),
			lines,
			unfilledPenalty: fc.integer({ min: 1, max: 40 }),
			splitPenalty: smallCost,
			isKeptTogether: fc.boolean(),
			siteTerms: fc.uniqueArray(
				fc.record({ site, isExcluded: fc.boolean(), extraCost: smallCost, extraCostPerUnit: smallCost }),
				{ maxLength: 1, selector: (term) => term.site },
			),
		},
		{ requiredKeys: ['lat', 'lon', 'lines'] },
	);
	return fc.record({
		rates: fc.record({
			zoneUpperKm: fc.constant([150, 500]),
			fixedCost: fc.tuple(smallCost, smallCost, smallCost),
			costPerUnit: fc.tuple(smallCost, smallCost, smallCost),
			splitPenalty: smallCost,
			unfilledPenalty: fc.integer({ min: 0, max: 30 }),
		}),
		sites: fc
			.array(
				fc.record({
					lat: shareOfOne,
					lon: shareOfOne,
					capacityUnits: fc.integer({ min: 0, max: 6 }),
					handlingCost: smallCost,
				}),
				{
					minLength: 3,
					maxLength: 3,
				},
			)
			.map((sites) => sites.map((one, index) => ({ ...one, lat: one.lat * 8, lon: one.lon * 8, id: `site-${index}` }))),
		skus: fc.constant(['sku-0', 'sku-1', 'sku-2']),
		stock: fc.uniqueArray(
			fc.record({ site, sku, units: fc.integer({ min: 0, max: 4 }), extraCostPerUnit: smallCost }),
			{ maxLength: 9, selector: (position) => `${position.site} ${position.sku}` },
		),
		orders: fc
			.array(order, { minLength: 1, maxLength: most.orders })
			.map((orders) => orders.map((one, index) => ({ ...one, id: `order-${index}` }))),
	});
}
