import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { siteBuckets } from '../schema/stock-position.ts';
import { applyStatement } from './apply-statement.ts';
import type { AnyStatement } from './decision.ts';
import { countedUnits } from './fulfillment-state.ts';
import {
	bringBack,
	isInSight,
	moveAway,
	moveUnitsAway,
	type OrderParts,
	orderParts,
	reroute,
	settleParts,
	unassignedUnits,
	unitsNotLeft,
	withdrawSurplus,
} from './order-parts.ts';
import { sampleOrder } from './sample-order.ts';
import { emptyPosition, postMovement } from './stock-ledger.ts';

const central = { actorName: 'central', at: '2026-11-22T10:00:00Z' };

type Step =
	| {
			readonly kind: 'say';
			readonly part: number;
			readonly type: string;
			readonly line: 0 | 1;
			readonly quantity: number;
	  }
	| { readonly kind: 'move' | 'moveOne'; readonly part: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('say' as const),
			part: fc.nat(5),
			type: fc.constantFrom(
				...['start_picking', 'pick', 'pick', 'undo_pick', 'short', 'pack', 'stage', 'hand_over', 'hand_over'],
				...['put_back', 'cancel', 'decline'],
			),
			line: fc.constantFrom(0 as const, 1 as const),
			quantity: fc.integer({ min: 1, max: 4 }),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('move' as const, 'moveOne' as const), part: fc.nat(5) }) },
);

/** As central does it: the operation, and then everything that follows from it at other sites. */
function follow(all: OrderParts, { part, type, line, quantity }: Extract<Step, { kind: 'say' }>): OrderParts {
	const parts = [...all.parts.values()];
	const fulfillmentOrder = parts[part % parts.length];
	if (!fulfillmentOrder) throw new Error('An order has a part');
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: all.order.id };
	const units = { lineId: `line-${line + 1}`, sku: 'AB'[line] ?? '', quantity };
	const payloads: Record<string, object> = {
		pick: { ...target, ...units },
		undo_pick: { ...target, ...units },
		short: { ...target, ...units, reason: 'not_found' },
		pack: { ...target, packageId: `p${quantity}`, lines: [units], weightGrams: 1 },
		stage: { ...target, location: 'PU-01' },
		hand_over: { ...target, lines: [units], identityCheck: 'photo_id', collectedBy: 'Ada' },
		put_back: { ...target, sku: units.sku, quantity },
		cancel: { ...target, reason: 'asked' },
		decline: { ...target, reason: 'no staff' },
	};
	const statement = { opId: 'op', type, payload: payloads[type] ?? target, ...central } as unknown as AnyStatement;
	const working = ['start_picking', 'pick', 'pack', 'stage', 'hand_over'].includes(type);
	const before =
		fulfillmentOrder.state === 'moved' && working ? (bringBack(all, fulfillmentOrder, central) ?? all) : all;
	const { siteId } = fulfillmentOrder;
	const subject = { siteId, order: before.order, fulfillmentOrder: before.parts.get(fulfillmentOrder.id) };
	const result = applyStatement(subject, statement);
	if (result.outcome === 'refused') return all;
	const { subject: after, events, movements } = result;
	const applied: OrderParts = {
		order: after.order ?? before.order,
		parts: new Map(before.parts).set(fulfillmentOrder.id, after.fulfillmentOrder ?? fulfillmentOrder),
		events: before.events,
		movements: [...before.movements, ...movements],
	};
	const left = events.some(({ steps }) => steps.some(({ count }) => count?.from === 'cancelled'));
	const kept = left ? withdrawSurplus(applied, central) : applied;
	const from = kept.parts.get(fulfillmentOrder.id) ?? fulfillmentOrder;
	const short = events.find(({ kind }) => kind === 'units_short');
	// Every other time another site has the goods.
	const somebodyHasThem = (all.parts.size + quantity) % 2 === 0;
	if (short && somebodyHasThem) return reroute(kept, from, lineUnits(short.steps), newPart(kept), 'short', central);
	const unassigned = unassignedUnits(kept, from);
	if (type === 'decline' && unassigned.length > 0 && somebodyHasThem) {
		return reroute(kept, from, unassigned, newPart(kept), 'unassigned', central);
	}
	return settleParts(kept);
}

const lineUnits = (steps: readonly { lineId: string; sku: string; quantity: number }[]) =>
	steps.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

function newPart({ parts }: OrderParts) {
	const turn = parts.size + 1;
	const siteId = `S-${(turn % 3) + 1}`;
	return { id: `fo-${turn}`, number: `1042-${turn}`, siteId, siteName: `Store ${siteId}`, binOf: () => 'A-1' };
}

function move(all: OrderParts, { kind, part: index }: Extract<Step, { part: number }>): OrderParts {
	const parts = [...all.parts.values()];
	const part = parts[index % parts.length];
	if (!part || all.parts.size > 12) return all;
	const hasLeft = part.lines.some(({ quantities }) => quantities.shipped + quantities.handedOver > 0);
	const units = unitsNotLeft(part);
	if (hasLeft || units.length === 0) return all;
	if (kind === 'move') return moveAway(all, part, newPart(all), central);
	const [line] = part.lines.filter(({ quantities }) => quantities.toPick > 0);
	if (!line || part.state !== 'assigned') return all;
	return moveUnitsAway(all, part, [{ lineId: line.lineId, sku: line.sku, quantity: 1 }], newPart(all), central);
}

function start(): OrderParts {
	const { order, fulfillmentOrder } = sampleOrder(
		[
			{ sku: 'A', quantity: 3 },
			{ sku: 'B', quantity: 2 },
		],
		'pickup',
	);
	return orderParts(order, [fulfillmentOrder]);
}

function runStory(steps: readonly Step[], check: (all: OrderParts) => void): void {
	let all = start();
	for (const next of steps) {
		all = next.kind === 'say' ? follow(all, next) : move(all, next);
		check(all);
	}
}

function partAt(all: OrderParts, index: number) {
	const part = [...all.parts.values()][index];
	if (!part) throw new Error(`There is no part ${index}`);
	return part;
}

test('FO moved to another site and begun at the first: it comes back with what is in hand, when the other has not started', () => {
	const picked = follow(start(), { kind: 'say', part: 0, type: 'pick', line: 0, quantity: 2 });
	const away = moveAway(picked, partAt(picked, 0), newPart(picked), central);
	expect(partAt(away, 0)).toMatchObject({ state: 'moved', putBack: [{ sku: 'A', quantity: 2 }] });
	const back = bringBack(away, partAt(away, 0), central);
	expect([...(back?.parts.values() ?? [])]).toMatchObject([
		{ state: 'picking', putBack: [], lines: [{ quantities: { toPick: 1, picked: 2 } }, { quantities: { toPick: 2 } }] },
		{ state: 'moved', movedTo: { fulfillmentOrderId: 'fo-1042' } },
	]);
	expect(back?.order.fulfillments.map(({ siteId }) => siteId)).toEqual(['S-1']);
});

test('FO moved to another site and begun there: the first one does not get it back', () => {
	const away = moveAway(start(), partAt(start(), 0), newPart(start()), central);
	const begun = follow(away, { kind: 'say', part: 1, type: 'pick', line: 0, quantity: 1 });
	expect(bringBack(begun, partAt(begun, 0), central)).toBeUndefined();
	const late = follow(begun, { kind: 'say', part: 0, type: 'pick', line: 0, quantity: 1 });
	expect(partAt(late, 0)).toMatchObject({ state: 'moved', putBack: [{ sku: 'A', quantity: 1 }] });
	expect(late.order.fulfillments.map(({ siteId }) => siteId)).toEqual(['S-3', 'S-1']);
});

test('line short at site: what another site took is not wanted here any more when it is found', () => {
	const short = applyShort(start());
	expect(short.order.lines[0]).toMatchObject({ open: 3, short: 0 });
	expect(partAt(short, 0).lines[0]?.shorts).toEqual([{ reason: 'not_found', quantity: 2, rerouted: true }]);
	const found = follow(short, { kind: 'say', part: 0, type: 'pick', line: 0, quantity: 2 });
	expect(partAt(found, 0)).toMatchObject({
		putBack: [{ sku: 'A', quantity: 1 }],
		lines: [{ quantities: { picked: 1, short: 2 } }, {}],
	});
});

function applyShort(all: OrderParts): OrderParts {
	const fulfillmentOrder = partAt(all, 0);
	const units = { lineId: 'line-1', sku: 'A', quantity: 2 };
	const payload = { fulfillmentOrderId: fulfillmentOrder.id, orderId: all.order.id, ...units, reason: 'not_found' };
	const statement = { opId: 'op', type: 'short', payload, ...central } as AnyStatement;
	const result = applyStatement({ siteId: 'S-1', order: all.order, fulfillmentOrder }, statement);
	if (result.outcome === 'refused') throw new Error(result.reason);
	const { order = all.order, fulfillmentOrder: after = fulfillmentOrder } = result.subject;
	const applied = { ...all, order, parts: new Map(all.parts).set(after.id, after) };
	return reroute(applied, after, [units], newPart(applied), 'short', central);
}

const story = fc.array(step, { maxLength: 25 });

test('an open unit is with exactly one fulfillment order or has none, wherever and however often it moves', () => {
	fc.assert(
		fc.property(story, (steps) => {
			runStory(steps, ({ order, parts }) => {
				for (const line of order.lines) {
					const { open, short, cancelled, withCustomer, returned, unassigned } = line;
					expect(open + short + cancelled + withCustomer + returned).toBe(line.ordered);
					expect(Math.min(open, short, cancelled, withCustomer, returned, unassigned)).toBeGreaterThanOrEqual(0);
					const promised = [...parts.values()]
						.flatMap(unitsNotLeft)
						.reduce((sum, unit) => sum + (unit.lineId === line.id ? unit.quantity : 0), 0);
					expect(promised + unassigned).toBe(open);
				}
			});
		}),
		{ numRuns: 1000 },
	);
});

test('the counts of every part sum to what it was given, and none is below zero', () => {
	fc.assert(
		fc.property(story, (steps) => {
			runStory(steps, ({ parts }) => {
				for (const line of [...parts.values()].flatMap(({ lines }) => lines)) {
					expect(countedUnits(line)).toBe(line.ordered);
					expect(Math.min(...Object.values(line.quantities))).toBeGreaterThanOrEqual(0);
					expect(line.shorts.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line.quantities.short);
				}
			});
		}),
		{ numRuns: 500 },
	);
});

test("each site's ledger tells the same story as its parts, and no unit appears or disappears", () => {
	fc.assert(
		fc.property(story, (steps) => {
			runStory(steps, ({ movements, parts }) => {
				for (const siteId of ['S-1', 'S-2', 'S-3']) {
					for (const sku of ['A', 'B']) {
						const opening = siteId === 'S-1' ? (sku === 'A' ? 3 : 2) : 0;
						const empty = emptyPosition(siteId, sku, '');
						const { units } = movements
							.filter((each) => each.siteId === siteId && each.sku === sku)
							.reduce((position, movement) => postMovement(position, movement).position, {
								...empty,
								units: { ...empty.units, allocated: opening },
							});
						const here = [...parts.values()].filter((part) => part.siteId === siteId);
						const count = (name: 'toPick' | 'picked' | 'packed' | 'staged') =>
							here
								.flatMap(({ lines }) => lines)
								.reduce((sum, line) => sum + (line.sku === sku ? line.quantities[name] : 0), 0);
						const putBack = here
							.flatMap((part) => part.putBack)
							.reduce((sum, task) => sum + (task.sku === sku ? task.quantity : 0), 0);
						expect(units.allocated).toBe(count('toPick'));
						expect(units.picked).toBe(count('picked') + count('packed') + putBack);
						expect(units.staged).toBe(count('staged'));
						const outside = movements
							.filter((each) => each.siteId === siteId && each.sku === sku)
							.reduce((sum, { from, to, quantity }) => {
								const isInside = (bucket: string) => siteBuckets.some((name) => name === bucket);
								return sum + (isInside(to) ? 0 : quantity) - (isInside(from) ? 0 : quantity);
							}, 0);
						expect(siteBuckets.reduce((sum, bucket) => sum + units[bucket], 0) + outside).toBe(opening);
					}
				}
			});
		}),
		{ numRuns: 500 },
	);
});

test('an order names the parts that are in sight of their sites, each once, and no others', () => {
	fc.assert(
		fc.property(story, (steps) => {
			runStory(steps, ({ order, parts }) => {
				const named = order.fulfillments.map(({ fulfillmentOrderId }) => fulfillmentOrderId).sort();
				const inSight = [...parts.values()].filter((part) => isInSight(part, order)).map(({ id }) => id);
				expect(named).toEqual(inSight.sort());
				for (const part of parts.values()) if (part.state === 'moved') expect(part.movedTo).toBeDefined();
			});
		}),
		{ numRuns: 500 },
	);
});
