import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import { openShop, shopCapture, shopSites } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { checkLedger, postMovements } from '../inventory/stock-ledger.ts';
import { readStockShelf } from '../inventory/stock-shelf.ts';
import { captureOrder } from '../orders/capture-order.ts';
import { placeFinder } from '../routing/place-of-address.ts';
import { expireReservations, findReservation, releaseReservation } from './release-reservation.ts';
import type { ReservationRequest } from './reservation-request.ts';
import { type ReserveContext, reserve } from './reserve.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let context: ReserveContext;
let minutes = 0;
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z').add({ minutes }) };

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 6, 'leeds B': 2, 'london A': 4, 'london B': 50, 'leeds C': 1 });
	context = {
		db: shop.db,
		clock,
		findPlace: placeFinder([]),
		sites: async () => shopSites,
		quiet: async () => new Set(),
	};
});
afterAll(() => shop.drop());
beforeEach(async () => {
	// What a test leaves behind has expired before the next one.
	minutes += 20;
	await expireReservations(context);
});

function ask(changes: Partial<ReservationRequest> = {}): ReservationRequest {
	return {
		channel: 'web-shop',
		externalId: crypto.randomUUID(),
		method: 'ship',
		siteIds: ['leeds'],
		lines: [{ sku: 'A', quantity: 2 }],
		...changes,
	};
}

async function reserved(changes: Partial<ReservationRequest> = {}) {
	const result = await reserve(context, ask(changes));
	if (!result.reserved) throw new Error(result.fault.message);
	return result.reservation;
}

async function faultOf(changes: Partial<ReservationRequest>) {
	const result = await reserve(context, ask(changes));
	return result.reserved ? undefined : result.fault;
}

async function freeAt(siteId: string, sku: string): Promise<number> {
	return (await readStockShelf(shop.db, [sku], { at: clock.now().toString(), lock: false })).free(siteId, sku);
}

const capture = (changes: Partial<OrderCapture>) =>
	captureOrder(shop.db, shopCapture(changes), { now: clock.now(), findPlace: context.findPlace });

describe('a reservation', () => {
	it('takes its units from what every channel may promise, is told to its site, and gives them back when it is released', async () => {
		const before = await freeAt('leeds', 'A');
		const reservation = await reserved({ customer: { name: 'Anna Bell' } });
		expect(reservation).toMatchObject({
			siteId: 'leeds',
			state: 'held',
			lines: [{ sku: 'A', name: 'Product A', quantity: 2 }],
			expiresAt: clock.now().add({ minutes: 15 }).toString(),
		});
		expect(await freeAt('leeds', 'A')).toBe(before - 2);
		const seen = await shop.db
			.selectFrom('stream_document')
			.select('body')
			.where('stream_id', '=', 'site:leeds')
			.where('document_id', '=', reservation.id)
			.executeTakeFirst();
		expect(seen?.body).toMatchObject({ siteId: 'leeds', state: 'held', lines: [{ sku: 'A', quantity: 2 }] });
		expect(await releaseReservation(context, reservation.id)).toMatchObject({ state: 'released' });
		expect(await releaseReservation(context, reservation.id)).toMatchObject({ state: 'released' });
		expect(await freeAt('leeds', 'A')).toBe(before);
	});

	it('that is asked for again is the one that is there, also when both come at once; other content is refused', async () => {
		const request = ask();
		const results = await Promise.all(Array.from({ length: 8 }, () => reserve(context, request)));
		const ids = new Set(results.map((result) => (result.reserved ? result.reservation.id : result.fault.error)));
		expect(ids.size).toBe(1);
		expect(results.filter((result) => result.reserved && result.created)).toHaveLength(1);
		expect(await freeAt('leeds', 'A')).toBe(4);
		const other = await reserve(context, { ...request, lines: [{ sku: 'A', quantity: 3 }] });
		expect(other).toMatchObject({ reserved: false, fault: { error: 'conflict', where: '/externalId' } });
	});

	it('claims nothing from the instant at which it expires, before and after it has been swept', async () => {
		const reservation = await reserved({ expiresAt: clock.now().add({ minutes: 5 }).toString() });
		expect(await freeAt('leeds', 'A')).toBe(4);
		minutes += 5;
		expect(await freeAt('leeds', 'A')).toBe(6);
		expect(await findReservation(context, reservation.id)).toMatchObject({ state: 'expired' });
		const swept = await Promise.all([expireReservations(context), expireReservations(context)]);
		expect(swept.reduce((sum, count) => sum + count, 0)).toBe(1);
		expect(await shop.db.selectFrom('stock_claim').selectAll().execute()).toEqual([]);
		expect(await findReservation(context, reservation.id)).toMatchObject({ state: 'expired' });
		expect(await releaseReservation(context, reservation.id)).toMatchObject({ state: 'expired' });
	});

	it('is all or nothing, unless a part is enough', async () => {
		const lines = [
			{ sku: 'A', quantity: 5 },
			{ sku: 'B', quantity: 3 },
		];
		const fault = await faultOf({ lines });
		expect(fault).toMatchObject({ error: 'not_enough_stock', where: '/lines' });
		expect(fault?.message).toContain('5 of 5 × A, 2 of 3 × B');
		expect(await freeAt('leeds', 'A')).toBe(6);
		expect((await reserved({ lines, partial: true })).lines).toMatchObject([{ quantity: 5 }, { quantity: 2 }]);
		expect(await freeAt('leeds', 'B')).toBe(0);
	});

	it('is made at the nearest of the sites that have everything', async () => {
		const york = { postalCode: 'YO1', country: 'GB', lat: 53.96, lon: -1.08 };
		const one = { siteIds: ['leeds', 'london', 'daventry'], place: york };
		expect(await reserved({ ...one, lines: [{ sku: 'B', quantity: 2 }] })).toMatchObject({ siteId: 'leeds' });
		expect(await reserved({ ...one, lines: [{ sku: 'B', quantity: 2 }] })).toMatchObject({ siteId: 'london' });
	});

	it('that names no site is made where most is, and at several sites where none has everything', async () => {
		const one = { siteIds: undefined, lines: [{ sku: 'A', quantity: 1 }] };
		expect(await reserved(one)).toMatchObject({ siteId: 'leeds' });
		const split = await reserved({ ...one, lines: [{ sku: 'A', quantity: 8 }] });
		expect(split.siteId).toBeUndefined();
		expect(split.lines).toMatchObject([
			{ siteId: 'leeds', sku: 'A', quantity: 5 },
			{ siteId: 'london', sku: 'A', quantity: 3 },
		]);
		expect([await freeAt('leeds', 'A'), await freeAt('london', 'A')]).toEqual([0, 1]);
		expect(await findReservation(context, split.id)).toEqual(split);
		const seen = await shop.db.selectFrom('stream_document').select(['stream_id', 'body']).execute();
		const atLondon = seen.filter(({ body }) => (body as { partOf?: string } | null)?.partOf === split.id);
		expect(atLondon).toMatchObject([{ stream_id: 'site:london', body: { lines: [{ sku: 'A', quantity: 3 }] } }]);
		expect(await releaseReservation(context, split.id)).toMatchObject({ id: split.id, state: 'released' });
		expect([await freeAt('leeds', 'A'), await freeAt('london', 'A')]).toEqual([5, 4]);
	});

	it('is kept together where it is asked for, and always for who collects it', async () => {
		const lines = [{ sku: 'A', quantity: 8 }];
		const some = { siteIds: undefined, lines };
		expect(await faultOf({ ...some, split: false })).toMatchObject({ error: 'not_enough_stock' });
		expect(await faultOf({ ...some, method: 'pickup' })).toMatchObject({ error: 'not_enough_stock' });
		expect(await faultOf({ ...some, method: 'pickup', split: true })).toMatchObject({
			error: 'no_split_pickup',
			where: '/split',
		});
		const part = await reserved({ ...some, split: false, partial: true });
		expect(part).toMatchObject({ siteId: 'leeds', lines: [{ quantity: 6 }], missing: [{ sku: 'A', quantity: 2 }] });
	});

	it('of more than all sites have tells what it found, and takes it where a part is enough', async () => {
		const lines = [
			{ sku: 'A', quantity: 12 },
			{ sku: 'C', quantity: 1 },
		];
		const fault = await faultOf({ siteIds: undefined, lines });
		expect(fault?.message).toContain('10 of 12 × A, 1 of 1 × C');
		const part = await reserved({ siteIds: undefined, lines, partial: true });
		expect(part.missing).toEqual([{ sku: 'A', quantity: 2 }]);
		expect(part.lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(11);
	});

	it('is refused in words when what it asks for makes no sense, and changes nothing', async () => {
		expect(await faultOf({ lines: [{ sku: 'nothing', quantity: 1 }] })).toMatchObject({
			error: 'unknown_sku',
			where: '/lines/0/sku',
		});
		expect(await faultOf({ siteIds: ['leeds', 'nowhere'] })).toMatchObject({
			error: 'unknown_site',
			where: '/siteIds/1',
		});
		expect(await faultOf({ siteIds: ['daventry'], method: 'pickup' })).toMatchObject({ error: 'nobody_fulfills' });
		expect(await faultOf({ expiresAt: clock.now().toString() })).toMatchObject({ error: 'expired' });
		expect(await faultOf({ expiresAt: clock.now().add({ hours: 169 }).toString() })).toMatchObject({
			error: 'too_long',
		});
		expect(await faultOf({ expiresAt: '2026-11-31T10:00:00Z' })).toMatchObject({ error: 'no_such_instant' });
		expect(await releaseReservation(context, 'nothing')).toMatchObject({ fault: { error: 'not_found' } });
		expect(await shop.db.selectFrom('stock_claim').selectAll().execute()).toEqual([]);
	});

	it('of the last unit is won by one of fifty who ask at once', async () => {
		const results = await Promise.all(
			Array.from({ length: 50 }, () => reserve(context, ask({ lines: [{ sku: 'C', quantity: 1 }] }))),
		);
		expect(results.filter(({ reserved: won }) => won)).toHaveLength(1);
		const claims = await shop.db.selectFrom('stock_claim').select('units').where('sku', '=', 'C').execute();
		expect(claims).toEqual([{ units: 1 }]);
	});
});

it('neither an order nor a reservation takes what the rules keep back, however many ask at once', async () => {
	const rule = {
		id: 'R1',
		name: 'Keep four',
		products: { skus: ['A'] },
		siteGroup: {},
		effect: { safetyStock: { units: 4 } },
	};
	const publish = (rules: readonly unknown[], version: number) =>
		shop.db
			.updateTable('rule_set_version')
			.set({ body: JSON.stringify({ rules, groups: [] }), version })
			.where('subject', '=', 'promising')
			.where('state', '=', 'published')
			.execute();
	await publish([rule], 2);
	const one = { lines: [{ sku: 'A', quantity: 1 }] };
	const results = await Promise.all([
		...Array.from({ length: 6 }, () => reserve(context, ask(one))),
		...Array.from({ length: 3 }, () => capture({ ...one, method: 'pickup', siteId: 'leeds' })),
	]);
	const taken = results.filter((result) =>
		'reserved' in result ? result.reserved : result.captured && result.order.lines[0]?.unassigned === 0,
	);
	expect(taken).toHaveLength(2);
	expect(await freeAt('leeds', 'A')).toBe(4);
	await publish([{ ...rule, effect: { pickup: 'not_eligible' } }], 3);
	expect(await faultOf({ ...one, method: 'pickup' })).toMatchObject({ error: 'not_enough_stock' });
	await publish([], 4);
});

describe('an order', () => {
	it('takes over its reservation: the claim becomes an allocation at that site, and the rest stays reserved', async () => {
		const reservation = await reserved({ siteIds: ['london'], lines: [{ sku: 'A', quantity: 4 }] });
		expect(await freeAt('london', 'A')).toBe(0);
		const taking = { reservationId: reservation.id, lines: [{ sku: 'A', quantity: 3 }] };
		const first = await capture(taking);
		expect(first).toMatchObject({
			captured: true,
			order: { fulfillments: [{ siteId: 'london' }], lines: [{ open: 3, unassigned: 0 }] },
		});
		expect(await findReservation(context, reservation.id)).toMatchObject({
			state: 'held',
			lines: [{ quantity: 4, fulfilled: 3 }],
		});
		expect(await freeAt('london', 'A')).toBe(0);
		expect(await capture(taking)).toMatchObject({
			captured: false,
			fault: { error: 'not_reserved', where: '/lines/0/quantity' },
		});
		expect(await capture({ ...taking, lines: [{ sku: 'A', quantity: 1 }] })).toMatchObject({ captured: true });
		expect(await findReservation(context, reservation.id)).toMatchObject({ state: 'fulfilled' });
		expect(await releaseReservation(context, reservation.id)).toMatchObject({ fault: { error: 'already_fulfilled' } });
		expect(await capture(taking)).toMatchObject({ captured: false, fault: { error: 'reservation_not_held' } });
		expect(await shop.db.selectFrom('stock_claim').selectAll().where('site_id', '=', 'london').execute()).toEqual([]);
		expect(await checkLedger(shop.db)).toEqual([]);
	});

	it('takes over a reservation of several sites: each has a fulfillment order for its part', async () => {
		const bought = {
			siteId: 'london',
			sku: 'C',
			quantity: 3,
			from: 'supplier',
			to: 'available',
			reason: 'test',
		} as const;
		const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: clock.now().toString() };
		await postMovements(shop.db, [bought, { ...bought, siteId: 'leeds', quantity: 1 }], posting);
		const lines = [{ sku: 'C', quantity: 4 }];
		const reservation = await reserved({ siteIds: undefined, lines });
		const result = await capture({ reservationId: reservation.id, lines });
		if (!result.captured) throw new Error(result.fault.message);
		const { order } = result;
		expect(order.lines).toMatchObject([{ open: 4, unassigned: 0 }]);
		expect(order.fulfillments.map(({ siteId }) => siteId)).toEqual(['london', 'leeds']);
		const work = await shop.db
			.selectFrom('stream_document')
			.select(['stream_id', 'collection', 'body'])
			.where('document_id', 'in', [order.id, ...order.fulfillments.map((each) => each.fulfillmentOrderId)])
			.orderBy('stream_id')
			.execute();
		expect(work.map(({ stream_id, collection }) => `${stream_id} ${collection}`).sort()).toEqual([
			'site:leeds orders',
			'site:leeds work',
			'site:london orders',
			'site:london work',
		]);
		expect(await findReservation(context, reservation.id)).toMatchObject({ state: 'fulfilled' });
		expect(await shop.db.selectFrom('stock_claim').selectAll().execute()).toEqual([]);
		expect(await checkLedger(shop.db)).toEqual([]);
	});

	it('can not take a reservation that is unknown, of another site, or over', async () => {
		const reservation = await reserved();
		const lines = [{ sku: 'A', quantity: 1 }];
		const { id: reservationId } = reservation;
		expect(await capture({ reservationId: 'nothing', lines })).toMatchObject({
			fault: { error: 'unknown_reservation' },
		});
		const elsewhere = { reservationId, method: 'pickup', siteId: 'london', lines } as const;
		expect(await capture(elsewhere)).toMatchObject({ fault: { error: 'not_reserved', where: '/siteId' } });
		expect(await capture({ reservationId, lines: [{ sku: 'B', quantity: 1 }] })).toMatchObject({
			fault: { error: 'not_reserved' },
		});
		minutes += 15;
		expect(await capture({ reservationId, lines })).toMatchObject({ fault: { error: 'reservation_not_held' } });
	});

	it('without a reservation gets nothing of what others have reserved', async () => {
		await reserved({ lines: [{ sku: 'C', quantity: 1 }] });
		expect(await capture({ lines: [{ sku: 'C', quantity: 1 }] })).toMatchObject({
			captured: true,
			order: { lines: [{ unassigned: 1 }] },
		});
	});

	it('whose reserved goods have been lost is captured, and what lacks is said', async () => {
		const reservation = await reserved({ siteIds: ['leeds'], lines: [{ sku: 'B', quantity: 2 }] });
		const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: clock.now().toString() };
		const lost = { siteId: 'leeds', sku: 'B', quantity: 1, from: 'available', to: 'lost', reason: 'test' } as const;
		await postMovements(shop.db, [lost], posting);
		const order = await capture({ reservationId: reservation.id, lines: [{ sku: 'B', quantity: 2 }] });
		expect(order).toMatchObject({ order: { lines: [{ open: 2, unassigned: 1 }] } });
		expect(await findReservation(context, reservation.id)).toMatchObject({ state: 'fulfilled' });
		expect(await checkLedger(shop.db)).toEqual([]);
	});
});
