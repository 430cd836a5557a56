import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../shared/schema/product.ts';
import type { PurchaseOrder, PurchaseOrderCapture } from '../../shared/schema/purchase-order.ts';
import { openShop, shopProducts, shopSupplier } from '../../test/shop-for-tests.ts';
import { openApiKey } from '../central/access/api-key.ts';
import { postMovements } from '../central/inventory/stock-ledger.ts';
import { openPromising, type Promising } from '../central/promising/open-promising.ts';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { openReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { DocumentWriter } from '../database/documents.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { keepProducts, keepSites } from '../intake/opening-data.ts';
import { apiRoutes } from './api-routes.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:05Z') };
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-supply-'));
/** Nobody asks for a run here. */
const routing = { runNow: () => Promise.reject(new Error('There is no routing here.')) };
let shop: Awaited<ReturnType<typeof openShop>>;
let app: FastifyInstance;
let promising: Promising;
let key: string;

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 10, 'leeds B': 5, 'london A': 4 });
	await keepSites(shop.db, [shopSupplier], new DocumentWriter());
	const [sample] = shopProducts;
	if (sample === undefined) throw new Error('The shop has products');
	const lot: Product = { ...sample, id: 'LOT', gtin: '00000000000109', otherGtins: [], tracking: 'lot' };
	await keepProducts(shop.db, [lot], new DocumentWriter());
	const isApiKey = await openApiKey(shop.db, dataFolder, () => undefined);
	key = readFileSync(join(dataFolder, 'api-key'), 'utf8').trim();
	app = Fastify();
	const findPlace = placeFinder([]);
	promising = await openPromising({ db: shop.db, url: shop.url, clock, findPlace, log: () => undefined });
	const replays = openReplayDesk({ db: shop.db, clock, findPlace }, () => undefined);
	await app.register(apiRoutes, {
		db: shop.db,
		clock,
		findPlace,
		promising,
		replays,
		routing,
		isApiKey,
		isDatabaseAway,
	});
	await app.ready();
});
afterAll(async () => {
	await app.close();
	await promising.close();
	await shop.drop();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function ask(method: 'GET' | 'PATCH' | 'POST' | 'PUT', url: string, payload?: unknown) {
	const answer = await app.inject({
		method,
		url: `/api/v1${url}`,
		headers: { authorization: `Bearer ${key}` },
		...(payload === undefined ? {} : { payload: payload as object }),
	});
	return { status: answer.statusCode, body: answer.json() };
}

const capture = (changes: object = {}): PurchaseOrderCapture => ({
	supplierId: 'hull',
	number: crypto.randomUUID(),
	siteId: 'leeds',
	expectedOn: '2026-11-24',
	lines: [
		{ sku: 'A', quantity: 12 },
		{ sku: 'B', quantity: 6 },
	],
	...changes,
});
const sscc = '000000000000000017';

async function published(id: string): Promise<PurchaseOrder | null> {
	const row = await shop.db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', 'site:leeds')
		.where('document_id', '=', id)
		.executeTakeFirstOrThrow();
	return row.body as PurchaseOrder | null;
}

describe('a purchase order', () => {
	it('is taken in once, and its site sees it', async () => {
		const first = capture({ announced: [{ sscc, lines: [{ sku: 'A', quantity: 12, lot: 'L1' }] }] });
		const made = await ask('POST', '/purchase-orders', first);
		expect(made).toMatchObject({
			status: 201,
			body: { state: 'open', isOverdue: false, supplierName: shopSupplier.name },
		});
		expect(await ask('POST', '/purchase-orders', first)).toEqual({ status: 200, body: made.body });
		expect(await published(made.body.id)).toMatchObject({
			number: first.number,
			lines: [{ sku: 'A', ordered: 12 }, {}],
		});
		const other = await ask('POST', '/purchase-orders', { ...first, expectedOn: '2026-11-25' });
		expect(other).toMatchObject({ status: 409, body: { error: 'conflict', where: '/number' } });
		expect(await ask('GET', `/purchase-orders/${made.body.id}`)).toEqual({ status: 200, body: made.body });
		expect((await ask('GET', '/purchase-orders/nothing')).status).toBe(404);
	});

	it('that comes twice at once is there once', async () => {
		const one = capture();
		const answers = await Promise.all([1, 2, 3, 4].map(() => ask('POST', '/purchase-orders', one)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
		expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
	});

	it('changes its day and its announcement while it is open, and the first word about it stays known', async () => {
		const first = capture({ expectedOn: '2026-11-18' });
		const made = await ask('POST', '/purchase-orders', first);
		expect(made.body.isOverdue).toBe(true);
		const { id } = made.body;
		const announced = [{ sscc, lines: [{ sku: 'B', quantity: 6 }] }];
		const later = await ask('PATCH', `/purchase-orders/${id}`, { expectedOn: '2026-11-27', announced });
		expect(later).toMatchObject({ status: 200, body: { expectedOn: '2026-11-27', isOverdue: false, announced } });
		expect(await published(id)).toMatchObject({ expectedOn: '2026-11-27' });
		expect((await ask('POST', '/purchase-orders', first)).status).toBe(200);
		for (const bad of [
			{},
			{ expectedOn: '2026-02-30' },
			{ announced: [{ sscc, lines: [{ sku: 'C', quantity: 1 }] }] },
		]) {
			expect((await ask('PATCH', `/purchase-orders/${id}`, bad)).status).toBe(400);
		}
	});

	it('is cancelled once and for all, and is expected no more', async () => {
		const { body } = await ask('POST', '/purchase-orders', capture());
		for (const _ of [1, 2]) {
			const cancelled = await ask('POST', `/purchase-orders/${body.id}/cancel`);
			expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', isOverdue: false } });
		}
		expect(await published(body.id)).toMatchObject({ state: 'cancelled' });
		const late = await ask('PATCH', `/purchase-orders/${body.id}`, { expectedOn: '2026-12-01' });
		expect(late).toMatchObject({ status: 409, body: { error: 'already_closed' } });
		expect((await ask('POST', '/purchase-orders/nothing/cancel')).status).toBe(404);
	});

	it('is found by site, supplier, number and state', async () => {
		const one = capture({ siteId: 'london' });
		await ask('POST', '/purchase-orders', one);
		const numbers = async (query: string) =>
			(await ask('GET', `/purchase-orders?${query}`)).body.purchaseOrders.map((each: PurchaseOrder) => each.number);
		expect(await numbers('siteId=london')).toEqual([one.number]);
		expect(await numbers(`number=${one.number}&supplierId=hull&state=open`)).toEqual([one.number]);
		expect(await numbers(`number=${one.number}&state=cancelled`)).toEqual([]);
		expect((await ask('GET', '/purchase-orders?state=lost')).status).toBe(400);
	});

	it.each<[string, object, string]>([
		['of an unknown supplier', { supplierId: 'nobody' }, 'unknown_supplier'],
		['of a store', { supplierId: 'london' }, 'not_a_supplier'],
		['for an unknown site', { siteId: 'nowhere' }, 'unknown_site'],
		['for a supplier', { siteId: 'hull' }, 'not_a_receiving_site'],
		['of an unknown product', { lines: [{ sku: 'X', quantity: 1 }] }, 'unknown_sku'],
		['with a product twice', { lines: [1, 2].map((quantity) => ({ sku: 'A', quantity })) }, 'duplicate_line'],
		['on a day that does not exist', { expectedOn: '2026-11-31' }, 'no_such_date'],
		['ordered at no time', { orderedAt: '2026-13-01T10:00:00Z' }, 'no_such_date'],
		['with a negative quantity', { lines: [{ sku: 'A', quantity: -1 }] }, 'invalid'],
		['with a fraction', { lines: [{ sku: 'A', quantity: 1.5 }] }, 'invalid'],
		['with nothing', { lines: [{ sku: 'A', quantity: 0 }] }, 'invalid'],
		['with an absurd quantity', { lines: [{ sku: 'A', quantity: 1e9 }] }, 'invalid'],
		['without lines', { lines: [] }, 'invalid'],
		['with a field that nobody knows', { price: 1 }, 'invalid'],
		['with text that can not be stored', { number: 'a\u0000b' }, 'unreadable_text'],
		[
			'with a wrong SSCC',
			{ announced: [{ sscc: '000000000000000018', lines: [{ sku: 'A', quantity: 1 }] }] },
			'wrong_check_digit',
		],
		[
			'with an SSCC twice',
			{ announced: [1, 2].map((quantity) => ({ sscc, lines: [{ sku: 'A', quantity }] })) },
			'announced_twice',
		],
		['with units that nobody ordered', { announced: [{ sscc, lines: [{ sku: 'C', quantity: 1 }] }] }, 'not_ordered'],
	])('%s is told what is wrong, and nothing is kept', async (_, changes, error) => {
		const bad = capture(changes);
		expect(await ask('POST', '/purchase-orders', bad)).toMatchObject({ status: 400, body: { error } });
		const kept = await shop.db.selectFrom('purchase_order_request').select('number').execute();
		expect(kept.map(({ number }) => number)).not.toContain(bad.number);
	});
});

describe('the ledger', () => {
	it('says which orders got a lot, by whom and from which device', async () => {
		const posting = { operationId: 'op-1', actorName: 'Ann', deviceId: 'till-1', recordedAt: '2026-11-20T09:00:00Z' };
		const move = { siteId: 'leeds', sku: 'LOT', reason: 'test' };
		const come = {
			...move,
			quantity: 5,
			from: 'supplier',
			to: 'available',
			lot: 'L7',
			expiresOn: '2026-12-31',
		} as const;
		await postMovements(shop.db, [come], { ...posting, orderId: null });
		for (const orderId of ['o-1', 'o-2']) {
			await postMovements(shop.db, [{ ...move, quantity: 2, from: 'available', to: 'customer' }], {
				...posting,
				orderId,
			});
		}
		const { body } = await ask('GET', '/stock/movements?lot=L7');
		expect(body.next).toBeNull();
		expect(body.movements.map(({ to, orderId }: { to: string; orderId: string }) => [to, orderId])).toEqual([
			['available', null],
			['customer', 'o-1'],
			['customer', 'o-2'],
		]);
		expect(body.movements[1]).toMatchObject({
			operationId: 'op-1',
			actorName: 'Ann',
			deviceId: 'till-1',
			lot: 'L7',
			quantity: 2,
		});
		const positions = await ask('GET', '/stock/positions?siteId=leeds&sku=LOT');
		expect(positions.body.positions).toMatchObject([
			{ units: { available: 1 }, details: [{ place: 'shelf', lot: 'L7', units: 1, expiresOn: '2026-12-31' }] },
		]);
	});

	it('is read by SKU, by site and page by page', async () => {
		const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T09:00:00Z' };
		const one = {
			siteId: 'daventry',
			sku: 'C',
			quantity: 1,
			from: 'supplier',
			to: 'available',
			reason: 'test',
		} as const;
		await postMovements(
			shop.db,
			Array.from({ length: 250 }, () => one),
			posting,
		);
		const first = await ask('GET', '/stock/movements?sku=C');
		const second = await ask('GET', `/stock/movements?sku=C&siteId=daventry&after=${first.body.next}`);
		expect([first.body.movements.length, second.body.movements.length, second.body.next]).toEqual([200, 50, null]);
		const all = await ask('GET', '/stock/positions');
		expect(all.body.positions.map(({ id }: { id: string }) => id)).toContain('daventry:C');
		const rest = await ask('GET', `/stock/positions?after=${encodeURIComponent('["leeds","B"]')}`);
		expect(rest.body.positions.map(({ id }: { id: string }) => id)).toEqual(['leeds:LOT', 'london:A']);
	});

	it.each([
		'/stock/movements?after=x',
		'/stock/movements?lot=',
		'/stock/positions?after=x',
		'/stock/positions?after=[1]',
	])('%s is told what is wrong', async (url) => {
		expect((await ask('GET', url)).status).toBe(400);
	});
});

it('how a product is tracked is changed once, and not to what is none', async () => {
	const change = (sku: string, tracking: string) => ask('PUT', `/products/${sku}/tracking`, { tracking });
	expect(await change('B', 'serial')).toEqual({ status: 200, body: { sku: 'B', tracking: 'serial', changed: true } });
	expect(await change('B', 'serial')).toMatchObject({ body: { changed: false } });
	expect(await change('B', 'color')).toMatchObject({ status: 400 });
	expect(await change('NOTHING', 'lot')).toMatchObject({ status: 404, body: { error: 'not_found' } });
	expect(await change('B', 'none')).toMatchObject({ body: { changed: true } });
});
