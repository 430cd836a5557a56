import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePurchaseOrder } from '../../../shared/domain/sample-supply.ts';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import type { PurchaseOrder } from '../../../shared/schema/purchase-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import {
	addDevice,
	addSite,
	openTestCentral,
	sampleSite,
	type TestCentral,
	type TestDevice,
} from '../../../test/central-for-tests.ts';
import { shopCapture, shopProducts } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { keepingStockDocuments, stockDocumentRow } from '../inventory/stock-documents.ts';
import { checkLedger } from '../inventory/stock-ledger.ts';
import { readStockShelf } from '../inventory/stock-shelf.ts';
import { captureOrder } from '../orders/capture-order.ts';
import { followSupply } from './follow-supply.ts';
import { openPromising, type Promising } from './open-promising.ts';
import { expireReservations, findReservation, releaseReservation } from './release-reservation.ts';
import type { ReservationRequest } from './reservation-request.ts';
import { type ReserveContext, reserve } from './reserve.ts';

let central: TestCentral;
let york: TestDevice;
let context: ReserveContext;
let promising: Promising;
let minutes = 0;
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z').add({ minutes }) };
const sites: readonly Site[] = [sampleSite('Leeds'), sampleSite('York')];
let run = 0;

beforeAll(async () => {
	central = await openTestCentral(clock);
	for (const { id } of sites) await addSite(central, id);
	york = await addDevice(central, 'York', 'manager');
	const { db } = central.database;
	const findPlace = () => undefined;
	context = { db, clock, findPlace, sites: async () => sites, quiet: async () => new Set() };
	promising = await openPromising({ db, url: central.url, clock, findPlace, log: () => undefined });
});
afterAll(async () => {
	await promising.close();
	await central.close();
});

/** A product that nobody has, and of which York expects ten on the 24th. */
async function expected(
	changes: Partial<PurchaseOrder> = {},
): Promise<{ readonly sku: string; readonly order: PurchaseOrder }> {
	run += 1;
	const [product] = shopProducts;
	const sku = `sku-${run}`;
	await central.database.db
		.insertInto('product')
		.values({ sku, gtin: `000000000010${run}0`, body: JSON.stringify({ ...product, id: sku, name: `Mug ${run}` }) })
		.execute();
	const order = samplePurchaseOrder({
		id: `po-${run}`,
		siteId: 'York',
		expectedOn: '2026-11-24',
		lines: [{ sku, name: `Mug ${run}`, gtins: [], ordered: 10, received: 0, damaged: 0 }],
		announced: [],
		...changes,
	});
	await keep(order);
	return { sku, order };
}

async function keep(order: PurchaseOrder): Promise<void> {
	const rows = JSON.stringify([stockDocumentRow(order)]);
	await sql.raw(keepingStockDocuments(`'${rows.replaceAll("'", "''")}'`)).execute(central.database.db);
}

const ask = (sku: string, quantity: number, changes: Partial<ReservationRequest> = {}): ReservationRequest => ({
	channel: 'web-shop',
	externalId: crypto.randomUUID(),
	method: 'ship',
	by: '2026-11-24',
	expiresAt: '2026-11-26T10:00:00Z',
	lines: [{ sku, quantity }],
	...changes,
});

async function reserved(sku: string, quantity: number, changes: Partial<ReservationRequest> = {}) {
	const result = await reserve(context, ask(sku, quantity, changes));
	if (!result.reserved) throw new Error(result.fault.message);
	return result.reservation;
}

async function faultOf(sku: string, quantity: number, changes: Partial<ReservationRequest> = {}) {
	const result = await reserve(context, ask(sku, quantity, changes));
	return result.reserved ? undefined : result.fault;
}

/** Goods that come to York, as somebody there scans them. */
async function receive(sku: string, quantity: number, purchaseOrderId?: string) {
	const payload = {
		receiptId: crypto.randomUUID(),
		...(purchaseOrderId === undefined ? {} : { purchaseOrderId }),
		lines: [{ lineId: crypto.randomUUID(), sku, name: 'Mug', quantity, condition: 'good' }],
	};
	const taken = await takeInOperation(central.ingest, york, york.write({ type: 'receive', payload }));
	expect(taken).toMatchObject({ kind: 'outcome', outcome: { outcome: 'applied', exceptions: [] } });
}

const freeAt = async (siteId: string, sku: string) =>
	(await readStockShelf(context.db, [sku], { at: clock.now().toString(), lock: false })).free(siteId, sku);
const capture = (changes: Partial<OrderCapture>) =>
	captureOrder(context.db, shopCapture(changes), { now: clock.now(), findPlace: context.findPlace });
const bucketsOf = async (sku: string) => {
	promising.changed([{ siteId: 'York', sku }]);
	const answer = await promising.answer({ lines: [{ sku }] });
	if ('fault' in answer) throw new Error(answer.fault.message);
	return answer.availability[0]?.sites.find(({ siteId }) => siteId === 'York')?.buckets;
};

describe('a reservation of what is still to come', () => {
	it('is promised by the day of its supply, and nobody is promised the same units', async () => {
		const { sku } = await expected();
		expect(await faultOf(sku, 1, { by: undefined })).toMatchObject({ error: 'not_enough_stock' });
		expect((await faultOf(sku, 1, { by: '2026-11-23' }))?.message).toBe('No site has any of it free until 2026-11-23.');
		const first = await reserved(sku, 6);
		expect(first).toMatchObject({ siteId: 'York', lines: [{ sku, quantity: 6, expectedOn: '2026-11-24' }] });
		expect(await bucketsOf(sku)).toMatchObject([{ from: '2026-11-24', units: 4 }]);
		expect((await faultOf(sku, 5))?.message).toContain(`4 of 5 × ${sku}`);
		const all = await Promise.all(Array.from({ length: 6 }, () => reserve(context, ask(sku, 1))));
		expect(all.filter((result) => result.reserved)).toHaveLength(4);
		await releaseReservation(context, first.id);
		expect(await bucketsOf(sku)).toMatchObject([{ from: '2026-11-24', units: 6 }]);
	});

	it('takes what is there first, and becomes a claim on the goods when they come, before anybody else may promise them', async () => {
		const { sku, order } = await expected();
		await receive(sku, 2);
		const reservation = await reserved(sku, 5);
		expect(reservation.lines).toEqual([
			{ sku, name: expect.any(String), quantity: 2, siteId: 'York' },
			{ sku, name: expect.any(String), quantity: 3, expectedOn: '2026-11-24', siteId: 'York' },
		]);
		const late = await reserved(sku, 4);
		const ordered = { reservationId: reservation.id, lines: [{ sku, quantity: 5 }] };
		expect(await capture(ordered)).toMatchObject({
			captured: false,
			fault: { error: 'not_there_yet', message: expect.stringContaining('2026-11-24') },
		});
		await receive(sku, 4, order.id);
		expect(await freeAt('York', sku)).toBe(0);
		expect(await findReservation(context, reservation.id)).toMatchObject({ lines: [{ sku, quantity: 5 }] });
		expect(await findReservation(context, late.id)).toMatchObject({
			lines: [
				{ sku, quantity: 1 },
				{ sku, quantity: 3, expectedOn: '2026-11-24' },
			],
		});
		await receive(sku, 6, order.id);
		expect(await findReservation(context, late.id)).toMatchObject({ lines: [{ sku, quantity: 4 }] });
		expect(await freeAt('York', sku)).toBe(3);
		expect(await capture(ordered)).toMatchObject({ captured: true, order: { lines: [{ open: 5, unassigned: 0 }] } });
		expect(await findReservation(context, reservation.id)).toMatchObject({ state: 'fulfilled' });
		expect(await context.db.selectFrom('supply_claim').selectAll().where('sku', '=', sku).execute()).toEqual([]);
		expect(await checkLedger(context.db)).toEqual([]);
	});

	it('moves with a supply that comes later, and a person is told when it does not come at all', async () => {
		const { sku, order } = await expected();
		const { id } = await reserved(sku, 6);
		await keep({ ...order, expectedOn: '2026-11-25' });
		expect(await followSupply(context)).toBe(1);
		expect(await followSupply(context)).toBe(0);
		expect(await findReservation(context, id)).toMatchObject({ lines: [{ quantity: 6, expectedOn: '2026-11-25' }] });
		await keep({ ...order, state: 'cancelled' });
		await followSupply(context);
		await followSupply(context);
		const cases = await context.db.selectFrom('exception_case').select('body').where('site_id', '=', 'York').execute();
		expect(cases.map(({ body }) => body).filter((body) => body.sku === sku)).toMatchObject([
			{ exceptionKind: 'reserved_supply_missing', quantity: 6, state: 'open', operationId: id },
		]);
		await releaseReservation(context, id);
	});

	it('holds nothing of the supply from the instant at which it expires, and is swept', async () => {
		const { sku } = await expected();
		const { id } = await reserved(sku, 10, { expiresAt: undefined });
		expect(await bucketsOf(sku)).toEqual([]);
		minutes += 15;
		expect(await bucketsOf(sku)).toMatchObject([{ units: 10 }]);
		expect(await expireReservations(context)).toBe(1);
		expect(await findReservation(context, id)).toMatchObject({ state: 'expired' });
		expect(await context.db.selectFrom('supply_claim').selectAll().where('holder_id', '=', id).execute()).toEqual([]);
	});

	it('that a customer takes from the shelf all the same is over, and frees its supply', async () => {
		const { sku } = await expected();
		const { id } = await reserved(sku, 3);
		const sale = { saleId: crypto.randomUUID(), lines: [{ sku, quantity: 2 }], reservationId: id, rights: [] };
		await takeInOperation(central.ingest, york, york.write({ type: 'sell', payload: sale }));
		expect(await findReservation(context, id)).toMatchObject({ state: 'held', lines: [{ quantity: 3, fulfilled: 2 }] });
		const left = () => context.db.selectFrom('supply_claim').select('units').where('holder_id', '=', id).execute();
		expect(await left()).toEqual([{ units: 1 }]);
		await takeInOperation(
			central.ingest,
			york,
			york.write({ type: 'release_reservation', payload: { reservationId: id } }),
		);
		expect(await left()).toEqual([]);
	});

	it('until a day that has passed, that there is not, or with an end long after it, is refused in words', async () => {
		const { sku } = await expected();
		expect(await faultOf(sku, 1, { by: '2026-11-18' })).toMatchObject({ error: 'past_day', where: '/by' });
		expect(await faultOf(sku, 1, { by: '2026-11-31' })).toMatchObject({ error: 'no_such_day', where: '/by' });
		expect(await faultOf(sku, 1, { by: '2028-11-24' })).toMatchObject({ error: 'too_long', where: '/by' });
		expect(await faultOf(sku, 1, { expiresAt: '2026-12-03T10:00:00Z' })).toMatchObject({
			error: 'too_long',
			where: '/expiresAt',
		});
	});
});
