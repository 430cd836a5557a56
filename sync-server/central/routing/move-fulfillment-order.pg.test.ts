import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedPage } from '../../../shared/protocol/messages.ts';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import { openShop, shopCapture } from '../../../test/shop-for-tests.ts';
import { siteStream } from '../../database/documents.ts';
import { readPage } from '../../feed/read-page.ts';
import { checkLedger } from '../inventory/stock-ledger.ts';
import { captureOrder, findOrder } from '../orders/capture-order.ts';
import { type MoveResult, moveFulfillmentOrder } from './move-fulfillment-order.ts';
import { placeFinder } from './place-of-address.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:05Z') };
let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
	shop = await openShop({ 'leeds A': 50, 'leeds B': 50, 'london A': 50, 'london B': 50, 'daventry A': 50 });
});
afterAll(() => shop.drop());

async function captured(changes: Partial<OrderCapture> = {}) {
	const result = await captureOrder(shop.db, shopCapture({ lines: [{ sku: 'A', quantity: 2 }], ...changes }), {
		now: clock.now(),
		findPlace: placeFinder([]),
	});
	if (!result.captured) throw new Error(result.fault.message);
	const [part] = result.order.fulfillments;
	if (part === undefined) throw new Error('Nobody holds it');
	return { order: result.order, fulfillmentOrderId: part.fulfillmentOrderId };
}

const move = (id: string, siteId: string, evenIfStarted?: boolean) =>
	moveFulfillmentOrder({ db: shop.db, clock }, id, { siteId, ...(evenIfStarted ? { evenIfStarted } : {}) });

function moved(result: MoveResult) {
	if (!result.moved) throw new Error(result.problem.message);
	return result.fulfillmentOrder;
}

const inStream = (siteId: string, documentId: string) =>
	shop.db
		.selectFrom('stream_document')
		.select(['position', 'deleted', 'body'])
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', '=', documentId)
		.executeTakeFirst();

const stock = (siteId: string) =>
	shop.db
		.selectFrom('stock_position')
		.select(['available', 'allocated'])
		.where('site_id', '=', siteId)
		.where('sku', '=', 'A')
		.executeTakeFirstOrThrow();

async function wholeStream(siteId: string, after = 0): Promise<FeedPage['documents']> {
	const device = { deviceId: 'd', laneId: 'l', siteId };
	const epoch = await shop.db
		.selectFrom('setting')
		.select('value')
		.where('key', '=', 'epoch')
		.executeTakeFirstOrThrow();
	const checkpoint = after === 0 ? null : { epoch: String(epoch.value), position: after };
	// A month later: the tombstones of 90 days are still there.
	const serverTime = clock
		.now()
		.add({ hours: 24 * 30 })
		.toString();
	const page = await readPage(shop.db, device, { stream: 'site', checkpoint, limit: 1000 }, { serverTime });
	return (JSON.parse(page) as FeedPage).documents;
}

test('a moved fulfillment order is fulfilled by the other site under a new number, with stock set aside there', async () => {
	const before = { leeds: await stock('leeds'), london: await stock('london') };
	const { order, fulfillmentOrderId } = await captured();
	const part = moved(await move(fulfillmentOrderId, 'london'));
	expect(part).toMatchObject({
		number: `${order.number}-2`,
		siteId: 'london',
		state: 'assigned',
		promisedAt: order.promisedAt,
		lines: [{ sku: 'A', ordered: 2, quantities: { toPick: 2 } }],
		movedFrom: { fulfillmentOrderId, siteId: 'leeds', siteName: 'The shop in leeds' },
	});
	expect(await stock('leeds')).toEqual(before.leeds);
	expect(await stock('london')).toEqual({
		available: before.london.available - 2,
		allocated: before.london.allocated + 2,
	});
	const now = await findOrder(shop.db, order.id);
	expect(now).toMatchObject({
		fulfillments: [{ fulfillmentOrderId: part.id, siteId: 'london' }],
		lines: [{ open: 2, unassigned: 0 }],
	});
	expect(now?.timeline.slice(-2)).toMatchObject([
		{ what: 'moved', siteId: 'leeds', quantity: 2, detail: 'The shop in london' },
		{ what: 'assigned', siteId: 'london', fulfillmentOrderId: part.id, quantity: 2 },
	]);
	expect((await inStream('london', part.id))?.body).toEqual(part);
	expect((await inStream('london', order.id))?.body).toEqual(now);
	expect(await checkLedger(shop.db)).toEqual([]);
});

test('a moved fulfillment order leaves the first site with all of its customer, also for a device that was off for a month', async () => {
	const customer = { name: 'Zoe Quimby', email: 'zoe.quimby@example.com' };
	const { order, fulfillmentOrderId } = await captured({ customer });
	const seen = (await inStream('leeds', order.id))?.position ?? 0;
	moved(await move(fulfillmentOrderId, 'london'));
	const later = await wholeStream('leeds', seen);
	expect(later.find(({ id }) => id === fulfillmentOrderId)).toMatchObject({ collection: 'work', deleted: true });
	expect(later.find(({ id }) => id === order.id)).toMatchObject({ collection: 'orders', deleted: true });
	expect(JSON.stringify(await wholeStream('leeds'))).not.toMatch(/quimby/i);
	const { rows } = {
		rows: await shop.db
			.selectFrom('stream_document')
			.select(['document_id', 'body'])
			.where('stream_id', '=', siteStream('leeds'))
			.execute(),
	};
	expect(JSON.stringify(rows)).not.toMatch(/quimby/i);
	expect(rows.find(({ document_id }) => document_id === order.id)?.body).toBeNull();
});

test('a fulfillment order that comes back is a document again at the first site, and a tombstone at the other', async () => {
	const { order, fulfillmentOrderId } = await captured();
	const away = moved(await move(fulfillmentOrderId, 'london'));
	const back = moved(await move(away.id, 'leeds'));
	expect(back.number).toBe(`${order.number}-3`);
	expect(await inStream('leeds', order.id)).toMatchObject({ deleted: false });
	expect(await inStream('leeds', back.id)).toMatchObject({ deleted: false });
	expect(await inStream('leeds', fulfillmentOrderId)).toMatchObject({ deleted: true, body: null });
	expect(await inStream('london', away.id)).toMatchObject({ deleted: true, body: null });
	expect(await inStream('london', order.id)).toMatchObject({ deleted: true, body: null });
});

test('the order stays at the first site when it was brought there, and goes on changing there', async () => {
	const { order, fulfillmentOrderId } = await captured();
	await shop.db
		.updateTable('customer_order')
		.set({ brought_to: ['leeds'] })
		.where('id', '=', order.id)
		.execute();
	moved(await move(fulfillmentOrderId, 'london'));
	expect(await inStream('leeds', fulfillmentOrderId)).toMatchObject({ deleted: true });
	expect((await inStream('leeds', order.id))?.body).toEqual(await findOrder(shop.db, order.id));
});

test('a move that can not be is refused in words, and changes nothing', async () => {
	const { order, fulfillmentOrderId } = await captured({ lines: [{ sku: 'B', quantity: 2 }] });
	const pickup = await captured({ method: 'pickup', siteId: 'leeds' });
	const refusals = [
		['nothing', 'london', 404, 'not_found'],
		[fulfillmentOrderId, 'nowhere', 400, 'unknown_site'],
		[fulfillmentOrderId, 'leeds', 409, 'same_site'],
		[fulfillmentOrderId, 'daventry', 409, 'not_enough_stock'],
		[pickup.fulfillmentOrderId, 'daventry', 409, 'no_such_capability'],
	] as const;
	const before = await findOrder(shop.db, order.id);
	for (const [id, siteId, status, error] of refusals) {
		expect(await move(id, siteId)).toMatchObject({ moved: false, status, problem: { error } });
	}
	expect(await findOrder(shop.db, order.id)).toEqual(before);
	const part = moved(await move(fulfillmentOrderId, 'london'));
	expect(await move(fulfillmentOrderId, 'london')).toMatchObject({ problem: { error: 'already_moved' } });
	expect(part.siteId).toBe('london');
});

test('sent twice at once a move is done once, and the stock is set aside once', async () => {
	const before = await stock('london');
	const { fulfillmentOrderId } = await captured();
	const results = await Promise.all([1, 2, 3, 4].map(() => move(fulfillmentOrderId, 'london')));
	expect(results.filter((result) => result.moved)).toHaveLength(1);
	expect((await stock('london')).allocated).toBe(before.allocated + 2);
});

test('what the rules keep back at the other site is not given away, unless the person overrides them', async () => {
	const rule = {
		id: 'R1',
		name: 'Keep most',
		products: { skus: ['B'] },
		siteGroup: { siteIds: ['london'] },
		effect: { safetyStock: { units: 47 } },
	};
	const publish = (rules: readonly unknown[], version: number) =>
		shop.db
			.updateTable('rule_set_version')
			.set({ body: JSON.stringify({ rules, groups: [] }), version })
			.where('subject', '=', 'promising')
			.where('state', '=', 'published')
			.execute();
	await publish([rule], 2);
	const { fulfillmentOrderId } = await captured({ lines: [{ sku: 'B', quantity: 2 }] });
	expect(await move(fulfillmentOrderId, 'london')).toMatchObject({
		moved: false,
		status: 409,
		problem: {
			error: 'kept_back',
			message: 'The rules (Keep most) let The shop in london give only 1 of 48 × B.',
			whatToDo: expect.stringContaining('override'),
		},
	});
	const request = { siteId: 'london', override: true };
	expect(moved(await moveFulfillmentOrder({ db: shop.db, clock }, fulfillmentOrderId, request)).siteId).toBe('london');
	await publish([], 3);
});
