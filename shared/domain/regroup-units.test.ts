import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OrderParts, orderParts, unitsNotLeft } from './order-parts.ts';
import { regroupUnits, type UnitsAtSite } from './regroup-units.ts';
import { sampleOrder } from './sample-order.ts';

const central = { actorName: 'central', at: '2026-11-22T10:00:00Z' };
const siteIds = ['S-1', 'S-2', 'S-3'];
/** Two lines of A, as a customer may order it twice. */
const lines = [
	{ sku: 'A', quantity: 2 },
	{ sku: 'B', quantity: 3 },
	{ sku: 'A', quantity: 1 },
];

function start(): OrderParts {
	const { order, fulfillmentOrder } = sampleOrder(lines);
	return orderParts(order, [fulfillmentOrder]);
}

const open = ({ parts }: OrderParts) => [...parts.values()].filter(({ state }) => state === 'assigned');

function regroup(all: OrderParts, wanted: readonly UnitsAtSite[]): OrderParts {
	const newPart = ({ order, parts }: OrderParts, siteId: string) => ({
		id: `fo-${parts.size + 1}`,
		number: `${order.number}-${parts.size + 1}`,
		siteId,
		siteName: `Site ${siteId}`,
		binOf: () => 'B-1',
	});
	const ids = open(all).map(({ id }) => id);
	return regroupUnits(all, ids, wanted, newPart, central);
}

it('units of two sites that one site is to send go out under one part, and a part that keeps what is wanted of it stays as it is', () => {
	const split = regroup(start(), [
		{ siteId: 'S-1', sku: 'A', units: 3 },
		{ siteId: 'S-2', sku: 'B', units: 3 },
	]);
	expect(open(split).map(({ id, siteId }) => [id, siteId])).toEqual([
		['fo-1042', 'S-1'],
		['fo-2', 'S-2'],
	]);
	const together = regroup(split, [
		{ siteId: 'S-2', sku: 'A', units: 3 },
		{ siteId: 'S-2', sku: 'B', units: 3 },
	]);
	expect(open(together).map(({ siteId, lines: own }) => [siteId, own.length])).toEqual([['S-2', 3]]);
	expect(together.parts.get('fo-1042')).toMatchObject({ state: 'moved', movedTo: { siteId: 'S-2' } });
	expect(together.parts.get('fo-2')).toMatchObject({ state: 'moved', movedTo: { siteId: 'S-2' } });
	expect(together.order.fulfillments.map(({ siteId }) => siteId)).toEqual(['S-2']);
});

/** For each unit of A and of B, the site that is to send it. */
const places = fc.record({
	A: fc.array(fc.constantFrom(...siteIds), { minLength: 3, maxLength: 3 }),
	B: fc.array(fc.constantFrom(...siteIds), { minLength: 3, maxLength: 3 }),
});

it('however often units are regrouped, each site has what is wanted of it under one part, no line loses any, and stock is set aside for all', () => {
	fc.assert(
		fc.property(fc.array(places, { minLength: 1, maxLength: 4 }), (rounds) => {
			let current = start();
			const allocated = new Map<string, number>([
				['S-1 A', 3],
				['S-1 B', 3],
			]);
			for (const round of rounds) {
				const wanted = Object.entries(round).flatMap(([sku, sites]) =>
					[...Map.groupBy(sites, (siteId) => siteId)].map(([siteId, units]) => ({ siteId, sku, units: units.length })),
				);
				const before = current;
				current = regroup(current, wanted);
				for (const { siteId, sku, quantity, to } of current.movements.slice(before.movements.length)) {
					const key = `${siteId} ${sku}`;
					allocated.set(key, (allocated.get(key) ?? 0) + (to === 'allocated' ? quantity : -quantity));
				}
				const parts = open(current);
				expect(new Set(parts.map(({ siteId }) => siteId)).size).toBe(parts.length);
				for (const siteId of siteIds) {
					for (const sku of ['A', 'B']) {
						const units = parts
							.filter((part) => part.siteId === siteId)
							.flatMap(unitsNotLeft)
							.reduce((total, each) => total + (each.sku === sku ? each.quantity : 0), 0);
						expect(units).toBe(wanted.find((one) => one.siteId === siteId && one.sku === sku)?.units ?? 0);
						expect(allocated.get(`${siteId} ${sku}`) ?? 0).toBe(units);
					}
				}
				for (const line of current.order.lines) {
					const units = parts.flatMap(unitsNotLeft).filter(({ lineId }) => lineId === line.id);
					expect(units.reduce((total, { quantity }) => total + quantity, 0)).toBe(line.open);
				}
			}
		}),
		{ numRuns: 150 },
	);
});
