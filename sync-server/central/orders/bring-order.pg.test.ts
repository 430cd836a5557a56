import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../../../shared/domain/sample-order.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../../test/central-for-tests.ts';
import { siteStream } from '../../database/documents.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { bringOrder } from './bring-order.ts';

let central: TestCentral;
let numbers = 8000;

beforeAll(async () => {
	central = await openTestCentral();
	for (const siteId of ['shipping', 'counter', 'third']) await addSite(central, siteId);
});
afterAll(() => central.close());

/** An order that the site `shipping` fulfills, with the number A-8001 and so on. */
async function orderElsewhere() {
	numbers += 1;
	const sample = sampleOrder([{ sku: `sku-${numbers}`, quantity: 3 }], 'ship', `A-${numbers}`);
	const siteId = 'shipping';
	const fulfillments = sample.order.fulfillments.map((part) => ({ ...part, siteId }));
	const order = { ...sample.order, fulfillments };
	const fulfillmentOrder = { ...sample.fulfillmentOrder, siteId };
	await addOrder(central, { order, fulfillmentOrder });
	const [line] = fulfillmentOrder.lines;
	if (line === undefined) throw new Error('A sample order has a line');
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id, lineId: line.lineId, sku: line.sku };
	return {
		order,
		short: (quantity: number) => ({ type: 'short', payload: { ...target, quantity, reason: 'not_found' } }),
	};
}

const bring = (device: TestDevice, number: string) => bringOrder(central.ingest, device, number);
const published = (documentId: string, siteId: string) =>
	central.database.db
		.selectFrom('stream_document')
		.selectAll()
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', '=', documentId)
		.executeTakeFirst();
const lookedAt = async (orderId: string) =>
	(
		await central.database.db
			.selectFrom('domain_event')
			.select('body')
			.where('order_id', '=', orderId)
			.where('kind', '=', 'order_brought')
			.execute()
	).map(({ body }) => body);
async function take(device: TestDevice, content: { readonly type: string; readonly payload: unknown }) {
	const taken = await takeInOperation(central.ingest, device, device.write(content));
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	return taken.outcome;
}

test('an order of another site comes into the stream of the site that asks for its number, and who asked is known', async () => {
	const { order } = await orderElsewhere();
	const device = await addDevice(central, 'counter');
	expect(await published(order.id, 'counter')).toBeUndefined();
	const brought = await bring(device, ` ${order.number.toLowerCase()} `);
	const document = await published(order.id, 'counter');
	expect(brought).toEqual({ orderId: order.id, position: document?.position });
	expect(document).toMatchObject({ collection: 'orders', deleted: false, body: order });
	expect(await published(order.id, 'third')).toBeUndefined();
	expect(await lookedAt(order.id)).toEqual([{ siteId: 'counter', deviceId: device.deviceId }]);
});

test('asking twice changes nothing, nor does the site that fulfills it by asking', async () => {
	const { order } = await orderElsewhere();
	const device = await addDevice(central, 'counter');
	const first = await bring(device, order.number);
	expect(await bring(device, order.number)).toEqual(first);
	const own = await published(order.id, 'shipping');
	const atHome = await bring(await addDevice(central, 'shipping'), order.number);
	expect(atHome).toEqual({ orderId: order.id, position: own?.position });
	expect(await published(order.id, 'shipping')).toEqual(own);
	expect(await lookedAt(order.id)).toHaveLength(1);
});

test('two devices of a site that ask at the same moment get the same place', async () => {
	const { order } = await orderElsewhere();
	const devices = [await addDevice(central, 'counter'), await addDevice(central, 'counter')];
	const [one, other] = await Promise.all(devices.map((device) => bring(device, order.number)));
	expect(one).toEqual(other);
	expect(await lookedAt(order.id)).toHaveLength(1);
});

test('what another site does to the order later reaches the site that brought it, also when it was asked for meanwhile', async () => {
	const { order, short } = await orderElsewhere();
	const counter = await addDevice(central, 'counter');
	const shipping = await addDevice(central, 'shipping');
	await bring(counter, order.number);
	expect(await take(shipping, short(1))).toMatchObject({ outcome: 'applied' });
	const atHome = await published(order.id, 'shipping');
	expect(atHome?.body).toMatchObject({ lines: [{ short: 1 }] });
	expect((await published(order.id, 'counter'))?.body).toEqual(atHome?.body);
	const third = await addDevice(central, 'third');
	await Promise.all([take(shipping, short(1)), bring(third, order.number)]);
	const latest = (await published(order.id, 'shipping'))?.body;
	expect(latest).toMatchObject({ lines: [{ short: 2 }] });
	for (const siteId of ['counter', 'third']) expect((await published(order.id, siteId))?.body).toEqual(latest);
});

test('a return where the order was brought to is told at the site that shipped it', async () => {
	const { order } = await orderElsewhere();
	const counter = await addDevice(central, 'counter');
	await bring(counter, order.number);
	const [line] = order.lines;
	if (line === undefined) throw new Error('A sample order has a line');
	const back = {
		lineId: line.id,
		sku: line.sku,
		quantity: 1,
		reason: 'other',
		grade: 'as_new',
		disposition: 'restock',
	};
	const refund = { minor: 0, currency: order.currency };
	const named = { returnId: `r-${order.id}`, orderId: order.id, orderNumber: order.number };
	await take(counter, { type: 'return', payload: { ...named, lines: [back], refund } });
	const atCounter = await published(order.id, 'counter');
	expect(atCounter?.body).not.toEqual(order);
	expect((await published(order.id, 'shipping'))?.body).toEqual(atCounter?.body);
	expect(await published(named.returnId, 'counter')).toMatchObject({ collection: 'work' });
});

test('only the whole number finds an order', async () => {
	const { order } = await orderElsewhere();
	const device = await addDevice(central, 'counter');
	for (const number of ['A-80', `${order.number}0`, '%', '', order.id]) expect(await bring(device, number)).toBeNull();
	expect(await published(order.id, 'counter')).toBeUndefined();
	expect(await lookedAt(order.id)).toEqual([]);
});
