import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../../../shared/domain/sample-order.ts';
import type { FeedPage } from '../../../shared/protocol/messages.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../../test/central-for-tests.ts';
import { siteStream } from '../../database/documents.ts';
import { readPage } from '../../feed/read-page.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { checkLedger, postMovements } from '../inventory/stock-ledger.ts';
import { readStockShelf } from '../inventory/stock-shelf.ts';
import { readSettings } from '../settings.ts';
import { moveFulfillmentOrder } from './move-fulfillment-order.ts';
import { rerouteAllShortages } from './reroute-shortage.ts';

let central: TestCentral;
let numbers = 7000;
const devices = new Map<string, TestDevice>();

beforeAll(async () => {
	central = await openTestCentral();
	for (const siteId of ['S-1', 'S-2', 'S-3']) {
		await addSite(central, siteId);
		devices.set(siteId, await addDevice(central, siteId, 'manager'));
	}
});
afterAll(async () => {
	expect(await checkLedger(central.database.db)).toEqual([]);
	await central.close();
});

async function newOrder(quantity: number, method: 'ship' | 'pickup' = 'ship', changes: Partial<FulfillmentOrder> = {}) {
	numbers += 1;
	const sku = changes.lines?.[0]?.sku ?? `sku-${numbers}`;
	const sample = sampleOrder([{ sku, quantity }], method, String(numbers));
	const fulfillmentOrder = { ...sample.fulfillmentOrder, ...changes, lines: sample.fulfillmentOrder.lines };
	await addOrder(central, { order: sample.order, fulfillmentOrder });
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: sample.order.id };
	const units = (count: number) => ({ lineId: 'line-1', sku, quantity: count });
	return { order: sample.order, fulfillmentOrder, target, units, sku };
}

async function putOnShelf(siteId: string, sku: string, quantity: number) {
	const arrived = { siteId, sku, quantity, from: 'supplier', to: 'available', reason: 'opening' } as const;
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T06:00:00Z' };
	await postMovements(central.database.db, [arrived], posting);
}

async function say(siteId: string, type: string, payload: object) {
	const device = devices.get(siteId);
	if (device === undefined) throw new Error('No such device');
	const operation = device.write({ type, payload });
	const taken = await takeInOperation(central.ingest, device, operation);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	expect(await takeInOperation(central.ingest, device, operation)).toMatchObject({ outcome: taken.outcome });
	return { ...taken.outcome, operation };
}

async function movedTo(siteId: string, fulfillmentOrderId: string): Promise<FulfillmentOrder> {
	const { db, clock } = central.ingest;
	const result = await moveFulfillmentOrder({ db, clock }, fulfillmentOrderId, { siteId });
	if (!result.moved) throw new Error(result.problem.message);
	return result.fulfillmentOrder;
}

async function partsOf(orderId: string): Promise<readonly FulfillmentOrder[]> {
	const rows = await central.database.db
		.selectFrom('fulfillment_order')
		.select(['body', 'state'])
		.where('order_id', '=', orderId)
		.orderBy('body', 'asc')
		.execute();
	for (const { body, state } of rows) expect(body.state).toBe(state);
	return rows.map(({ body }) => body).sort((a, b) => (a.number < b.number ? -1 : 1));
}

async function orderOf(id: string): Promise<Order> {
	const row = await central.database.db
		.selectFrom('customer_order')
		.select('body')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return row.body;
}

const seen = (siteId: string, documentId: string) =>
	central.database.db
		.selectFrom('stream_document')
		.select(['deleted', 'body'])
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', '=', documentId)
		.executeTakeFirst();

async function stock(siteId: string, sku: string) {
	return central.database.db
		.selectFrom('stock_position')
		.select(['available', 'allocated', 'picked'])
		.where('site_id', '=', siteId)
		.where('sku', '=', sku)
		.executeTakeFirst();
}

async function exceptionsAbout(orderNumber: string) {
	const rows = await central.database.db.selectFrom('exception_case').select('body').execute();
	return rows
		.flatMap(({ body }) =>
			body.orderNumber === orderNumber ? [[body.siteId, body.exceptionKind, body.otherSiteName]] : [],
		)
		.sort();
}

test('FO moved to another site, picked at the first: it keeps the order when the other has not started, and both are told', async () => {
	const { order, fulfillmentOrder, target, units, sku } = await newOrder(3);
	await putOnShelf('S-2', sku, 5);
	const away = await movedTo('S-2', fulfillmentOrder.id);
	expect(await seen('S-1', fulfillmentOrder.id)).toEqual({ deleted: true, body: null });
	expect(await say('S-1', 'pick', { ...target, ...units(1) })).toMatchObject({
		outcome: 'applied',
		exceptions: ['moved_back'],
	});
	const [first, second] = await partsOf(order.id);
	expect(first).toMatchObject({ state: 'picking', putBack: [], lines: [{ quantities: { toPick: 2, picked: 1 } }] });
	expect(first).not.toHaveProperty('movedTo');
	expect(second).toMatchObject({ id: away.id, state: 'moved', lines: [{ quantities: { toPick: 0, cancelled: 3 } }] });
	expect(await stock('S-1', sku)).toEqual({ available: 0, allocated: 2, picked: 1 });
	expect(await stock('S-2', sku)).toEqual({ available: 5, allocated: 0, picked: 0 });
	const now = await orderOf(order.id);
	expect(now).toMatchObject({
		fulfillments: [{ fulfillmentOrderId: fulfillmentOrder.id, siteId: 'S-1' }],
		lines: [{ open: 3, unassigned: 0, cancelled: 0 }],
	});
	expect(now.timeline.map(({ what }) => what)).toEqual(['placed', 'moved', 'assigned', 'moved', 'moved_back']);
	expect((await seen('S-1', fulfillmentOrder.id))?.body).toEqual(first);
	expect((await seen('S-1', order.id))?.body).toEqual(now);
	expect(await seen('S-2', away.id)).toEqual({ deleted: true, body: null });
	expect(await seen('S-2', order.id)).toEqual({ deleted: true, body: null });
	expect(await exceptionsAbout(order.number)).toEqual([
		['S-1', 'moved_back', 'Store S-2'],
		['S-2', 'moved_back', 'Leeds'],
	]);
	await say('S-2', 'pick', { fulfillmentOrderId: away.id, orderId: order.id, ...units(1) });
	expect(await partsOf(order.id)).toMatchObject([
		{ state: 'picking', putBack: [] },
		{ putBack: [{ sku, quantity: 1 }] },
	]);
});

test('over the feed a moved document is deleted and created again, page by page and for a device that saw neither', async () => {
	const { fulfillmentOrder, order, target, sku } = await newOrder(1);
	await putOnShelf('S-2', sku, 1);
	const pageAfter = async (position: number) => {
		const { epoch } = await readSettings(central.database.db);
		const device = { deviceId: 'd', laneId: 'l', siteId: 'S-1' };
		const checkpoint = position === 0 ? null : { epoch, position };
		const page = await readPage(
			central.database.db,
			device,
			{ stream: 'site', checkpoint, limit: 1000 },
			{ serverTime },
		);
		return JSON.parse(page) as FeedPage;
	};
	const serverTime = '2026-12-20T10:00:00Z';
	const states = ({ documents }: FeedPage) =>
		[fulfillmentOrder.id, order.id].map((id) => documents.find((each) => each.id === id)?.deleted);
	const before = await pageAfter(0);
	expect(states(before)).toEqual([false, false]);
	await movedTo('S-2', fulfillmentOrder.id);
	const away = await pageAfter(before.position);
	expect(states(away)).toEqual([true, true]);
	await say('S-1', 'start_picking', target);
	expect(states(await pageAfter(away.position))).toEqual([false, false]);
	expect(states(await pageAfter(before.position))).toEqual([false, false]);
});

test('FO moved to another site, picked at the first: when the other has started, the units are put back, and then all of it leaves again', async () => {
	const { order, fulfillmentOrder, target, units, sku } = await newOrder(2);
	await putOnShelf('S-2', sku, 5);
	const away = await movedTo('S-2', fulfillmentOrder.id);
	const elsewhere = { fulfillmentOrderId: away.id, orderId: order.id };
	await say('S-2', 'start_picking', elsewhere);
	expect(await say('S-1', 'start_picking', target)).toMatchObject({ outcome: 'applied', exceptions: [] });
	expect(await seen('S-1', fulfillmentOrder.id)).toMatchObject({ deleted: true });
	expect(await say('S-1', 'pick', { ...target, ...units(2) })).toMatchObject({
		exceptions: ['picked_after_move'],
	});
	const [first] = await partsOf(order.id);
	expect(first).toMatchObject({ state: 'moved', putBack: [{ sku, quantity: 2 }] });
	expect((await seen('S-1', fulfillmentOrder.id))?.body).toEqual(first);
	expect(await seen('S-1', order.id)).toMatchObject({ deleted: false });
	expect((await orderOf(order.id)).fulfillments.map(({ siteId }) => siteId)).toEqual(['S-2', 'S-1']);
	expect(await exceptionsAbout(order.number)).toEqual([
		['S-1', 'picked_after_move', 'Store S-2'],
		['S-2', 'picked_after_move', 'Store S-2'],
	]);
	await say('S-2', 'pick', { ...elsewhere, ...units(2) });
	expect(await seen('S-1', order.id)).toMatchObject({ deleted: false });
	await say('S-1', 'put_back', { ...target, sku, quantity: 1 });
	expect(await seen('S-1', fulfillmentOrder.id)).toMatchObject({ deleted: false });
	await say('S-1', 'put_back', { ...target, sku, quantity: 1 });
	expect(await seen('S-1', fulfillmentOrder.id)).toEqual({ deleted: true, body: null });
	expect(await seen('S-1', order.id)).toEqual({ deleted: true, body: null });
	expect((await orderOf(order.id)).fulfillments.map(({ siteId }) => siteId)).toEqual(['S-2']);
	expect(await stock('S-1', sku)).toEqual({ available: 2, allocated: 0, picked: 0 });
	expect(await partsOf(order.id)).toMatchObject([{ state: 'moved' }, { state: 'picked', putBack: [] }]);
});

test('a moved fulfillment order that was picked already stays in sight until its units are put back', async () => {
	const { order, fulfillmentOrder, target, units, sku } = await newOrder(2);
	await putOnShelf('S-2', sku, 5);
	await say('S-1', 'pick', { ...target, ...units(1) });
	const { db, clock } = central.ingest;
	const refused = await moveFulfillmentOrder({ db, clock }, fulfillmentOrder.id, { siteId: 'S-2' });
	expect(refused).toMatchObject({ moved: false, status: 409, problem: { error: 'already_started' } });
	await moveFulfillmentOrder({ db, clock }, fulfillmentOrder.id, { siteId: 'S-2', evenIfStarted: true });
	expect((await seen('S-1', fulfillmentOrder.id))?.body).toMatchObject({ state: 'moved', putBack: [{ quantity: 1 }] });
	expect(await seen('S-1', order.id)).toMatchObject({ deleted: false });
	await say('S-1', 'put_back', { ...target, sku, quantity: 1 });
	expect(await seen('S-1', fulfillmentOrder.id)).toMatchObject({ deleted: true });
	expect(await seen('S-1', order.id)).toMatchObject({ deleted: true });
});

test('an address that the first site edits after the order has left reaches the other site, and does not come back to the first', async () => {
	const { order, fulfillmentOrder, sku } = await newOrder(2);
	await putOnShelf('S-2', sku, 5);
	await movedTo('S-2', fulfillmentOrder.id);
	const shipTo = { line1: '9 New Street', town: 'Leeds', postalCode: 'LS2', country: 'GB' };
	expect(await say('S-1', 'edit_address', { orderId: order.id, shipTo })).toMatchObject({ outcome: 'applied' });
	expect((await seen('S-2', order.id))?.body).toMatchObject({ shipTo });
	expect(await seen('S-1', order.id)).toEqual({ deleted: true, body: null });
});

test('goods of a moved order that the first site handed over all the same are not sent by the other one, and both are told', async () => {
	const { order, fulfillmentOrder, target, units, sku } = await newOrder(2, 'pickup');
	await putOnShelf('S-2', sku, 5);
	const away = await movedTo('S-2', fulfillmentOrder.id);
	await say('S-2', 'pick', { fulfillmentOrderId: away.id, orderId: order.id, ...units(1) });
	const handover = { ...target, lines: [units(2)], identityCheck: 'pass_code', collectedBy: 'Ada' };
	expect(await say('S-1', 'hand_over', handover)).toMatchObject({
		exceptions: expect.arrayContaining(['fulfilled_after_move']),
	});
	expect(await partsOf(order.id)).toMatchObject([
		{ state: 'handed_over', lines: [{ quantities: { handedOver: 2 } }] },
		{ state: 'cancelled', lines: [{ quantities: { toPick: 0, picked: 0, cancelled: 2 } }], putBack: [{ quantity: 1 }] },
	]);
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 0, withCustomer: 2, cancelled: 0 }]);
	expect((await seen('S-2', away.id))?.body).toMatchObject({ putBack: [{ sku, quantity: 1 }] });
	const told = await exceptionsAbout(order.number);
	expect(told).toContainEqual(['S-1', 'fulfilled_after_move', 'Store S-2']);
	expect(told).toContainEqual(['S-2', 'fulfilled_after_move', 'Store S-2']);
});

test('line short at site: its units go out from another site at once, and the site is not asked again for them until they are counted', async () => {
	const { order, target, units, sku } = await newOrder(3);
	await putOnShelf('S-1', sku, 9);
	await putOnShelf('S-2', sku, 5);
	const short = await say('S-1', 'short', { ...target, ...units(2), reason: 'not_found' });
	expect(short).toMatchObject({ outcome: 'applied', exceptions: ['units_short'] });
	const [first, second] = await partsOf(order.id);
	expect(first).toMatchObject({ state: 'picking', lines: [{ quantities: { toPick: 1, short: 2 } }] });
	expect(second).toMatchObject({ number: `${order.number}-2`, siteId: 'S-2', lines: [{ quantities: { toPick: 2 } }] });
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 3, short: 0, unassigned: 0 }]);
	expect((await seen('S-2', second?.id ?? ''))?.body).toEqual(second);
	expect(await seen('S-2', order.id)).toMatchObject({ deleted: false });
	expect(await exceptionsAbout(order.number)).toEqual([['S-1', 'units_short', 'Store S-2']]);
	const promised = async () =>
		(await readStockShelf(central.database.db, [sku], { at: '2026-11-20T10:00:00Z', lock: false })).free('S-1', sku);
	expect(await promised()).toBe(0);
	const found = await say('S-1', 'pick', { ...target, ...units(3) });
	expect(found.exceptions).toContain('surplus_pick');
	await say('S-1', 'count', { countId: `count-${sku}`, sku, posts: 'at_once', scans: [{ expected: 7, counted: 7 }] });
	expect(await promised()).toBe(7);
});

test('line short at site, and nobody else has the goods: the units stay short, and the exception says so', async () => {
	const { order, target, units } = await newOrder(2);
	await say('S-1', 'short', { ...target, ...units(2), reason: 'damaged' });
	expect(await partsOf(order.id)).toHaveLength(1);
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 0, short: 2 }]);
	expect(await exceptionsAbout(order.number)).toEqual([['S-1', 'units_short', undefined]]);
	const pickup = await newOrder(2, 'pickup');
	await putOnShelf('S-2', pickup.sku, 5);
	await say('S-1', 'short', { ...pickup.target, ...pickup.units(2), reason: 'not_found' });
	expect(await partsOf(pickup.order.id)).toHaveLength(1);
	expect((await orderOf(pickup.order.id)).lines).toMatchObject([{ short: 2 }]);
});

test('an order that its site declines goes to another one at once, and not back to who declined it', async () => {
	const { order, fulfillmentOrder, target, sku } = await newOrder(2);
	await putOnShelf('S-2', sku, 2);
	expect(await say('S-1', 'decline', { ...target, reason: 'no staff' })).toMatchObject({ exceptions: [] });
	const [, second] = await partsOf(order.id);
	expect(second).toMatchObject({ siteId: 'S-2', state: 'assigned' });
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 2, unassigned: 0 }]);
	expect(await seen('S-1', fulfillmentOrder.id)).toEqual({ deleted: true, body: null });
	expect(await seen('S-1', order.id)).toEqual({ deleted: true, body: null });
	const again = { fulfillmentOrderId: second?.id, orderId: order.id, reason: 'closed' };
	expect(await say('S-2', 'decline', again)).toMatchObject({ exceptions: ['not_enough_stock'] });
	expect(await partsOf(order.id)).toHaveLength(2);
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 2, unassigned: 2 }]);
	expect(await seen('S-2', order.id)).toMatchObject({ deleted: false });
	await putOnShelf('S-3', sku, 2);
	const third = await movedTo('S-3', second?.id ?? '');
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 2, unassigned: 0 }]);
	expect(await seen('S-2', order.id)).toMatchObject({ deleted: true });
	expect(await seen('S-3', third.id)).toMatchObject({ deleted: false });
});

test('stock falls below what is promised: allocations are rerouted, the latest promise first, and nobody is told twice', async () => {
	const early = await newOrder(2, 'ship', { promisedAt: '2026-11-23T16:00:00Z' });
	const { sku } = early;
	const lines = early.fulfillmentOrder.lines;
	const late = await newOrder(2, 'ship', { promisedAt: '2026-11-25T16:00:00Z', lines });
	const started = await newOrder(2, 'ship', { promisedAt: '2026-11-27T16:00:00Z', lines });
	await say('S-1', 'start_picking', started.target);
	await putOnShelf('S-2', sku, 2);
	const count = (counted: number) => ({
		countId: `${sku}-${counted}`,
		sku,
		posts: 'at_once',
		scans: [{ expected: 6, counted }],
	});
	expect(await say('S-1', 'count', count(5))).toMatchObject({ exceptions: ['count_differs', 'stock_below_zero'] });
	expect(await stock('S-1', sku)).toEqual({ available: 0, allocated: 5, picked: 0 });
	expect(await partsOf(late.order.id)).toMatchObject([
		{ state: 'assigned', lines: [{ quantities: { toPick: 1, cancelled: 1 } }] },
		{ siteId: 'S-2', lines: [{ quantities: { toPick: 1 } }] },
	]);
	expect(await say('S-1', 'count', { ...count(4), scans: [{ expected: 5, counted: 4 }] })).toMatchObject({
		exceptions: ['count_differs'],
	});
	expect(await partsOf(late.order.id)).toMatchObject([{ state: 'moved' }, { siteId: 'S-2' }, { siteId: 'S-2' }]);
	expect(await say('S-1', 'count', { ...count(3), scans: [{ expected: 4, counted: 3 }] })).toMatchObject({
		exceptions: ['count_differs'],
	});
	expect(await stock('S-1', sku)).toEqual({ available: -1, allocated: 4, picked: 0 });
	expect(await partsOf(early.order.id)).toHaveLength(1);
	expect(await partsOf(started.order.id)).toHaveLength(1);
	await putOnShelf('S-3', sku, 1);
	await rerouteAllShortages(central.ingest);
	expect(await partsOf(early.order.id)).toMatchObject([{ state: 'assigned' }, { siteId: 'S-3' }]);
	expect(await stock('S-1', sku)).toEqual({ available: 0, allocated: 3, picked: 0 });
	const told = await central.database.db.selectFrom('exception_case').select('body').execute();
	const belowZero = told.filter(({ body }) => body.exceptionKind === 'stock_below_zero' && body.sku === sku);
	expect(belowZero).toHaveLength(1);
	await rerouteAllShortages(central.ingest);
	expect(await partsOf(early.order.id)).toHaveLength(2);
});

test('a short puts a count of half a minute into the site’s work, once, and the count closes it; so does a debt', async () => {
	const { target, units, sku } = await newOrder(3);
	await putOnShelf('S-1', sku, 4);
	const asked = async () =>
		(
			await central.database.db
				.selectFrom('stock_document')
				.select(['body', 'state'])
				.where('kind', '=', 'count')
				.orderBy('id')
				.execute()
		).filter(({ body }) => 'asked' in body && body.asked[0]?.sku === sku);
	await say('S-1', 'short', { ...target, ...units(1), reason: 'not_found' });
	await say('S-1', 'short', { ...target, ...units(1), reason: 'not_found' });
	expect(await asked()).toMatchObject([
		{ state: 'open', body: { reason: 'short', siteId: 'S-1', countKind: 'directed' } },
	]);
	const count = { countId: `count-${sku}`, sku, posts: 'at_once' };
	await say('S-1', 'count', { ...count, scans: [{ expected: 5, counted: 5 }] });
	expect(await asked()).toMatchObject([{ state: 'posted' }]);
	await say('S-1', 'count', { ...count, countId: `again-${sku}`, scans: [{ expected: 9, counted: 3 }] });
	expect((await asked()).map(({ state, body }) => [state, 'reason' in body && body.reason]).sort()).toEqual([
		['open', 'debt'],
		['posted', 'short'],
	]);
});

test('units that a second site declines too are to be seen again where the first declined them', async () => {
	const { order, target, sku } = await newOrder(2);
	await putOnShelf('S-2', sku, 2);
	await say('S-1', 'decline', { ...target, reason: 'too busy' });
	expect(await seen('S-1', target.fulfillmentOrderId)).toMatchObject({ deleted: true });
	const [, second] = await partsOf(order.id);
	if (second === undefined) throw new Error('The second site has a part');
	await say('S-2', 'decline', { fulfillmentOrderId: second.id, orderId: order.id, reason: 'too busy' });
	expect((await orderOf(order.id)).lines).toMatchObject([{ open: 2, unassigned: 2 }]);
	for (const [siteId, id] of [
		['S-1', target.fulfillmentOrderId],
		['S-2', second.id],
	] as const) {
		expect(await seen(siteId, order.id)).toMatchObject({ deleted: false });
		expect(await seen(siteId, id)).toMatchObject({ deleted: false });
	}
});
