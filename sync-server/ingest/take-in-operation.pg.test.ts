import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { checkLedger } from '../central/inventory/stock-ledger.ts';
import { siteStream } from '../database/documents.ts';
import type { OperationFrame } from './read-frame.ts';
import { takeInOperation } from './take-in-operation.ts';
import { takeInPush } from './take-in-push.ts';

let central: TestCentral;
let numbers = 5000;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	await addSite(central, 'S-2');
});
afterAll(() => central.close());

async function newOrder(quantity = 3, siteId = 'S-1') {
	numbers += 1;
	const sample = sampleOrder([{ sku: `sku-${numbers}`, quantity }], 'ship', String(numbers));
	const order = {
		...sample.order,
		fulfillments: sample.order.fulfillments.map((part) => ({ ...part, siteId })),
	};
	const fulfillmentOrder = { ...sample.fulfillmentOrder, siteId };
	await addOrder(central, { order, fulfillmentOrder });
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id };
	const [line] = fulfillmentOrder.lines;
	if (line === undefined) throw new Error('A sample order has a line');
	const pick = (units: number) => ({
		type: 'pick',
		payload: { ...target, lineId: line.lineId, sku: line.sku, quantity: units },
	});
	return { order, fulfillmentOrder, target, line, pick };
}

async function take(device: TestDevice, frame: OperationFrame) {
	const { deviceId, siteId, laneId } = device;
	return takeInOperation(central.ingest, { deviceId, siteId, laneId }, frame);
}

async function outcomeOf(device: TestDevice, frame: OperationFrame) {
	const taken = await take(device, frame);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	return taken.outcome;
}

async function units(sku: string, siteId = 'S-1') {
	const row = await central.database.db
		.selectFrom('stock_position')
		.select(['available', 'allocated', 'picked'])
		.where('sku', '=', sku)
		.where('site_id', '=', siteId)
		.executeTakeFirst();
	return row;
}

const lane = (device: TestDevice) =>
	central.database.db.selectFrom('lane').selectAll().where('id', '=', device.laneId).executeTakeFirstOrThrow();
const published = (documentId: string, siteId = 'S-1') =>
	central.database.db
		.selectFrom('stream_document')
		.selectAll()
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', '=', documentId)
		.executeTakeFirst();
const movementsOf = (opId: string) =>
	central.database.db.selectFrom('movement').selectAll().where('operation_id', '=', opId).execute();

test('a pick moves the units, changes the documents and is told in the site stream, all at the position it answers', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, line, fulfillmentOrder, order } = await newOrder();
	const operation = device.write(pick(2));
	const outcome = await outcomeOf(device, operation);
	expect(outcome).toMatchObject({ opId: operation.opId, seq: 1, outcome: 'applied', exceptions: [] });
	expect(await units(line.sku)).toEqual({ available: 0, allocated: 1, picked: 2 });
	const work = await published(fulfillmentOrder.id);
	expect(work?.body).toMatchObject({ state: 'picking', lines: [{ quantities: { toPick: 1, picked: 2 } }] });
	expect(outcome.position).toBeGreaterThanOrEqual(work?.position ?? Number.NaN);
	expect((await published(order.id))?.body).toMatchObject({ id: order.id });
	const stored = await central.database.db
		.selectFrom('fulfillment_order')
		.selectAll()
		.where('id', '=', fulfillmentOrder.id)
		.executeTakeFirstOrThrow();
	expect(stored.body).toEqual(work?.body);
	expect(stored.state).toBe('picking');
	expect(await lane(device)).toMatchObject({ last_seq: 1, last_hash: operation.hash });
});

test('an operation whose answer was lost is applied once, and each retry gets the same outcome', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, line } = await newOrder();
	const operation = device.write(pick(1));
	const first = await outcomeOf(device, operation);
	await outcomeOf(device, device.write(pick(1)));
	const retries = await Promise.all([operation, operation, operation].map((again) => outcomeOf(device, again)));
	expect(retries).toEqual([first, first, first]);
	expect(await units(line.sku)).toEqual({ available: 0, allocated: 1, picked: 2 });
	expect(await movementsOf(operation.opId)).toHaveLength(1);
});

test('the same operation sent twice at the same moment is applied once', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, line } = await newOrder();
	const operation = device.write(pick(1));
	const both = await Promise.all([outcomeOf(device, operation), outcomeOf(device, operation)]);
	expect(both[0]).toEqual(both[1]);
	expect((await units(line.sku))?.picked).toBe(1);
});

test('a gap is refused with the number that the lane needs, and nothing is stored', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, line } = await newOrder();
	const first = device.write(pick(1));
	const second = device.write(pick(1));
	expect(await take(device, second)).toEqual({ kind: 'gap', expectedSeq: 1 });
	expect((await units(line.sku))?.picked).toBe(0);
	await outcomeOf(device, first);
	expect(await outcomeOf(device, second)).toMatchObject({ outcome: 'applied', seq: 2 });
});

test('a push that ends in a gap answers what came before it', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick } = await newOrder();
	const [first, second] = [device.write(pick(1)), device.write(pick(1))];
	device.write(pick(1));
	const fourth = device.write(pick(1));
	const taken = await takeInPush(central.ingest, device, [first, second, fourth]);
	expect(taken.kind === 'outcomes' && taken.outcomes.map(({ seq }) => seq)).toEqual([1, 2]);
	expect(await takeInPush(central.ingest, device, [fourth])).toEqual({ kind: 'gap', expectedSeq: 3 });
});

test('a cloned device freezes its lane, and both histories are kept for a person', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, line } = await newOrder(9);
	await outcomeOf(device, device.write(pick(1)));
	const clone = device.copy();
	const original = device.write(pick(1));
	await outcomeOf(device, original);
	const contradiction = clone.write(pick(2));
	expect(await take(clone, contradiction)).toMatchObject({ kind: 'lane_frozen' });
	expect(await take(clone, contradiction)).toMatchObject({ kind: 'lane_frozen' });
	expect(await take(device, device.write(pick(1)))).toMatchObject({ kind: 'lane_frozen' });
	expect((await units(line.sku))?.picked).toBe(2);
	const kept = await central.database.db
		.selectFrom('conflicting_operation')
		.select(['seq', 'body'])
		.where('lane_id', '=', device.laneId)
		.orderBy('seq')
		.execute();
	expect(kept.map(({ seq }) => seq)).toEqual([2, 3]);
	expect(kept[0]?.body).toEqual(contradiction);
	expect(await outcomeOf(device, original)).toMatchObject({ outcome: 'applied' });
	const told = await published(`lane-${device.laneId}-2-1`);
	expect(told?.body).toMatchObject({ kind: 'exception', priority: 'high', operationId: contradiction.opId });
});

test('an operation that continues another history freezes the lane, though its number is the next one', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick } = await newOrder();
	await outcomeOf(device, device.write(pick(1)));
	const taken = await take(device, device.write(pick(1), { previousHash: 'f'.repeat(64) }));
	expect(taken).toMatchObject({ kind: 'lane_frozen' });
});

test('an operation id under which another lane said something else freezes the lane', async () => {
	const [one, other] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const { pick, line } = await newOrder();
	const first = one.write(pick(1));
	await outcomeOf(one, first);
	expect(await take(other, other.write(pick(2), { opId: first.opId }))).toMatchObject({ kind: 'lane_frozen' });
	expect((await units(line.sku))?.picked).toBe(1);
	expect((await lane(other)).last_seq).toBe(0);
});

test('what central cannot read is kept as it came, told to a person, and does not block the lane', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, target } = await newOrder();
	const good = pick(1);
	const strange = [
		[device.write({ type: 'teleport', payload: { to: 'Mars\0' } }), 'unreadable_payload'],
		[device.write({ type: 'teleport', payload: { to: 'Mars' } }), 'unknown_type'],
		[device.write({ ...good, payload: { ...target, quantity: -1 } }), 'unreadable_payload'],
		[device.write({ ...good, payload: null }), 'unreadable_payload'],
		[device.write(good, { v: 99 }), 'newer_version'],
		[device.write({ ...good, type: 'x'.repeat(300) }), 'unreadable_frame'],
		[{ ...device.write(good), payload: { changed: true } }, 'hash_mismatch'],
		[device.write({ type: 'stage', payload: { ...target, location: 'PU\ud800' } }), 'unreadable_payload'],
		[device.write({ type: '\0', payload: {} }), 'unreadable_payload'],
	] as const;
	for (const [operation, reason] of strange) {
		const outcome = await outcomeOf(device, operation);
		expect(outcome).toMatchObject({ outcome: 'quarantined', reason, exceptions: ['operation_quarantined'] });
		expect(await outcomeOf(device, operation)).toEqual(outcome);
		const { rows } = {
			rows: await central.database.db
				.selectFrom('operation')
				.select('body')
				.where('op_id', '=', operation.opId)
				.execute(),
		};
		expect(rows[0]?.body).toEqual(operation);
		expect((await published(`${operation.opId}-1`))?.body).toMatchObject({
			state: 'open',
			operationId: operation.opId,
		});
	}
	expect(await outcomeOf(device, device.write(good))).toMatchObject({ outcome: 'applied' });
});

test("a fact about another site's fulfillment order is quarantined and moves nothing", async () => {
	const device = await addDevice(central, 'S-2');
	const { pick, line } = await newOrder();
	expect(await outcomeOf(device, device.write(pick(1)))).toMatchObject({
		outcome: 'quarantined',
		reason: 'other_site',
	});
	expect((await units(line.sku))?.picked).toBe(0);
	expect(await units(line.sku, 'S-2')).toBeUndefined();
});

test('a fact about a document that central does not know is quarantined, a request about it is refused', async () => {
	const device = await addDevice(central, 'S-1', 'manager');
	const target = { fulfillmentOrderId: 'fo-none', orderId: 'order-none' };
	const stage = device.write({ type: 'stage', payload: { ...target, location: 'PU-01' } });
	expect(await outcomeOf(device, stage)).toMatchObject({ outcome: 'quarantined', reason: 'not_found' });
	const cancel = device.write({ type: 'cancel', payload: { ...target, reason: 'customer asked' } });
	expect(await outcomeOf(device, cancel)).toMatchObject({ outcome: 'refused', reason: 'not_found', exceptions: [] });
});

test('a request needs a role and a grant that has not expired; a fact without them is applied and marked', async () => {
	const associate = await addDevice(central, 'S-1');
	const manager = await addDevice(central, 'S-1', 'manager');
	const { target, pick, fulfillmentOrder } = await newOrder();
	const cancel = { type: 'cancel', payload: { ...target, reason: 'customer asked' } };
	expect(await outcomeOf(associate, associate.write(cancel))).toMatchObject({
		outcome: 'refused',
		reason: 'role_not_allowed',
	});
	for (const grant of [null, 'forged.grant', associate.write(cancel).grant]) {
		const foreign = await outcomeOf(manager, manager.write(cancel, { grant }));
		expect(foreign).toMatchObject({ outcome: 'refused', reason: 'grant_expired' });
	}
	const unsigned = manager.write(pick(1), { grant: null });
	expect(await outcomeOf(manager, unsigned)).toMatchObject({ outcome: 'applied' });
	const signed = manager.write(pick(1));
	await outcomeOf(manager, signed);
	const rows = await central.database.db
		.selectFrom('operation')
		.select(['op_id', 'verified'])
		.where('op_id', 'in', [unsigned.opId, signed.opId])
		.execute();
	expect(new Map(rows.map((row) => [row.op_id, row.verified]))).toEqual(
		new Map([
			[unsigned.opId, false],
			[signed.opId, true],
		]),
	);
	expect(await outcomeOf(manager, manager.write(cancel))).toMatchObject({ outcome: 'applied' });
	expect((await published(fulfillmentOrder.id))?.body).toMatchObject({ state: 'cancelled' });
});

test('two devices of one site that pick the same line at once keep the ordered units, and the surplus is to be put back', async () => {
	const [one, other] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const { pick, line, fulfillmentOrder } = await newOrder(4);
	const work = async (device: TestDevice) => {
		const outcomes = [];
		for (let turn = 0; turn < 4; turn += 1) outcomes.push(await outcomeOf(device, device.write(pick(1))));
		return outcomes;
	};
	const outcomes = (await Promise.all([work(one), work(other)])).flat();
	expect(outcomes.every(({ outcome }) => outcome === 'applied')).toBe(true);
	expect(outcomes.flatMap(({ exceptions }) => exceptions).filter((kind) => kind === 'surplus_pick')).toHaveLength(4);
	expect((await published(fulfillmentOrder.id))?.body).toMatchObject({
		lines: [{ quantities: { toPick: 0, picked: 4 } }],
		putBack: [{ sku: line.sku, quantity: 4 }],
	});
	const kinds = outcomes.flatMap(({ exceptions }) => exceptions);
	expect(kinds).toContain('stock_below_zero');
	expect(await checkLedger(central.database.db)).toEqual([]);
});

test('a return at a site that has no stream yet is stored, and that site sees the order', async () => {
	await addSite(central, 'S-3');
	const device = await addDevice(central, 'S-3');
	await central.database.db.deleteFrom('stream_document').where('stream_id', '=', siteStream('S-3')).execute();
	await central.database.db.deleteFrom('stream').where('id', '=', siteStream('S-3')).execute();
	const { order, line } = await newOrder();
	const returnId = randomUUID();
	const line1 = { lineId: line.lineId, sku: line.sku, quantity: 1, reason: 'unwanted', grade: 'as_new' };
	const operation = device.write({
		type: 'return',
		payload: {
			returnId,
			orderId: order.id,
			orderNumber: order.number,
			lines: [{ ...line1, disposition: 'restock' }],
			refund: { minor: 0, currency: 'GBP' },
		},
	});
	expect(await outcomeOf(device, operation)).toMatchObject({
		outcome: 'applied',
		exceptions: ['returned_more_than_sold'],
	});
	expect((await units(line.sku, 'S-3'))?.available).toBe(1);
	expect((await published(returnId, 'S-3'))?.body).toMatchObject({ state: 'needs_review' });
	expect(await published(order.id, 'S-3')).toBeDefined();
});

test('an exception is resolved once, by a person who may', async () => {
	const manager = await addDevice(central, 'S-1', 'manager');
	const strange = manager.write({ type: 'teleport', payload: {} });
	await outcomeOf(manager, strange);
	const resolve = { type: 'resolve_exception', payload: { exceptionId: `${strange.opId}-1`, note: 'seen' } };
	expect(await outcomeOf(manager, manager.write(resolve))).toMatchObject({ outcome: 'applied' });
	expect((await published(`${strange.opId}-1`))?.body).toMatchObject({ state: 'resolved', resolvedBy: 'Ada manager' });
	expect(await outcomeOf(manager, manager.write(resolve))).toMatchObject({ reason: 'already_resolved' });
});
