import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitsNotLeft } from '../../../../shared/domain/order-parts.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import { addDevice, testCentralOn } from '../../../../test/central-for-tests.ts';
import { openShop, shopCapture } from '../../../../test/shop-for-tests.ts';
import type { Clock } from '../../../clock.ts';
import { siteStream } from '../../../database/documents.ts';
import { type Database, openDatabase } from '../../../database/open-database.ts';
import { takeInOperation } from '../../../ingest/take-in-operation.ts';
import { checkLedger, postMovements } from '../../inventory/stock-ledger.ts';
import { captureOrder } from '../../orders/capture-order.ts';
import { readDecisions } from '../live/routing-decisions.ts';
import { placeFinder } from '../place-of-address.ts';
import { planBatch } from './plan-batch.ts';
import { planInThread } from './plan-in-thread.ts';
import { listRuns, runMoves } from './routing-runs.ts';
import { type BatchContext, resumeBatch, runBatch } from './run-batch.ts';

const findPlace = placeFinder([]);
let now = Temporal.Instant.from('2026-11-20T10:00:05Z');
const clock: Clock = { now: () => now };
const york = shopCapture().shipTo;
const brighton = { ...york, town: 'Brighton', lat: 50.82, lon: -0.14 };

type Shop = Database & { drop(): Promise<void> };
let shop: Shop;
beforeAll(async () => {
	shop = await openShop({});
});
afterAll(() => shop.drop());

/** Empties the shop and fills its shelves. */
async function refill(stock: Readonly<Record<string, number>>): Promise<void> {
	await sql`TRUNCATE customer_order, fulfillment_order, routing_decision, routing_run, routing_move, routing_price, stock_position,
		outside_position, movement, stock_doubt, stream_document`.execute(shop.db);
	await arrive(stock);
}

const context = (changes: Partial<BatchContext> = {}): BatchContext => ({
	db: shop.db,
	clock,
	findPlace,
	server: 'server 1',
	plan: (question) =>
		planBatch(question, {
			nowMs: () => performance.now(),
			loadSolver: async () => ({ missing: 'no WebAssembly here' }),
		}),
	log: () => undefined,
	...changes,
});

async function capture(shipTo = york, lines = [{ sku: 'A', quantity: 1 }]): Promise<Order> {
	const result = await captureOrder(shop.db, shopCapture({ shipTo, lines }), { now, findPlace });
	if (!result.captured) throw new Error(result.fault.message);
	return result.order;
}

/** Goods that come after the orders: what would have been better with them. */
async function arrive(stock: Readonly<Record<string, number>>): Promise<void> {
	const movements = Object.entries(stock).map(([key, quantity]) => {
		const [siteId = '', sku = ''] = key.split(' ');
		return { siteId, sku, quantity, from: 'supplier', to: 'available', reason: 'opening' } as const;
	});
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: now.toString() };
	await postMovements(shop.db, movements, posting);
}

async function partsOf({ id }: Order): Promise<readonly FulfillmentOrder[]> {
	const rows = await shop.db
		.selectFrom('fulfillment_order')
		.select('body')
		.where('order_id', '=', id)
		.orderBy('id')
		.execute();
	return rows.map(({ body }) => body);
}

/** Where the order's units are, for instance `1 A leeds`. */
async function unitsOf(order: Order): Promise<readonly string[]> {
	const parts = await partsOf(order);
	return parts.flatMap((part) => unitsNotLeft(part).map(({ sku, quantity }) => `${quantity} ${sku} ${part.siteId}`));
}

/** Somebody begins to pick everything of an order. */
async function begin(order: Order): Promise<void> {
	await sql`UPDATE fulfillment_order SET state = 'picking', body = body || '{"state": "picking", "pickerName": "Ada"}'
		WHERE order_id = ${order.id}`.execute(shop.db);
}

/** The server's database is away once so many moves are made: what a crash leaves behind is what PostgreSQL has taken. */
async function crashAfter(moves: number): Promise<() => Promise<void>> {
	await sql`CREATE FUNCTION power_is_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF (SELECT count(*) FROM routing_move WHERE state = 'applied') > ${sql.lit(moves)} THEN
			RAISE EXCEPTION 'the power is out' USING ERRCODE = '57P01';
		END IF;
		RETURN NULL;
	END $$`.execute(shop.db);
	await sql`CREATE TRIGGER power_is_out AFTER UPDATE ON routing_move FOR EACH STATEMENT EXECUTE FUNCTION power_is_out()`.execute(
		shop.db,
	);
	return async () => void (await sql`DROP FUNCTION power_is_out CASCADE`.execute(shop.db));
}

/** The only device of a site was heard of last so many minutes ago. */
async function silence(siteId: string, minutes: number): Promise<void> {
	const at = now.subtract({ minutes }).toString();
	await sql`INSERT INTO device (id, site_id, name, credential_hash, credential_expires_at, created_at, last_seen_at)
		VALUES (${siteId}, ${siteId}, 'Counter', ${siteId}, ${at}, ${at}, ${at})`.execute(shop.db);
}

async function lastRun() {
	const [run] = await listRuns(shop.db);
	if (run === undefined) throw new Error('There is no run.');
	return run;
}

describe('a run', () => {
	it('takes nothing from a site whose people may have begun what nobody has heard of, also when it falls silent meanwhile', async () => {
		await refill({ 'london A': 5 });
		const order = await capture();
		await arrive({ 'leeds A': 1 });
		const own = context();
		const thenSilent: BatchContext['plan'] = async (question, signal) => {
			const plan = await own.plan(question, signal);
			await silence('london', 10);
			return plan;
		};
		await runBatch({ ...own, plan: thenSilent });
		expect(await lastRun()).toMatchObject({ moves: { planned: 1, applied: 0, dropped: 1 } });
		await runBatch(own);
		expect(await lastRun()).toMatchObject({ findings: { orders: 0 } });
		expect(await unitsOf(order)).toEqual(['1 A london']);
		await sql`DELETE FROM device`.execute(shop.db);
	});

	it('brings orders to where they cost the least, says why, and finds nothing to do right after', async () => {
		await refill({ 'london A': 5 });
		const order = await capture();
		expect(await unitsOf(order)).toEqual(['1 A london']);
		await arrive({ 'leeds A': 1 });
		const lines: string[] = [];
		const runId = await runBatch(context({ plan: planInThread, log: (line) => lines.push(line) }));
		expect(await unitsOf(order)).toEqual(['1 A leeds']);
		const [from, to] = await partsOf(order);
		expect(from).toMatchObject({ state: 'moved', movedTo: { siteId: 'leeds' } });
		expect(to).toMatchObject({ movedFrom: { siteId: 'london' }, routing: { cause: 'batch' } });
		const [decision] = await readDecisions(shop.db, order.id);
		expect(decision).toMatchObject({
			cause: 'batch',
			chosen: { parcels: [{ siteId: 'leeds', units: 1 }], unfilledUnits: 0 },
		});
		expect(decision?.chosen.totalMinor).toBeLessThan(decision?.alternatives[0]?.totalMinor ?? 0);
		const seen = await shop.db
			.selectFrom('stream_document')
			.select(['stream_id', 'deleted'])
			.where('collection', '=', 'work')
			.orderBy('stream_id')
			.execute();
		expect(seen).toEqual([
			{ stream_id: siteStream('leeds'), deleted: false },
			{ stream_id: siteStream('london'), deleted: true },
		]);
		const run = await lastRun();
		expect(run).toMatchObject({
			id: runId,
			state: 'published',
			server: 'server 1',
			findings: { orders: 1, units: 1, chosenBy: expect.any(String), rulesVersion: 1 },
			moves: { planned: 1, applied: 1, dropped: 0 },
		});
		expect(run.findings?.boundMinor).toBeLessThanOrEqual(run.findings?.plannedMinor ?? 0);
		expect(run.savedMinor).toBeGreaterThan(0);
		expect(lines).toEqual([expect.stringMatching(/^Routing run published: 1 orders, 1 moved, [\d.]+ GBP saved, /)]);
		await runBatch(context());
		expect(await lastRun()).toMatchObject({ state: 'published', moves: { planned: 0 } });
		expect(await unitsOf(order)).toEqual(['1 A leeds']);
		expect(await checkLedger(shop.db)).toEqual([]);
	});

	it('answers without HiGHS too, and says so', async () => {
		await refill({ 'london A': 5 });
		const order = await capture();
		await arrive({ 'leeds A': 1 });
		await runBatch(context());
		expect(await unitsOf(order)).toEqual(['1 A leeds']);
		const { findings } = await lastRun();
		expect(findings?.chosenBy).toBe('own improvement');
		expect(findings?.because).toMatch(/no WebAssembly here|nothing to gain/);
		expect(findings?.gap).toBeLessThan(0.025);
	});

	it('never brings an order back to a site that declined it', async () => {
		await refill({ 'leeds A': 1, 'london A': 5 });
		const central = await testCentralOn(shop.url, clock);
		try {
			const order = await capture();
			const [part] = await partsOf(order);
			const device = await addDevice(central, 'leeds', 'manager');
			const payload = { fulfillmentOrderId: part?.id, orderId: order.id, reason: 'too busy' };
			await takeInOperation(central.ingest, device, device.write({ type: 'decline', payload }));
			expect(await unitsOf(order)).toEqual(['1 A london']);
			await runBatch(context());
			expect(await unitsOf(order)).toEqual(['1 A london']);
			expect(await lastRun()).toMatchObject({ findings: { orders: 1 }, moves: { planned: 0 } });
		} finally {
			await central.close();
		}
	});

	it('leaves alone what somebody has started, also since it was planned, and with it who would have given way', async () => {
		await refill({ 'leeds A': 1, 'london A': 1 });
		const south = await capture(brighton);
		const north = await capture();
		expect([await unitsOf(south), await unitsOf(north)]).toEqual([['1 A london'], ['1 A leeds']]);
		await exchangeSites(south, north);
		const plan = async (...asked: Parameters<BatchContext['plan']>) => {
			const planned = await context().plan(...asked);
			expect(planned.groups.map((group) => group.length)).toEqual([2]);
			await begin(south);
			return planned;
		};
		const before = [await unitsOf(south), await unitsOf(north)];
		const runId = await runBatch(context({ plan }));
		expect([await unitsOf(south), await unitsOf(north)]).toEqual(before);
		const moves = await runMoves(shop.db, runId ?? '');
		expect(moves.map(({ state, reason }) => [state, reason])).toEqual([
			['dropped', 'started'],
			['dropped', 'started'],
		]);
		await runBatch(context());
		expect(await lastRun()).toMatchObject({ findings: { orders: 1 }, moves: { planned: 0 } });
	});

	it('takes nothing that another order has got meanwhile', async () => {
		await refill({ 'london A': 5 });
		const order = await capture();
		await arrive({ 'leeds A': 1 });
		const plan = async (...asked: Parameters<BatchContext['plan']>) => {
			const planned = await context().plan(...asked);
			expect(await unitsOf(await capture())).toEqual(['1 A leeds']);
			return planned;
		};
		const runId = await runBatch(context({ plan }));
		expect(await unitsOf(order)).toEqual(['1 A london']);
		expect(await runMoves(shop.db, runId ?? '')).toMatchObject([{ state: 'dropped', reason: 'stock_changed' }]);
		expect(await checkLedger(shop.db)).toEqual([]);
	});
});

it('after a run, an order that another site can send for little more leaves the last units to those who need them more, for a while', async () => {
	await refill({ 'leeds A': 12, 'london A': 90 });
	for (let order = 0; order < 10; order += 1) await capture();
	const leicester = { ...york, town: 'Leicester', lat: 52.7, lon: -1.13 };
	expect(await unitsOf(await capture(leicester))).toEqual(['1 A leeds']);
	await runBatch(context());
	const order = await capture(leicester);
	expect(await unitsOf(order)).toEqual(['1 A london']);
	const [decision] = await readDecisions(shop.db, order.id);
	const left = decision?.alternatives.find(({ parcels }) => parcels[0]?.siteId === 'leeds');
	expect(left?.worthToOthersMinor).toBeGreaterThan(0);
	expect(left?.totalMinor).toBeLessThan(decision?.chosen.totalMinor ?? 0);
	expect(await unitsOf(await capture())).toEqual(['1 A leeds']);
	await arrive({ 'leeds A': 1 });
	const planned = now;
	try {
		now = now.add({ minutes: 16 });
		expect(await unitsOf(await capture(leicester))).toEqual(['1 A leeds']);
	} finally {
		now = planned;
	}
});

/** Has two orders of one unit each at the other one's site, as if the sites' stock had come the other way round. */
async function exchangeSites(one: Order, other: Order): Promise<void> {
	await sql`UPDATE customer_order SET body = jsonb_set(body, '{shipTo}', CASE id
		WHEN ${one.id} THEN ${JSON.stringify(york)}::jsonb ELSE ${JSON.stringify(brighton)}::jsonb END)
		WHERE id IN (${one.id}, ${other.id})`.execute(shop.db);
}

describe('a crash', () => {
	async function threeToMove(): Promise<readonly Order[]> {
		await refill({ 'london A': 5 });
		const orders = [await capture(), await capture(), await capture()];
		await arrive({ 'leeds A': 3 });
		return orders;
	}
	const sitesOf = async (orders: readonly Order[]) => (await Promise.all(orders.map(unitsOf))).flat();

	it('in the middle of the moves leaves each order moved or as it was, and the rest is moved at the next start', async () => {
		const orders = await threeToMove();
		const mend = await crashAfter(1);
		await expect(runBatch(context())).rejects.toThrow('the power is out');
		expect((await sitesOf(orders)).toSorted()).toEqual(['1 A leeds', '1 A london', '1 A london']);
		expect(await lastRun()).toMatchObject({ state: 'publishing', moves: { planned: 3, applied: 1 } });
		expect(await checkLedger(shop.db)).toEqual([]);
		await mend();
		await resumeBatch(context({ server: 'server 2' }));
		expect(await sitesOf(orders)).toEqual(['1 A leeds', '1 A leeds', '1 A leeds']);
		expect(await lastRun()).toMatchObject({ state: 'published', moves: { applied: 3, dropped: 0 } });
		expect(await checkLedger(shop.db)).toEqual([]);
	});

	it('never leaves one of two orders moved that give each other their place', async () => {
		await refill({ 'leeds A': 1, 'london A': 1 });
		const orders = [await capture(brighton), await capture()];
		await exchangeSites(orders[0] as Order, orders[1] as Order);
		const mend = await crashAfter(0);
		await expect(runBatch(context())).rejects.toThrow('the power is out');
		expect(await sitesOf(orders)).toEqual(['1 A london', '1 A leeds']);
		await mend();
		await resumeBatch(context());
		expect(await sitesOf(orders)).toEqual(['1 A leeds', '1 A london']);
		expect(await checkLedger(shop.db)).toEqual([]);
	});

	it('long ago: what is left of the plan is not made any more', async () => {
		const orders = await threeToMove();
		const mend = await crashAfter(1);
		await expect(runBatch(context())).rejects.toThrow('the power is out');
		await mend();
		const planned = now;
		try {
			now = now.add({ minutes: 11 });
			await resumeBatch(context());
		} finally {
			now = planned;
		}
		expect((await sitesOf(orders)).toSorted()).toEqual(['1 A leeds', '1 A london', '1 A london']);
		expect(await lastRun()).toMatchObject({ state: 'abandoned', moves: { applied: 1, dropped: 2 } });
	});

	it('before the plan is written leaves no plan, and one server alone can have one', async () => {
		const orders = await threeToMove();
		const plan = () => Promise.reject(Object.assign(new Error('the power is out'), { code: '57P01' }));
		await expect(runBatch(context({ plan }))).rejects.toThrow('the power is out');
		expect(await lastRun()).toMatchObject({ state: 'planning', moves: { planned: 0 } });
		const other = openDatabase(shop.url);
		try {
			const ended = await Promise.all([runBatch(context()), runBatch(context({ db: other.db, server: 'server 2' }))]);
			expect(ended.filter((runId) => runId !== undefined)).toHaveLength(1);
		} finally {
			await other.close();
		}
		expect(await sitesOf(orders)).toEqual(['1 A leeds', '1 A leeds', '1 A leeds']);
		expect((await listRuns(shop.db)).map(({ state }) => state)).toEqual(['published', 'abandoned']);
	});

	it('a plan that fails is told, and the next run is not kept from being made', async () => {
		const orders = await threeToMove();
		await runBatch(context({ plan: () => Promise.reject(new Error('no memory left')) }));
		expect(await lastRun()).toMatchObject({ state: 'failed', problem: 'no memory left' });
		await runBatch(context());
		expect(await sitesOf(orders)).toEqual(['1 A leeds', '1 A leeds', '1 A leeds']);
	});
});
