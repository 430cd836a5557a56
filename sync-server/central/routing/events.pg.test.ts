import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Order, OrderCapture } from '../../../shared/schema/order.ts';
import { createTestDatabase } from '../../../test/postgres-for-tests.ts';
import { fillShop, shopCapture } from '../../../test/shop-for-tests.ts';
import { openDatabase } from '../../database/open-database.ts';
import { checkLedger, postMovements } from '../inventory/stock-ledger.ts';
import { captureOrder, findOrder } from '../orders/capture-order.ts';
import { changeClosedDays } from './close-site.ts';
import { readDecisions } from './live/routing-decisions.ts';
import { moveFulfillmentOrder } from './move-fulfillment-order.ts';
import { placeFinder } from './place-of-address.ts';
import { rerouteLate } from './reroute-late.ts';
import { routeWaiting } from './route-waiting.ts';
import { tellOfPickups } from './tell-of-pickups.ts';
import { watchEvents } from './watch-events.ts';

/** A Friday, before the carrier's hour at 16:00. */
const friday = '2026-11-20T10:00:05Z';
let now = friday;
const clock = { now: () => Temporal.Instant.from(now) };
const findPlace = placeFinder([]);
const testDatabase = await createTestDatabase();
const database = openDatabase(testDatabase.url);
const { db } = database;
const context = { db, clock, findPlace };
await fillShop(database, { 'leeds A': 20, 'london A': 20, 'daventry A': 20 });
afterAll(async () => {
	await database.close();
	await testDatabase.drop();
});
beforeEach(async () => {
	now = friday;
	await db.deleteFrom('device').execute();
	for (const siteId of ['leeds', 'london', 'daventry']) await changeClosedDays(context, siteId, []);
});

async function captured(changes: Partial<OrderCapture> = {}): Promise<Order> {
	const capture = shopCapture({ placedAt: now, ...changes });
	const result = await captureOrder(db, capture, { now: clock.now(), findPlace });
	if (!result.captured) throw new Error(result.fault.message);
	return result.order;
}

async function arrive(siteId: string, sku: string, quantity: number): Promise<void> {
	const movement = { siteId, sku, quantity, from: 'supplier', to: 'available', reason: 'opening' } as const;
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: now };
	await db.transaction().execute((transaction) => postMovements(transaction, [movement], posting));
}

const read = async ({ id }: Order) => (await findOrder(db, id)) as Order;
const sitesOf = ({ fulfillments }: Order) => fulfillments.map(({ siteId }) => siteId);

/** A device of the site spoke to central last at this instant. */
async function heard(siteId: string, at: string): Promise<void> {
	await db
		.insertInto('device')
		.values({
			id: crypto.randomUUID(),
			site_id: siteId,
			name: 'Counter',
			credential_hash: crypto.randomUUID(),
			credential_expires_at: '2027-01-01T00:00:00Z',
			created_at: '2026-01-01T00:00:00Z',
			last_seen_at: at,
		})
		.execute();
}

test('units that no site had go out from the first site that gets them, and nobody has to look at them any more', async () => {
	const order = await captured({ lines: [{ sku: 'C', quantity: 3 }] });
	expect(order.lines[0]).toMatchObject({ open: 3, unassigned: 3 });
	expect(await routeWaiting(context)).toBe(0);
	await arrive('london', 'C', 2);
	expect(await routeWaiting(context, ['B'])).toBe(0);
	expect(await routeWaiting(context, ['C'])).toBe(1);
	expect(await read(order)).toMatchObject({ lines: [{ open: 3, unassigned: 1 }] });
	await arrive('london', 'C', 5);
	expect(await routeWaiting(context)).toBe(1);
	const after = await read(order);
	expect(sitesOf(after)).toEqual(['london', 'london']);
	expect(after.lines[0]).toMatchObject({ open: 3, unassigned: 0 });
	const [decision] = await readDecisions(db, order.id);
	expect(decision).toMatchObject({ cause: 'stock_came', chosen: { parcels: [{ siteId: 'london', units: 1 }] } });
	const told = await db
		.selectFrom('exception_case')
		.select('state')
		.where('id', '=', `${order.id}-not-enough-stock`)
		.execute();
	expect(told).toEqual([{ state: 'resolved' }]);
	expect(await routeWaiting(context)).toBe(0);
	expect(await checkLedger(db)).toEqual([]);
});

test('what is collected waits for stock at its own store, however much there is elsewhere', async () => {
	const order = await captured({ method: 'pickup', siteId: 'leeds', lines: [{ sku: 'B', quantity: 2 }] });
	await arrive('london', 'B', 9);
	expect(await routeWaiting(context, ['B'])).toBe(0);
	await arrive('leeds', 'B', 9);
	expect(await routeWaiting(context, ['B'])).toBe(1);
	expect(sitesOf(await read(order))).toEqual(['leeds']);
});

test('a part that nobody has started goes elsewhere at once when its site closes, and does not come back', async () => {
	const order = await captured();
	expect(sitesOf(order)).toEqual(['leeds']);
	expect(await changeClosedDays(context, 'leeds', ['2026-11-20', '2026-11-21', '2026-11-22'])).toMatchObject({
		done: true,
		moved: 1,
		site: { closedDays: ['2026-11-20', '2026-11-21', '2026-11-22'] },
	});
	const after = await read(order);
	expect(sitesOf(after)).not.toContain('leeds');
	const [decision] = await readDecisions(db, order.id);
	expect(decision).toMatchObject({ cause: 'site_closed' });
	expect(await changeClosedDays(context, 'leeds', ['2026-11-20', '2026-11-21', '2026-11-22'])).toMatchObject({
		moved: 0,
	});
	await changeClosedDays(context, 'leeds', []);
	const [siteId = ''] = sitesOf(after);
	await changeClosedDays(context, siteId, ['2026-11-20', '2026-11-21', '2026-11-22']);
	expect(sitesOf(await read(order))).not.toContain('leeds');
	expect(await checkLedger(db)).toEqual([]);
});

test('a part that somebody has started stays, and so does a pickup', async () => {
	const started = await captured();
	const pickup = await captured({ method: 'pickup', siteId: 'leeds' });
	await db.updateTable('fulfillment_order').set({ state: 'picking' }).where('order_id', '=', started.id).execute();
	expect(await changeClosedDays(context, 'leeds', ['2026-11-20', '2026-11-21'])).toMatchObject({ moved: 0 });
	expect(sitesOf(await read(started))).toEqual(['leeds']);
	expect(sitesOf(await read(pickup))).toEqual(['leeds']);
});

async function toldAbout({ fulfillments }: Order) {
	const ids = fulfillments.map(({ fulfillmentOrderId }) => `${fulfillmentOrderId}-pickup-in-danger`);
	const cases = await db.selectFrom('exception_case').select(['site_id', 'body']).where('id', 'in', ids).execute();
	return cases.map(({ site_id, body }) => ({ siteId: site_id, state: body.state, problem: body.problem }));
}
async function operationsAt(siteId: string): Promise<void> {
	const body = { id: `ann-${siteId}`, kind: 'associate', siteId, name: 'Ann', roles: ['operations'] };
	const values = { id: body.id, site_id: siteId, body: JSON.stringify(body), pin_hash: '' };
	await db.insertInto('associate').values(values).execute();
}

test('operations are told of each pickup at a site that closes or is quiet, where they can be told, until it opens or is heard of', async () => {
	const pickup = { method: 'pickup', siteId: 'leeds' } as const;
	const [order, later] = [await captured(pickup), await captured({ ...pickup, promisedAt: '2026-11-27T12:00:00Z' })];
	const shipped = await captured();
	await tellOfPickups(context);
	expect(await toldAbout(order)).toEqual([]);
	await changeClosedDays(context, 'leeds', ['2026-11-20', '2026-11-21']);
	expect(await toldAbout(order)).toEqual([{ siteId: 'leeds', state: 'open', problem: 'closed' }]);
	expect([...(await toldAbout(later)), ...(await toldAbout(shipped))]).toEqual([]);
	await changeClosedDays(context, 'leeds', []);
	expect(await toldAbout(order)).toEqual([{ siteId: 'leeds', state: 'resolved', problem: 'closed' }]);

	for (const siteId of ['leeds', 'london', 'daventry']) await operationsAt(siteId);
	const second = await captured(pickup);
	await heard('leeds', friday);
	await heard('daventry', friday);
	now = '2026-11-20T11:30:00Z';
	await Promise.all([tellOfPickups(context), tellOfPickups(context)]);
	expect(await toldAbout(order)).toEqual([{ siteId: 'leeds', state: 'open', problem: 'quiet' }]);
	// Daventry is nearer, and quiet itself.
	expect(await toldAbout(second)).toEqual([{ siteId: 'london', state: 'open', problem: 'quiet' }]);
	const streams = await db
		.selectFrom('stream_document')
		.select(['stream_id', 'body'])
		.where('document_id', 'like', `${second.fulfillments[0]?.fulfillmentOrderId}-pickup%`)
		.execute();
	expect(streams).toMatchObject([{ stream_id: 'site:london', body: { otherSiteName: 'The shop in leeds' } }]);
	await db
		.updateTable('exception_case')
		.set({ state: 'resolved', body: sql`body || '{"state": "resolved", "resolvedBy": "Ann"}'` })
		.where('id', 'like', `${second.fulfillments[0]?.fulfillmentOrderId}%`)
		.execute();
	await tellOfPickups(context);
	expect(await toldAbout(second)).toMatchObject([{ state: 'resolved' }]);
	await heard('leeds', now);
	await tellOfPickups(context);
	expect(await toldAbout(order)).toMatchObject([{ state: 'resolved' }]);
	expect(sitesOf(await read(order))).toEqual(['leeds']);
});

test('a pickup that has moved away is told of no longer', async () => {
	const order = await captured({ method: 'pickup', siteId: 'leeds' });
	await changeClosedDays(context, 'leeds', ['2026-11-20', '2026-11-21']);
	expect(await toldAbout(order)).toMatchObject([{ state: 'open' }]);
	const [part] = order.fulfillments;
	if (part === undefined) throw new Error('The order has no part.');
	await moveFulfillmentOrder(context, part.fulfillmentOrderId, { siteId: 'london' });
	await tellOfPickups(context);
	expect(await toldAbout(order)).toMatchObject([{ state: 'resolved' }]);
});

test('a part whose carrier has gone goes where one comes later that day, and stays where none does', async () => {
	const order = await captured();
	now = '2026-11-20T16:30:00Z';
	expect(await rerouteLate(context)).toBe(0);
	await db.transaction().execute(async (transaction) => {
		const { body } = await transaction
			.selectFrom('site')
			.select('body')
			.where('id', '=', 'london')
			.executeTakeFirstOrThrow();
		const later = { ...body, cutOff: '17:30' };
		await transaction
			.updateTable('site')
			.set({ body: JSON.stringify(later) })
			.where('id', '=', 'london')
			.execute();
	});
	expect(await rerouteLate(context)).toBeGreaterThan(0);
	expect(sitesOf(await read(order))).toEqual(['london']);
	const [decision] = await readDecisions(db, order.id);
	expect(decision).toMatchObject({ cause: 'cut_off_passed' });
});

test('a site that was not heard of while it was open gets nothing new, and keeps what it has', async () => {
	const before = await captured();
	expect(sitesOf(before)).toEqual(['leeds']);
	now = '2026-11-20T13:00:00Z';
	await heard('leeds', friday);
	const order = await captured();
	expect(sitesOf(order)).not.toContain('leeds');
	const [decision] = await readDecisions(db, order.id);
	expect(decision?.sites.find(({ siteId }) => siteId === 'leeds')).toMatchObject({ verdict: 'not_heard_of' });
	now = '2026-11-22T13:00:00Z';
	await rerouteLate(context);
	expect(sitesOf(await read(before))).toEqual(['leeds']);
	await heard('leeds', now);
	expect(sitesOf(await captured())).toEqual(['leeds']);
});

test('who chose no store collects at the nearest that is heard of and open; a chosen one stays chosen', async () => {
	const pickup = { method: 'pickup', lines: [{ sku: 'A', quantity: 1 }] } as const;
	const at = async (changes: Partial<OrderCapture> = {}) =>
		sitesOf(await captured({ ...pickup, lines: [...pickup.lines], ...changes }));
	expect(await at()).toEqual(['leeds']);
	await changeClosedDays(context, 'leeds', ['2026-11-20']);
	expect(await at()).toEqual(['london']);
	await changeClosedDays(context, 'leeds', []);
	await heard('leeds', friday);
	now = '2026-11-20T13:00:00Z';
	expect(await at()).toEqual(['london']);
	expect(await at({ siteId: 'leeds' })).toEqual(['leeds']);
	await changeClosedDays(context, 'london', ['2026-11-20']);
	expect(await at()).toEqual(['leeds']);
});

test('nothing is taken from a site of which nobody knows what it has begun', async () => {
	const order = await captured();
	expect(sitesOf(order)).toEqual(['leeds']);
	await heard('leeds', '2026-11-20T15:30:00Z');
	now = '2026-11-20T16:05:00Z';
	await rerouteLate(context);
	expect(sitesOf(await read(order))).toEqual(['leeds']);
	await heard('leeds', '2026-11-20T16:04:00Z');
	await rerouteLate(context);
	expect(sitesOf(await read(order))).toEqual(['london']);
});

test('a site whose devices sleep at night is not cut off', async () => {
	await heard('leeds', '2026-11-19T17:50:00Z');
	now = '2026-11-20T09:30:00Z';
	expect(sitesOf(await captured())).toEqual(['leeds']);
});

test('whoever brings stock in, on whichever server, what waits for it gets it within moments', async () => {
	const stop = await watchEvents({ ...context, url: testDatabase.url }, () => undefined);
	try {
		const order = await captured({ lines: [{ sku: 'C', quantity: 50 }] });
		await arrive('daventry', 'C', 60);
		await expect.poll(async () => (await read(order)).lines[0]?.unassigned, { timeout: 20_000 }).toBe(0);
		expect(sitesOf(await read(order))).toContain('daventry');
	} finally {
		await stop();
	}
});

test.each([
	['a site that is not there', 'atlantis', ['2026-11-20'], 404, '/siteId'],
	['a day that is in no calendar', 'leeds', ['2026-11-20', '2026-02-30'], 400, '/closedDays/1'],
])('%s is told in words, and nothing changes', async (_words, siteId, days, status, where) => {
	expect(await changeClosedDays(context, siteId, days)).toMatchObject({ done: false, status, problem: { where } });
	const { body } = await db.selectFrom('site').select('body').where('id', '=', 'leeds').executeTakeFirstOrThrow();
	expect(body.closedDays).toEqual([]);
});
