import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjustReasonNames } from '../schema/adjust-operation.ts';
import type { FulfillmentQuantities } from '../schema/fulfillment-order.ts';
import type { OperationType } from '../schema/operation.ts';
import { type StockPosition, siteBuckets } from '../schema/stock-position.ts';
import { applyStatement } from './apply-statement.ts';
import type { AnyStatement, ExceptionDraft, Subject } from './decision.ts';
import { countedUnits, totalOf } from './fulfillment-state.ts';
import { sampleOrder } from './sample-order.ts';
import { emptyPosition, postMovement } from './stock-ledger.ts';

const skus = ['A', 'B'] as const;
const target = { fulfillmentOrderId: 'fo-1042', orderId: 'order-1042' };
const unit = fc
	.record({ index: fc.integer({ min: 0, max: 2 }), quantity: fc.integer({ min: 1, max: 4 }) })
	.map(({ index, quantity }) => ({ lineId: `line-${index + 1}`, sku: skus[index] ?? 'C', quantity }));
const units = fc.array(unit, { minLength: 1, maxLength: 3 });
/** Of which somebody may have said which units they are. */
const namedUnit = fc
	.tuple(unit, fc.constantFrom({}, {}, { lot: 'L-1', expiresOn: '2026-11-21' }, { serials: ['s1'] }, { lot: 'L-2' }))
	.map(([line, identity]) => ({ ...line, ...identity }));
const namedUnits = fc.array(namedUnit, { minLength: 1, maxLength: 3 });
const address = fc.constantFrom(
	{ line1: '12 Mill Lane', town: 'Leeds', postalCode: 'LS1', country: 'GB' },
	{ line1: '7 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' },
);
const packageId = fc.constantFrom('p1', 'p2');
const reason = fc.constantFrom('not_found', 'damaged', 'not_sellable');
const returnLine = fc
	.tuple(unit, fc.constantFrom('restock', 'quarantine', 'damaged'))
	.map(([line, disposition]) => ({ ...line, disposition, reason: 'unwanted', grade: 'opened' }));

/** Any statement about the one order, sensible or not. */
const statement: fc.Arbitrary<AnyStatement> = fc
	.oneof(
		fc.constant(['start_picking', target]),
		namedUnit.map((line) => ['pick', { ...target, ...line }]),
		namedUnit.map((line) => ['undo_pick', { ...target, ...line }]),
		fc.tuple(unit, reason).map(([line, why]) => ['short', { ...target, ...line, reason: why }]),
		fc.tuple(units, packageId).map(([lines, id]) => ['pack', { ...target, packageId: id, lines, weightGrams: 500 }]),
		packageId.map((id) => ['ship', { ...target, packageId: id, trackingNumber: 'T1' }]),
		fc.constant(['stage', { ...target, location: 'PU-01' }]),
		namedUnits.map((lines) => ['hand_over', { ...target, lines, identityCheck: 'pass_code', collectedBy: 'Ada' }]),
		namedUnit.map(({ lineId: _, ...line }) => ['put_back', { ...target, ...line }]),
		fc
			.tuple(fc.array(returnLine, { minLength: 1, maxLength: 2 }), fc.constantFrom('r1', 'r2'))
			.map(([lines, id]) => [
				'return',
				{ returnId: id, orderId: 'order-1042', orderNumber: '1042', lines, refund: { minor: 0, currency: 'GBP' } },
			]),
		address.map((shipTo) => ['edit_address', { orderId: 'order-1042', shipTo }]),
		fc.tuple(packageId, address).map(([id, shipTo]) => ['print_label', { ...target, packageId: id, shipTo }]),
		fc
			.tuple(unit, fc.integer({ min: -2, max: 4 }))
			.map(([{ sku, quantity }, expected]) => [
				'count',
				{ countId: 'c0', sku, posts: 'at_once', scans: [{ expected, counted: quantity }] },
			]),
		fc.constant(['open_count', { countId: 'c1', countKind: 'free', areas: [], asked: [] }]),
		fc
			.tuple(unit, fc.integer({ min: -2, max: 4 }))
			.map(([{ sku, quantity }, expected]) => [
				'count',
				{ countId: 'c1', sku, posts: 'after_review', scans: [{ expected, counted: quantity }] },
			]),
		unit.map(({ quantity }) => ['note_unknown_code', { countId: 'c1', code: '123', quantity }]),
		unit.map(({ sku }) => [
			'settle_unknown_code',
			{ countId: 'c1', code: '123', product: { sku, name: sku, expected: 1 } },
		]),
		fc.constantFrom('manager', 'associate').map((role) => ['submit_count', { countId: 'c1', roles: [role] }]),
		unit.map(({ sku }) => ['review_count', { countId: 'c1', recount: [sku] }]),
		fc.constant(['post_count', { countId: 'c1', differences: [] }]),
		fc.constant(['cancel_count', { countId: 'c1' }]),
		fc
			.tuple(unit, fc.constantFrom(...adjustReasonNames))
			.map(([{ sku, quantity }, why]) => ['adjust', { adjustmentId: 'a1', sku, name: sku, quantity, reason: why }]),
		unit.map(({ sku, quantity }) => ['move_between_bins', { sku, quantity, fromBin: 'A-1-1', toBin: 'A-1-2' }]),
		fc.constant(['close_bin', { binClosureId: 'bin:S-1:A-1-1', bin: 'A-1-1', reason: 'wet' }]),
		fc.constant(['open_bin', { binClosureId: 'bin:S-1:A-1-1', bin: 'A-1-1' }]),
		fc.constant(['cancel', { ...target, reason: 'customer asked' }]),
		fc.constant(['decline', { ...target, reason: 'no staff' }]),
	)
	.map(
		([type, payload]) =>
			({
				opId: 'op',
				type: type as OperationType,
				payload,
				actorName: 'Ann',
				at: '2026-11-22T10:00:00Z',
			}) as AnyStatement,
	);

interface World {
	readonly subject: Subject;
	readonly returnIds: ReadonlySet<string>;
	readonly positions: ReadonlyMap<string, StockPosition>;
	readonly customer: number;
	readonly lost: number;
}

const isGone = (bucket: string) => bucket === 'lost' || bucket === 'supplier';

function start(method: 'ship' | 'pickup'): World {
	const sample = sampleOrder(
		[
			{ sku: 'A', quantity: 3 },
			{ sku: 'B', quantity: 2 },
		],
		method,
	);
	const position = (sku: string, available: number, allocated: number): [string, StockPosition] => {
		const empty = emptyPosition('S-1', sku, 'A-1-1');
		return [sku, { ...empty, units: { ...empty.units, available, allocated } }];
	};
	return {
		subject: { siteId: 'S-1', ...sample },
		returnIds: new Set(),
		positions: new Map([position('A', 1, 3), position('B', 0, 2), position('C', 2, 0)]),
		customer: 0,
		lost: 0,
	};
}

function step(
	world: World,
	next: AnyStatement,
): { world: World; exceptions: readonly ExceptionDraft[]; belowZero: boolean } {
	const known = next.type === 'return' && world.returnIds.has(next.payload.returnId);
	const result = applyStatement({ ...world.subject, returnCase: known ? world.subject.returnCase : undefined }, next);
	if (result.outcome === 'refused') return { world, exceptions: [], belowZero: false };
	const positions = new Map(world.positions);
	let { customer, lost } = world;
	let belowZero = false;
	for (const movement of result.movements) {
		const before = positions.get(movement.sku);
		if (!before) throw new Error(`No position of ${movement.sku}`);
		const posted = postMovement(before, movement);
		positions.set(movement.sku, posted.position);
		belowZero ||= posted.belowZero !== null;
		customer +=
			(movement.to === 'customer' ? movement.quantity : 0) - (movement.from === 'customer' ? movement.quantity : 0);
		lost += (isGone(movement.to) ? movement.quantity : 0) - (isGone(movement.from) ? movement.quantity : 0);
	}
	const returnIds = next.type === 'return' ? new Set([...world.returnIds, next.payload.returnId]) : world.returnIds;
	return {
		world: { subject: result.subject, returnIds, positions, customer, lost },
		exceptions: result.exceptions,
		belowZero,
	};
}

const story = fc.tuple(fc.constantFrom('ship' as const, 'pickup' as const), fc.array(statement, { maxLength: 25 }));

function runStory(method: 'ship' | 'pickup', statements: readonly AnyStatement[], check: (world: World) => void): void {
	let world = start(method);
	for (const next of statements) {
		world = step(world, next).world;
		check(world);
	}
}

function fulfillmentOrderOf(world: World) {
	if (!world.subject.fulfillmentOrder) throw new Error('The FO is gone');
	return world.subject.fulfillmentOrder;
}

const inBucket = (world: World, bucket: (typeof siteBuckets)[number]) =>
	[...world.positions.values()].reduce((sum, position) => sum + position.units[bucket], 0);

test('the counts of a line always sum to what was ordered, and none is below zero', () => {
	fc.assert(
		fc.property(story, ([method, statements]) => {
			runStory(method, statements, (world) => {
				for (const line of fulfillmentOrderOf(world).lines) {
					expect(countedUnits(line)).toBe(line.ordered);
					expect(Math.min(...Object.values(line.quantities))).toBeGreaterThanOrEqual(0);
				}
				for (const line of world.subject.order?.lines ?? []) {
					expect(line.open + line.short + line.cancelled + line.withCustomer + line.returned).toBe(line.ordered);
				}
			});
		}),
		{ numRuns: 1500 },
	);
});

test('no unit appears or disappears: all buckets of a SKU, inside and outside, keep their sum', () => {
	fc.assert(
		fc.property(story, ([method, statements]) => {
			runStory(method, statements, (world) => {
				const inside = siteBuckets.reduce((sum, bucket) => sum + inBucket(world, bucket), 0);
				expect(inside + world.customer + world.lost).toBe(8);
			});
		}),
		{ numRuns: 1500 },
	);
});

test('the ledger and the lines tell the same story of each unit', () => {
	fc.assert(
		fc.property(story, ([method, statements]) => {
			runStory(method, statements, (world) => {
				const { lines, putBack } = fulfillmentOrderOf(world);
				const of = (name: keyof FulfillmentQuantities) => totalOf(lines, name);
				const toPutBack = putBack.reduce((sum, task) => sum + task.quantity, 0);
				expect(inBucket(world, 'allocated')).toBe(of('toPick'));
				expect(inBucket(world, 'picked')).toBe(of('picked') + of('packed') + toPutBack);
				expect(inBucket(world, 'staged')).toBe(of('staged'));
			});
		}),
		{ numRuns: 1500 },
	);
});

test('only a fact that an exception tells of takes a bucket below zero', () => {
	fc.assert(
		fc.property(story, ([method, statements]) => {
			let world = start(method);
			for (const next of statements) {
				const result = step(world, next);
				if (result.belowZero) expect(result.exceptions.length).toBeGreaterThan(0);
				world = result.world;
			}
		}),
		{ numRuns: 1500 },
	);
});

test('no more is paid back than was sold, whatever comes back in whatever order', () => {
	fc.assert(
		fc.property(story, ([method, statements]) => {
			let world = start(method);
			let paid = 0;
			let sold = 0;
			for (const next of statements) {
				const before = world;
				world = step(world, next).world;
				const opened = world.subject.returnCase;
				const isNew = opened !== undefined && !before.returnIds.has(opened.id) && next.type === 'return';
				if (isNew) paid += opened.refund.minor;
				sold = Math.max(
					sold,
					world.subject.order?.lines.reduce((sum, line) => sum + line.withCustomer + line.returned, 0) ?? 0,
				);
			}
			expect(paid).toBeLessThanOrEqual(sold * 250);
		}),
		{ numRuns: 1500 },
	);
});
