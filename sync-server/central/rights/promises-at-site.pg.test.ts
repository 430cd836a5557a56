import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	addDevice,
	type Content,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../../test/central-for-tests.ts';
import { addStockedSite, captureAt, giveRight, rightOf } from '../../../test/rights-for-tests.ts';
import { addWork } from '../../../test/work-for-tests.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { checkLedger } from '../inventory/stock-ledger.ts';
import { readFreeUnits } from '../promising/stock-claims.ts';

let central: TestCentral;

beforeAll(async () => {
	central = await openTestCentral();
});
afterAll(async () => {
	expect(await checkLedger(central.database.db)).toEqual([]);
	await central.close();
});

const units = (sku: string, quantity: number) => ({ sku, quantity });

async function send(device: TestDevice, content: Content) {
	const taken = await takeInOperation(central.ingest, device, device.write(content));
	if (taken.kind !== 'outcome') throw new Error(`It was ${taken.kind}`);
	return taken.outcome;
}

const reserve = (rights: number, expiresAt = '2099-11-20T10:00:00Z', quantity = 2) => ({
	type: 'reserve_stock',
	payload: {
		reservationId: crypto.randomUUID(),
		lines: [{ ...units('A', quantity), name: 'Product A' }],
		expiresAt,
		rights: rights === 0 ? [] : [units('A', rights)],
	},
});

async function freeOf(siteId: string, sku = 'A'): Promise<number | undefined> {
	const free = await readFreeUnits(central.database.db, [{ siteId, sku }], '2026-11-20T10:00:00Z');
	return free.get(`${siteId}:${sku}`);
}

async function leftOfShare(siteId: string, device: TestDevice) {
	const right = await rightOf(central, siteId, 'A');
	return right?.shares.find(({ deviceId }) => deviceId === device.deviceId);
}

async function documentsOf(siteId: string, kind: string) {
	const { db } = central.database;
	const rows = await db
		.selectFrom('stock_document')
		.select('body')
		.where('kind', '=', kind as 'count')
		.execute();
	return rows.map(({ body }) => body).filter((body) => 'siteId' in body && body.siteId === siteId);
}

describe('an order that is taken at a site', () => {
	test('under a right takes its units from what was set aside for the device, and can be picked at once', async () => {
		const siteId = await addStockedSite(central, { A: 3 });
		const device = await addDevice(central, siteId);
		await giveRight(central, siteId, device.deviceId, 'A', 3);
		expect(await freeOf(siteId)).toBe(0);
		const capture = captureAt(siteId, [units('A', 2)], [units('A', 2)]);
		expect(await send(device, capture)).toMatchObject({ outcome: 'applied', exceptions: [] });
		expect(await leftOfShare(siteId, device)).toMatchObject({ granted: 3, used: 2 });
		expect(await freeOf(siteId)).toBe(0);
		const { orderId, fulfillmentOrderId } = capture.payload;
		const pick = { orderId, fulfillmentOrderId, lineId: 'L1', sku: 'A', quantity: 2 };
		expect(await send(device, { type: 'pick', payload: pick })).toMatchObject({ outcome: 'applied', exceptions: [] });
	});

	test('is at central what the device has shown, but for what only the newest catalog knows', async () => {
		const siteId = await addStockedSite(central, { A: 3 });
		const device = await addDevice(central, siteId);
		const capture = captureAt(siteId, [{ ...units('A', 1) }]);
		await send(device, capture);
		const order = await central.database.db
			.selectFrom('customer_order')
			.select('body')
			.where('id', '=', capture.payload.orderId)
			.executeTakeFirst();
		expect(order?.body).toMatchObject({
			number: capture.payload.orderNumber,
			placedAt: '2026-11-20T10:00:00Z',
			promisedAt: '2026-11-20T14:00:00Z',
			lines: [{ sku: 'A', open: 1, unassigned: 0 }],
			fulfillments: [{ fulfillmentOrderId: capture.payload.fulfillmentOrderId, siteId }],
			timeline: [{ what: 'placed' }, { what: 'assigned' }],
		});
	});

	test('without enough rights asks for free stock, and is refused where there is none', async () => {
		const siteId = await addStockedSite(central, { A: 3 });
		const [mine, other] = [await addDevice(central, siteId), await addDevice(central, siteId)];
		await giveRight(central, siteId, other.deviceId, 'A', 2);
		await giveRight(central, siteId, mine.deviceId, 'A', 1);
		const refused = await send(mine, captureAt(siteId, [units('A', 2)], [units('A', 1)]));
		expect(refused).toMatchObject({ outcome: 'refused', reason: 'not_enough_stock' });
		expect(await leftOfShare(siteId, mine)).toMatchObject({ used: 0 });
		expect(await send(mine, captureAt(siteId, [units('A', 1)], [units('A', 1)]))).toMatchObject({ outcome: 'applied' });
	});

	test.each([
		['an unknown product', { lines: [{ sku: 'nothing', quantity: 1 }] }, 'unknown_product'],
		['another currency', { currency: 'EUR' }, 'unknown_product'],
		['another site', { siteId: 'elsewhere' }, 'not_fulfilled_here'],
		['a day that there is not', { placedAt: '2026-02-31T10:00:00Z' }, 'not_readable'],
	])('with %s is refused in words, and changes nothing', async (_what, change, reason) => {
		const siteId = await addStockedSite(central, { A: 3 });
		const device = await addDevice(central, siteId);
		const capture = captureAt(siteId, [units('A', 1)]);
		const changed = { ...capture.payload, capture: { ...capture.payload.capture, ...change } };
		const outcome = await send(device, { type: 'capture_order', payload: changed });
		expect(['refused', 'quarantined']).toContain(outcome.outcome);
		expect(outcome.reason).toBe(reason);
		expect(await freeOf(siteId)).toBe(3);
	});

	test('is taken once, though it comes with another id', async () => {
		const siteId = await addStockedSite(central, { A: 3 });
		const device = await addDevice(central, siteId);
		const capture = captureAt(siteId, [units('A', 1)]);
		await send(device, capture);
		expect(await send(device, capture)).toMatchObject({ outcome: 'refused', reason: 'already_captured' });
		const again = captureAt(siteId, [units('A', 1)]);
		const sameExternalId = {
			...again.payload,
			capture: { ...again.payload.capture, externalId: capture.payload.orderId },
		};
		expect(await send(device, { type: 'capture_order', payload: sameExternalId })).toMatchObject({
			reason: 'already_captured',
		});
		expect(await freeOf(siteId)).toBe(2);
	});

	test.each([
		['an order', (siteId: string, count: number) => captureAt(siteId, [units('A', count)], [units('A', count)])],
		['a reservation', (_siteId: string, count: number) => reserve(count, '2099-11-20T10:00:00Z', count)],
	])(
		'%s beyond the share that central has given is confirmed where the ledger has the goods, and told where it has not',
		async (_what, promise) => {
			const siteId = await addStockedSite(central, { A: 6 });
			const [mine, other] = [await addDevice(central, siteId), await addDevice(central, siteId)];
			await giveRight(central, siteId, mine.deviceId, 'A', 1);
			await giveRight(central, siteId, other.deviceId, 'A', 2);
			expect(await send(mine, promise(siteId, 3))).toMatchObject({ outcome: 'applied', exceptions: [] });
			expect(await leftOfShare(siteId, mine)).toMatchObject({ granted: 1, used: 1 });
			expect(await freeOf(siteId)).toBe(1);
			const beyond = await send(mine, promise(siteId, 2));
			expect(beyond).toMatchObject({ outcome: 'applied', exceptions: ['promised_more_than_held'] });
			expect(await freeOf(siteId)).toBe(-1);
			expect(await leftOfShare(siteId, other)).toMatchObject({ granted: 2, used: 0 });
			expect(await documentsOf(siteId, 'count')).toHaveLength(1);
		},
	);

	test('that claims a right which central does not know any more is kept, and told', async () => {
		const siteId = await addStockedSite(central, { A: 1 });
		const device = await addDevice(central, siteId);
		const outcome = await send(device, captureAt(siteId, [units('A', 2)], [units('A', 2)]));
		expect(outcome).toMatchObject({ outcome: 'applied', exceptions: ['promised_more_than_held'] });
	});
});

describe('a reservation at the counter', () => {
	test('keeps its units from everybody else until it is released', async () => {
		const siteId = await addStockedSite(central, { A: 3 });
		const device = await addDevice(central, siteId);
		await giveRight(central, siteId, device.deviceId, 'A', 1);
		const reservation = reserve(1);
		expect(await send(device, reservation)).toMatchObject({ outcome: 'applied' });
		expect(await freeOf(siteId)).toBe(1);
		const release = { type: 'release_reservation', payload: { reservationId: reservation.payload.reservationId } };
		expect(await send(device, release)).toMatchObject({ outcome: 'applied' });
		expect(await freeOf(siteId)).toBe(3);
		expect(await send(device, release)).toMatchObject({ outcome: 'refused', reason: 'already_ended' });
	});

	test('is paid by a sale, and what the customer leaves stays reserved', async () => {
		const siteId = await addStockedSite(central, { A: 3 });
		const device = await addDevice(central, siteId);
		const reservation = reserve(0);
		await send(device, reservation);
		const { reservationId } = reservation.payload;
		const sale = { saleId: crypto.randomUUID(), lines: [units('A', 1)], reservationId, rights: [] };
		expect(await send(device, { type: 'sell', payload: sale })).toMatchObject({ outcome: 'applied', exceptions: [] });
		expect(await freeOf(siteId)).toBe(1);
		expect(await documentsOf(siteId, 'reservation')).toMatchObject([{ state: 'held', lines: [{ fulfilled: 1 }] }]);
	});

	test('for more than is free is refused; one whose time has passed when it comes holds nothing', async () => {
		const siteId = await addStockedSite(central, { A: 1 });
		const device = await addDevice(central, siteId);
		expect(await send(device, reserve(0))).toMatchObject({ outcome: 'refused', reason: 'not_enough_stock' });
		const other = await addStockedSite(central, { A: 3 });
		const there = await addDevice(central, other);
		expect(await send(there, reserve(0, '2026-11-19T10:00:00Z'))).toMatchObject({ outcome: 'applied' });
		expect(await documentsOf(other, 'reservation')).toMatchObject([{ state: 'expired' }]);
		expect(await freeOf(other)).toBe(3);
		expect(await send(there, reserve(0, '2026-02-31T10:00:00Z'))).toMatchObject({ reason: 'not_readable' });
	});
});

describe('a sale of goods in hand', () => {
	const sell = (quantity: number, rights = 0) => ({
		type: 'sell',
		payload: {
			saleId: crypto.randomUUID(),
			lines: [units('A', quantity)],
			rights: rights === 0 ? [] : [units('A', rights)],
		},
	});

	test('uses the right of the device, and is no debt', async () => {
		const siteId = await addStockedSite(central, { A: 2 });
		const device = await addDevice(central, siteId);
		await giveRight(central, siteId, device.deviceId, 'A', 2);
		expect(await send(device, sell(2, 2))).toMatchObject({ outcome: 'applied', exceptions: [] });
		expect(await freeOf(siteId)).toBe(0);
	});

	test('in exchange stands in the history of the order of which goods came back, and in its own', async () => {
		const siteId = await addStockedSite(central, { A: 2 });
		const device = await addDevice(central, siteId);
		const { pick, target, sku, order } = await addWork(central, 2, siteId);
		const line = { lineId: 'line-1', sku, quantity: 2 };
		await send(device, pick(2));
		const handOver = { ...target, lines: [line], identityCheck: 'photo_id', collectedBy: 'Ada' };
		await send(device, { type: 'hand_over', payload: handOver });
		const returnId = crypto.randomUUID();
		const about = { returnId, orderId: order.id, orderNumber: order.number };
		const came = { ...line, quantity: 1, reason: 'unwanted', grade: 'as_new', disposition: 'restock' };
		const back = { ...about, lines: [came], refund: { minor: 0, currency: 'GBP' } };
		expect(await send(device, { type: 'return', payload: back })).toMatchObject({ exceptions: [] });
		const sale = sell(2);
		const exchange = { ...sale, payload: { ...sale.payload, ...about } };
		expect(await send(device, exchange)).toMatchObject({ outcome: 'applied', exceptions: [] });
		const { db } = central.database;
		const { body } = await db
			.selectFrom('customer_order')
			.select('body')
			.where('id', '=', order.id)
			.executeTakeFirstOrThrow();
		expect(body.timeline.at(-1)).toMatchObject({ what: 'exchanged', quantity: 2, detail: returnId });
		expect(body.returns).toMatchObject([{ returnId, exchanges: [{ saleId: sale.payload.saleId, units: 2 }] }]);
		expect(body.lines).toMatchObject([{ withCustomer: 1, returned: 1 }]);
		const sold = await db.selectFrom('movement').select('order_id').where('reason', '=', 'sold').execute();
		expect(sold.filter(({ order_id }) => order_id === order.id)).toHaveLength(1);
		const unknown = { ...sell(0), payload: { ...sell(1).payload, ...about, orderId: 'o-9', returnId: 'r-9' } };
		expect(await send(device, unknown)).toMatchObject({ outcome: 'applied' });
	});

	test('of units that others were promised is kept: a debt, an exception and one count', async () => {
		const siteId = await addStockedSite(central, { A: 2 });
		const [device, other] = [await addDevice(central, siteId), await addDevice(central, siteId)];
		await giveRight(central, siteId, other.deviceId, 'A', 2);
		expect(await send(device, sell(1))).toMatchObject({
			outcome: 'applied',
			exceptions: ['promised_more_than_held'],
		});
		expect(await documentsOf(siteId, 'count')).toMatchObject([
			{ reason: 'debt', state: 'open', asked: [{ sku: 'A', name: 'Product A', bin: 'A-1-1' }] },
		]);
		expect(await send(device, sell(1))).toMatchObject({ outcome: 'applied', exceptions: [] });
		expect(await documentsOf(siteId, 'count')).toHaveLength(1);
	});
});

test('rights come back by the word of their device only, and never more than it has', async () => {
	const siteId = await addStockedSite(central, { A: 4 });
	const [mine, other] = [await addDevice(central, siteId), await addDevice(central, siteId)];
	await giveRight(central, siteId, mine.deviceId, 'A', 3);
	const release = (quantity: number) => ({ type: 'release_rights', payload: { rights: [units('A', quantity)] } });
	expect(await send(other, release(3))).toMatchObject({ outcome: 'applied' });
	expect(await freeOf(siteId)).toBe(1);
	expect(await send(mine, release(2))).toMatchObject({ outcome: 'applied' });
	expect(await freeOf(siteId)).toBe(3);
	expect(await send(mine, release(9))).toMatchObject({ outcome: 'applied' });
	expect(await freeOf(siteId)).toBe(4);
	expect(await leftOfShare(siteId, mine)).toMatchObject({ granted: 3, used: 0, released: 3 });
});
