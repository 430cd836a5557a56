import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AvailabilityAnswer, AvailabilityQuestion } from '../../../shared/schema/availability.ts';
import type { PurchaseOrder } from '../../../shared/schema/purchase-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { StockDocument } from '../../../shared/schema/stock-document.ts';
import type { Transfer } from '../../../shared/schema/transfer.ts';
import { openShop, shopCapture, shopSites } from '../../../test/shop-for-tests.ts';
import { stockDocumentRow } from '../inventory/stock-documents.ts';
import { clearStockDoubt, openStockDoubt } from '../inventory/stock-doubt.ts';
import { postMovements } from '../inventory/stock-ledger.ts';
import { captureOrder } from '../orders/capture-order.ts';
import { placeFinder } from '../routing/place-of-address.ts';
import { reckonDailyDemand } from './daily-demand.ts';
import { fillPictures } from './fill-pictures.ts';
import { openPromising, type Promising } from './open-promising.ts';
import { releaseReservation } from './release-reservation.ts';
import type { ReservationRequest } from './reservation-request.ts';
import { reserve } from './reserve.ts';
import { readReliability } from './supply-reliability.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let promising: Promising;
let minutes = 0;
const clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z').add({ minutes }) };
const findPlace = placeFinder([{ outcode: 'YO1', lat: 53.96, lon: -1.08 }]);
const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T10:00:00Z' };

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 6, 'london A': 5, 'london B': 1, 'daventry C': 9 });
	promising = await openPromising({ db: shop.db, url: shop.url, clock, findPlace, log: () => undefined });
});
afterAll(async () => {
	await promising.close();
	await shop.drop();
});

async function ask(question: AvailabilityQuestion): Promise<AvailabilityAnswer> {
	const answer = await promising.answer(question);
	if ('fault' in answer) throw new Error(answer.fault.message);
	return answer;
}

async function siteOf(sku: string, siteId: string, more: Partial<AvailabilityQuestion> = {}) {
	const { availability } = await ask({ lines: [{ sku }], ...more });
	return availability[0]?.sites.find((site) => site.siteId === siteId);
}

const oneOf = async (sku: string) => JSON.parse((await promising.answerOne(sku)).toString()) as AvailabilityAnswer;
const availableAt = async (sku: string, siteId: string) =>
	(await oneOf(sku)).availability[0]?.sites.find((site) => site.siteId === siteId)?.available;

async function keep(document: StockDocument): Promise<void> {
	const { id, kind, site_ids, state, body } = stockDocumentRow(document);
	await shop.db
		.insertInto('stock_document')
		.values({ id, kind, site_ids: [...site_ids], state, body: JSON.stringify(body) })
		.onConflict((conflict) => conflict.column('id').doUpdateSet({ state, body: JSON.stringify(body) }))
		.execute();
}

const purchaseOrder = (id: string, changes: Partial<PurchaseOrder>): PurchaseOrder => ({
	id,
	kind: 'purchase_order',
	number: id,
	siteId: 'leeds',
	supplierId: 'supplier-1',
	supplierName: 'A supplier',
	state: 'open',
	orderedAt: '2026-11-10T10:00:00Z',
	expectedOn: '2026-11-24',
	lines: [{ sku: 'B', name: 'Product B', gtins: [], ordered: 10, received: 2, damaged: 1 }],
	announced: [],
	...changes,
});

const transfer = (id: string, changes: Partial<Transfer>): Transfer => ({
	id,
	kind: 'transfer',
	number: id,
	fromSiteId: 'daventry',
	fromSiteName: 'The shop in daventry',
	toSiteId: 'leeds',
	toSiteName: 'The shop in leeds',
	state: 'in_transit',
	requestedAt: '2026-11-18T10:00:00Z',
	requestedBy: 'Kim',
	expectedOn: '2026-11-22',
	sentAt: '2026-11-19T10:00:00Z',
	lines: [
		{ sku: 'C', name: 'Product C', gtins: [], requested: 4, picked: 4, short: 0, sent: 4, received: 1, damaged: 0 },
	],
	boxes: [],
	...changes,
});

/** PostgreSQL tells of a change within moments. */
const soon = (expected: unknown, found: () => Promise<unknown>) =>
	expect.poll(found, { timeout: 3000, interval: 5 }).toEqual(expected);
const bucketsAt = async (sku: string, siteId: string) => (await siteOf(sku, siteId))?.buckets;

describe('what can be promised', () => {
	it('is told by site, each SKU once, in the order of the question, and SKUs that nobody knows are named', async () => {
		const answer = await ask({ lines: [{ sku: 'B' }, { sku: 'nothing' }, { sku: 'A' }, { sku: 'B' }] });
		expect(answer.asOf).toBe('2026-11-20T10:00:00Z');
		expect(answer.unknownSkus).toEqual(['nothing']);
		expect(answer.availability.map(({ sku, available }) => [sku, available])).toEqual([
			['B', 1],
			['A', 11],
		]);
		expect(answer.availability[1]?.sites).toMatchObject([
			{ siteId: 'leeds', siteName: 'The shop in leeds', available: 6, onHand: 6, claimed: 0, keptBack: 0 },
			{ siteId: 'london', available: 5, buckets: [{ from: '2026-11-20', units: 5 }] },
		]);
		expect((await oneOf('A')).availability).toEqual([answer.availability[1]]);
		expect(await oneOf('nothing')).toMatchObject({ availability: [], unknownSkus: ['nothing'] });
	});

	it('at a site and by a method that is asked for, the nearest first, with the time at which a quantity is ready', async () => {
		const place = { postalCode: 'YO1', country: 'GB' };
		const { availability } = await ask({ lines: [{ sku: 'A', quantity: 5 }], method: 'pickup', place });
		expect(availability[0]?.sites.map(({ siteId, kilometers }) => [siteId, Math.round(kilometers ?? 0)])).toEqual([
			['leeds', 36],
			['london', 280],
		]);
		expect(availability[0]?.earliest).toMatchObject({ siteId: 'leeds', readyAt: '2026-11-20T12:00:00Z' });
		const ship = await ask({ lines: [{ sku: 'A', quantity: 6 }], method: 'ship', siteIds: ['leeds', 'daventry'] });
		expect(ship.availability[0]?.sites).toMatchObject([
			{ siteId: 'leeds', earliest: { readyAt: '2026-11-20T16:00:00Z' } },
		]);
		expect(await siteOf('C', 'daventry', { method: 'pickup' })).toBeUndefined();
		expect(await promising.answer({ lines: [{ sku: 'A' }], siteIds: ['nowhere'] })).toMatchObject({
			fault: { error: 'unknown_site', where: '/siteIds/0' },
		});
	});

	it('counts purchase orders and transfers by the day on which they are expected', async () => {
		await keep(purchaseOrder('PO-1', {}));
		await soon([{ from: '2026-11-24', units: 7, certainty: 0.8 }], () => bucketsAt('B', 'leeds'));
		expect(await siteOf('B', 'leeds')).toMatchObject({ available: 0, onHand: 0 });
		const earliest = await ask({ lines: [{ sku: 'B', quantity: 7 }], siteIds: ['leeds'], method: 'ship' });
		expect(earliest.availability[0]?.earliest).toEqual({
			siteId: 'leeds',
			readyAt: '2026-11-24T16:00:00Z',
			certainty: 0.8,
		});
		// Late already: tomorrow at the earliest, and much less certain.
		await keep(purchaseOrder('PO-1', { expectedOn: '2026-11-18' }));
		await soon([{ from: '2026-11-21', units: 7, certainty: 0.2 }], () => bucketsAt('B', 'leeds'));
		await keep(purchaseOrder('PO-1', { state: 'cancelled' }));
		await soon(undefined, () => bucketsAt('B', 'leeds'));
		await keep(transfer('T-1', {}));
		await soon([{ from: '2026-11-22', units: 3, certainty: 0.8 }], () => bucketsAt('C', 'leeds'));
		expect(await siteOf('C', 'leeds')).toMatchObject({ available: 0, onHand: 0 });
	});

	it('keeps back what the published rules say, and names the rules that forbid a promise', async () => {
		const rule = {
			id: 'R1',
			name: 'Keep two of C',
			products: { skus: ['C'] },
			siteGroup: {},
			effect: { safetyStock: { units: 2 }, pickup: 'not_eligible' },
		} as const;
		const body = JSON.stringify({ rules: [rule], groups: [] });
		await shop.db
			.updateTable('rule_set_version')
			.set({ body, version: 2 })
			.where('subject', '=', 'promising')
			.where('state', '=', 'published')
			.execute();
		await soon(7, () => availableAt('C', 'daventry'));
		expect(await siteOf('C', 'leeds')).toMatchObject({ keptBack: 2, buckets: [{ from: '2026-11-22', units: 1 }] });
		expect(await siteOf('C', 'leeds', { method: 'pickup' })).toMatchObject({
			available: 0,
			because: ['Keep two of C'],
		});
		const nothing = JSON.stringify({ rules: [], groups: [] });
		await shop.db
			.updateTable('rule_set_version')
			.set({ body: nothing, version: 3 })
			.where('subject', '=', 'promising')
			.where('state', '=', 'published')
			.execute();
		await soon(9, () => availableAt('C', 'daventry'));
	});

	it('is as certain as the record: a count makes it surer, a short less sure', async () => {
		const certainty = async () => (await bucketsAt('A', 'london'))?.[0]?.certainty ?? 0;
		const never = await certainty();
		const counted = { site_id: 'london', sku: 'A', counted_at: clock.now().toString() };
		await shop.db.insertInto('stock_evidence').values(counted).execute();
		await soon(true, async () => (await certainty()) > never);
		const surer = await certainty();
		await shop.db.updateTable('stock_evidence').set({ shorts: 2 }).where('site_id', '=', 'london').execute();
		await soon(true, async () => (await certainty()) < surer);
	});

	it('trusts a supplier by what it has delivered in time before', async () => {
		await keep(purchaseOrder('PO-2', { state: 'received' }));
		await keep(purchaseOrder('PO-3', { state: 'discrepancy' }));
		expect(await readReliability(shop.db)).toEqual(new Map([['supplier-1', { inTime: 1, deliveries: 2 }]]));
	});

	it('of supply leaves what customers until then are expected to want, as they did in the last four weeks', async () => {
		expect(await reckonDailyDemand({ db: shop.db, clock })).toBe(true);
		expect(await reckonDailyDemand({ db: shop.db, clock })).toBe(false);
		const sold = {
			siteId: 'leeds',
			sku: 'B',
			quantity: 28,
			from: 'available',
			to: 'customer',
			reason: 'test',
		} as const;
		const bought = { ...sold, from: 'supplier', to: 'available' } as const;
		await postMovements(shop.db, [bought], { ...posting, recordedAt: '2026-11-15T10:00:00Z' });
		await postMovements(shop.db, [sold], { ...posting, recordedAt: '2026-11-15T10:00:00Z' });
		await keep(purchaseOrder('PO-4', { expectedOn: '2026-11-23' }));
		minutes += 24 * 60;
		expect(await reckonDailyDemand({ db: shop.db, clock })).toBe(true);
		minutes -= 24 * 60;
		await soon('2026-11-23 4', async () => {
			const [bucket] = (await bucketsAt('B', 'leeds')) ?? [];
			return `${bucket?.from} ${bucket?.units}`;
		});
		expect((await bucketsAt('B', 'leeds'))?.[0]?.certainty).toBeLessThan(0.6);
	});
});

describe('a remembered answer', () => {
	it('is another one as soon as an order, a reservation, a doubt or a movement has changed it', async () => {
		const left = () => availableAt('A', 'leeds');
		expect(await left()).toBe(6);
		const order = await captureOrder(shop.db, shopCapture({ lines: [{ sku: 'A', quantity: 2 }] }), {
			now: clock.now(),
			findPlace,
		});
		expect(order.captured).toBe(true);
		await soon(4, left);
		const context = { db: shop.db, clock, findPlace, sites: promising.sites, quiet: promising.quiet };
		const request = {
			channel: 'web',
			externalId: 'one',
			method: 'ship',
			siteIds: ['leeds'],
			lines: [{ sku: 'A', quantity: 3 }],
		} as const;
		const result = await reserve(context, { ...request, siteIds: [...request.siteIds], lines: [...request.lines] });
		if (!result.reserved) throw new Error(result.fault.message);
		await soon(1, left);
		await releaseReservation(context, result.reservation.id);
		await soon(4, left);
		await openStockDoubt(shop.db, { siteId: 'leeds', sku: 'A', since: '2026-11-20T10:00:00Z', operationId: 'short-1' });
		await soon(0, left);
		expect(await siteOf('A', 'leeds')).toMatchObject({ inDoubt: true, buckets: [], onHand: 4 });
		await clearStockDoubt(shop.db, 'leeds', 'A');
		await soon(4, left);
		await postMovements(
			shop.db,
			[{ siteId: 'leeds', sku: 'A', quantity: 4, from: 'available', to: 'lost', reason: 'test' }],
			posting,
		);
		await soon(0, left);
	});

	it('counts a reservation until the instant at which it expires, although nobody tells of that', async () => {
		const context = { db: shop.db, clock, findPlace, sites: promising.sites, quiet: promising.quiet };
		const request = {
			channel: 'web',
			externalId: 'two',
			method: 'ship' as const,
			siteIds: ['london'],
			lines: [{ sku: 'A', quantity: 5 }],
		};
		expect(await reserve(context, request)).toMatchObject({ reserved: true });
		await soon(0, () => availableAt('A', 'london'));
		minutes += 14;
		expect(await availableAt('A', 'london')).toBe(0);
		minutes += 1;
		expect(await availableAt('A', 'london')).toBe(5);
	});

	it('knows a site and its hours as they were published last', async () => {
		const [leeds] = shopSites;
		if (leeds === undefined) throw new Error('There is no site.');
		const nameOf = async () =>
			(await oneOf('A')).availability[0]?.sites.find(({ siteId }) => siteId === 'leeds')?.siteName;
		expect(await nameOf()).toBe('The shop in leeds');
		await shop.db
			.updateTable('site')
			.set({ body: JSON.stringify({ ...leeds, name: 'Leeds' }) })
			.where('id', '=', 'leeds')
			.execute();
		await soon('Leeds', nameOf);
	});

	it('is not given while the connection on which changes are told is lost', async () => {
		await sql`
			SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'backstock promising' AND datname = current_database()`.execute(shop.db);
		await postMovements(
			shop.db,
			[{ siteId: 'leeds', sku: 'A', quantity: 7, from: 'supplier', to: 'available', reason: 'test' }],
			posting,
		);
		await soon(7, () => availableAt('A', 'leeds'));
		await soon(7, () => availableAt('A', 'leeds'));
	});
});

describe('a site that nobody can ask', () => {
	const [leeds] = shopSites;
	if (leeds === undefined) throw new Error('There is no site.');
	const id = crypto.randomUUID();
	const heard = async () => {
		const last_seen_at = clock.now().toString();
		await shop.db.updateTable('device').set({ last_seen_at }).where('id', '=', id).execute();
	};
	const setSite = (changes: Partial<Site>) =>
		shop.db
			.updateTable('site')
			.set({ body: JSON.stringify({ ...leeds, ...changes }) })
			.where('id', '=', 'leeds')
			.execute();
	const reserveAt = (siteIds: string[], changes: Partial<ReservationRequest> = {}) =>
		reserve(
			{ db: shop.db, clock, findPlace, sites: promising.sites, quiet: promising.quiet },
			{
				channel: 'web',
				externalId: crypto.randomUUID(),
				method: 'ship',
				siteIds,
				lines: [{ sku: 'A', quantity: 2 }],
				...changes,
			},
		);

	it('because it is quiet promises nothing and says why, is reserved from by nobody, and promises again when it is heard', async () => {
		await shop.db
			.insertInto('device')
			.values({
				id,
				site_id: 'leeds',
				name: 'Counter',
				credential_hash: id,
				credential_expires_at: '2027-01-01T00:00:00Z',
				created_at: '2026-01-01T00:00:00Z',
				last_seen_at: clock.now().toString(),
			})
			.execute();
		minutes += 59;
		expect(await availableAt('A', 'leeds')).toBe(7);
		minutes += 2;
		const quiet = { available: 0, buckets: [], onHand: 7, notNow: { reason: 'quiet' } };
		expect(await siteOf('A', 'leeds')).toMatchObject(quiet);
		expect(await siteOf('A', 'leeds', { lines: [{ sku: 'A', quantity: 1 }] })).not.toHaveProperty('earliest');
		const { availability } = await oneOf('A');
		expect(availability[0]).toMatchObject({
			available: 5,
			sites: [{ siteId: 'london' }, { siteId: 'leeds', ...quiet }],
		});
		const refused = await reserveAt(['leeds']);
		expect(refused).toMatchObject({ reserved: false, fault: { error: 'not_enough_stock' } });
		expect(refused.reserved ? '' : refused.fault.message).toContain(
			'Leeds (leeds) promises nothing now: No device there was heard of',
		);
		expect(await reserveAt(['leeds'], { by: '2026-11-27' })).toMatchObject({ reserved: false });
		const other = await reserveAt(['leeds', 'london']);
		if (!other.reserved) throw new Error(other.fault.message);
		expect(other.reservation.lines).toMatchObject([{ siteId: 'london' }]);
		await releaseReservation({ db: shop.db, clock }, other.reservation.id);
		await heard();
		minutes += 1;
		expect(await availableAt('A', 'leeds')).toBe(7);
		expect(await siteOf('A', 'leeds')).not.toHaveProperty('notNow');
	});

	it('because it is closed promises what it has for the day on which it opens, and only who waits until then can reserve it', async () => {
		await setSite({ closedDays: ['2026-11-20', '2026-11-21'] });
		await soon(
			{ reason: 'closed', message: 'It is closed until 2026-11-22.', opensOn: '2026-11-22' },
			async () => (await oneOf('A')).availability[0]?.sites.find(({ siteId }) => siteId === 'leeds')?.notNow,
		);
		const asked = await siteOf('A', 'leeds', { lines: [{ sku: 'A', quantity: 7 }], method: 'pickup' });
		expect(asked).toMatchObject({
			available: 0,
			buckets: [{ from: '2026-11-22', units: 7 }],
			earliest: { readyAt: '2026-11-22T11:00:00Z' },
		});
		const refused = await reserveAt(['leeds']);
		const whatToDo = expect.stringContaining('"by": "2026-11-22"');
		expect(refused).toMatchObject({ reserved: false, fault: { error: 'not_enough_stock', whatToDo } });
		expect(await reserveAt(['leeds'], { by: '2026-11-21' })).toMatchObject({ reserved: false });
		const both = await reserveAt(['leeds', 'london'], { by: '2026-11-22' });
		if (!both.reserved) throw new Error(both.fault.message);
		expect(both.reservation.lines).toMatchObject([{ siteId: 'london' }]);
		const waits = await reserveAt(['leeds'], { by: '2026-11-22' });
		if (!waits.reserved) throw new Error(waits.fault.message);
		expect(waits.reservation.lines).toMatchObject([{ siteId: 'leeds', quantity: 2 }]);
		for (const { reservation } of [both, waits]) await releaseReservation({ db: shop.db, clock }, reservation.id);
		await setSite({});
		await soon(7, () => availableAt('A', 'leeds'));
	});
});

describe('the stock that is read ahead', () => {
	const remembering = (mostBytes: number) => {
		const asked: string[] = [];
		let bytes = 0;
		const cache = {
			pictures: async (skus: readonly string[]) => {
				asked.push(...skus);
				bytes += skus.length;
				return new Map();
			},
			get bytes() {
				return bytes;
			},
		};
		const log: string[] = [];
		const parts = { db: shop.db, cache, mostBytes, pauseMs: 0, log: (line: string) => log.push(line) };
		return { asked, log, parts };
	};

	it('is that of every SKU once, and again when what was remembered is gone', async () => {
		const { asked, log, parts } = remembering(100);
		const filling = fillPictures(parts);
		await soon(['A', 'B', 'C'], async () => asked);
		filling.again();
		await soon(['A', 'B', 'C', 'A', 'B', 'C'], async () => asked);
		await filling.stop();
		expect(log).toEqual([]);
	});

	it('is none where there is no room, and none after the server has ended', async () => {
		const full = remembering(0);
		const filling = fillPictures(full.parts);
		const ended = remembering(100);
		await fillPictures(ended.parts).stop();
		await filling.stop();
		expect([...full.asked, ...ended.asked]).toEqual([]);
	});
});
