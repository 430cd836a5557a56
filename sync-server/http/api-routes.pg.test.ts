import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, shopCapture } from '../../test/shop-for-tests.ts';
import { openApiKey } from '../central/access/api-key.ts';
import { findOrder } from '../central/orders/capture-order.ts';
import { openPromising, type Promising } from '../central/promising/open-promising.ts';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { openReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { openDatabase } from '../database/open-database.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { apiRoutes } from './api-routes.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:05Z') };
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-api-'));
/** Nobody asks for a run here. */
const routing = { runNow: () => Promise.reject(new Error('There is no routing here.')) };
let shop: Awaited<ReturnType<typeof openShop>>;
let app: FastifyInstance;
let promising: Promising;
let key: string;
const lines: string[] = [];

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 100_000, 'london A': 4, 'london B': 0 });
	const isApiKey = await openApiKey(shop.db, dataFolder, (line) => lines.push(line));
	key = readFileSync(join(dataFolder, 'api-key'), 'utf8').trim();
	app = Fastify();
	const findPlace = placeFinder([]);
	promising = await openPromising({ db: shop.db, url: shop.url, clock, findPlace, log: (line) => lines.push(line) });
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

const ask = (url: string, authorization = `Bearer ${key}`) => app.inject({ url, headers: { authorization } });
const post = (payload: unknown, headers: Record<string, string> = {}) =>
	app.inject({
		method: 'POST',
		url: '/api/v1/orders',
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
		payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
	});

describe('the API key', () => {
	it('is made once, kept in a file that only its owner can read, and never logged', async () => {
		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain('api-key');
		expect(lines[0]).not.toContain(key);
		expect(statSync(join(dataFolder, 'api-key')).mode & 0o777).toBe(0o600);
		const again = await openApiKey(shop.db, dataFolder, (line) => lines.push(line));
		expect(again(key)).toBe(true);
		expect(again('bsk_other')).toBe(false);
		expect(lines).toHaveLength(1);
	});

	it('is nowhere in the database, and a second data folder is told that its key is another one', async () => {
		const kept = await shop.db.selectFrom('setting').selectAll().where('key', '=', 'api_key_hash').execute();
		expect(JSON.stringify(kept)).not.toContain(key);
		const told: string[] = [];
		const other = mkdtempSync(join(tmpdir(), 'backstock-api-'));
		const isKey = await openApiKey(shop.db, other, (line) => told.push(line));
		expect(isKey(key)).toBe(true);
		expect(told.join()).toContain("is not this database's API key");
		expect(existsSync(join(other, 'api-key'))).toBe(false);
		rmSync(other, { recursive: true });
	});

	it('is needed for every route but the documentation', async () => {
		for (const authorization of ['', 'Bearer ', 'Bearer wrong', `Basic ${key}`]) {
			const answer = await ask('/api/v1/sites', authorization);
			expect(answer.statusCode).toBe(401);
			expect(answer.json()).toMatchObject({ error: 'credential' });
		}
		expect((await ask('/docs/', '')).statusCode).toBe(200);
	});
});

describe('POST /api/v1/orders', () => {
	it('answers 201 with the order, 200 with the same one for the same again, and 409 for other content', async () => {
		const capture = shopCapture();
		const first = await post(capture);
		expect(first.statusCode).toBe(201);
		expect(first.json()).toMatchObject({ state: 'open', fulfillments: [{ siteId: 'leeds' }] });
		expect(first.headers.location).toBe(`/api/v1/orders/${first.json().id}`);
		const again = await post(capture);
		expect(again.statusCode).toBe(200);
		expect(again.json()).toEqual(first.json());
		const other = await post({ ...capture, lines: [{ sku: 'A', quantity: 2 }] });
		expect(other.statusCode).toBe(409);
		expect(other.json()).toMatchObject({ error: 'conflict', message: expect.stringContaining('before') });
	});

	it.each([
		['no JSON', '{', 400, 'invalid', undefined],
		['nothing', '', 400, 'invalid', undefined],
		['a list', [], 400, 'invalid', '/'],
		['null', null, 400, 'invalid', '/'],
		['an unknown method', shopCapture({ method: 'mail' as 'ship' }), 400, 'invalid', '/method'],
		['a field too many', { ...shopCapture(), priority: 1 }, 400, 'invalid', '/priority'],
		['no lines', shopCapture({ lines: [] }), 400, 'invalid', '/lines'],
		['half a unit', shopCapture({ lines: [{ sku: 'A', quantity: 0.5 }] }), 400, 'invalid', '/lines/0/quantity'],
		['text where a number belongs', '{"lines":[{"sku":"A","quantity":"1"}]}', 400, 'invalid', '/channel'],
		['an unknown SKU', shopCapture({ lines: [{ sku: 'X', quantity: 1 }] }), 400, 'unknown_sku', '/lines/0/sku'],
		['a NUL', shopCapture({ customer: { name: 'a\0' } }), 400, 'unreadable_text', '/customer/name'],
		['half a character', shopCapture({ externalId: '\udc00' }), 400, 'unreadable_text', '/externalId'],
		['a date that does not exist', shopCapture({ placedAt: '2026-02-30T10:00Z' }), 400, 'no_such_instant', '/placedAt'],
		['another currency', shopCapture({ currency: 'EUR' }), 400, 'wrong_currency', '/currency'],
		['a site without pickup', shopCapture({ method: 'pickup', siteId: 'daventry' }), 400, 'no_pickup_here', '/siteId'],
		['far too much', `"${'x'.repeat(600_000)}"`, 413, 'too_large', undefined],
	])('refuses %s with words, and where', async (_what, payload, status, error, where) => {
		const answer = await post(payload);
		expect({ status: answer.statusCode, ...answer.json() }).toMatchObject({
			status,
			error,
			message: expect.stringMatching(/./),
		});
		expect(answer.json().where).toBe(where);
	});

	it('answers any spoiled order with words, and never with a failure of the server', async () => {
		const fields = [
			'channel',
			'externalId',
			'placedAt',
			'method',
			'siteId',
			'promisedAt',
			'currency',
			'customer',
			'shipTo',
		];
		const text = fc.string({ unit: 'binary', maxLength: 30 });
		const spoiled = fc.oneof(fc.jsonValue(), text, fc.record({ name: text, line1: text, country: text, town: text }));
		const lines = fc.array(fc.record({ sku: fc.oneof(text, fc.constant('A')), quantity: fc.jsonValue() }), {
			maxLength: 3,
		});
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...fields, 'lines'), spoiled, lines, async (field, value, badLines) => {
				const answer = await post({ ...shopCapture(), [field]: field === 'lines' ? badLines : value });
				expect([200, 201, 400, 409]).toContain(answer.statusCode);
				if (answer.statusCode >= 400)
					expect(answer.json()).toMatchObject({
						error: expect.stringMatching(/./),
						message: expect.stringMatching(/./),
					});
			}),
			{ numRuns: 400 },
		);
	});

	it('leaves out what no schema knows, however deep it goes', async () => {
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		const text = JSON.stringify(shopCapture({ customer: { name: 'Anna Bell' } }));
		const answer = await post(text.replace('"name":"Anna Bell"', `"name":"Anna Bell","__note":${deep}`));
		expect(answer.statusCode).toBe(201);
		expect(answer.json().customer).toEqual({ name: 'Anna Bell' });
	});

	it('says in words what is missing', async () => {
		const { customer: _customer, ...nameless } = shopCapture();
		expect((await post(nameless)).json().message).toBe('/customer in the body is missing.');
		expect((await post([])).json().message).toBe('The body must be object.');
	});

	it('refuses what is not sent as JSON', async () => {
		const answer = await post('channel=web', { 'content-type': 'application/x-www-form-urlencoded' });
		expect(answer.statusCode).toBe(415);
		expect(answer.json()).toMatchObject({ error: 'not_json' });
	});
});

describe('GET', () => {
	it('/orders/{id} finds an order by its id and by its number, and says when there is none', async () => {
		const { id, number } = (await post(shopCapture())).json();
		for (const asked of [id, number]) expect((await ask(`/api/v1/orders/${asked}`)).json()).toMatchObject({ id });
		const stored = await findOrder(shop.db, id);
		expect((await ask(`/api/v1/orders/${id}`)).json()).toEqual({ ...stored, state: 'open' });
		const none = await ask('/api/v1/orders/nothing');
		expect(none.statusCode).toBe(404);
		expect(none.json()).toMatchObject({ error: 'not_found' });
		expect((await ask('/api/v1/orders/%00')).statusCode).toBe(400);
		expect((await ask('/api/v1/nothing')).json()).toMatchObject({ error: 'not_found' });
	});

	it('/sites lists every site', async () => {
		const { sites } = (await ask('/api/v1/sites')).json();
		expect(sites.map((site: { id: string }) => site.id)).toEqual(['daventry', 'leeds', 'london']);
	});

	it('/availability tells what each site can still promise, and which SKUs are unknown', async () => {
		const taken = (await post(shopCapture({ lines: [{ sku: 'A', quantity: 1 }] }))).json();
		const { availability, unknownSkus } = (await ask('/api/v1/availability?sku=A&sku=B&sku=X&sku=C')).json();
		expect(unknownSkus).toEqual(['X']);
		const [a, b, c] = availability;
		expect(taken.fulfillments).toMatchObject([{ siteId: 'leeds' }]);
		expect(a.sites.map((site: { siteId: string }) => site.siteId)).toEqual(['leeds', 'london']);
		expect(a.available).toBe(a.sites[0].available + 4);
		expect(b).toMatchObject({ available: 0, sites: [{ siteId: 'london', available: 0 }] });
		expect(c).toMatchObject({ sku: 'C', available: 0, sites: [] });
	});

	it.each([
		['no SKU', ''],
		['an empty SKU', '?sku='],
		['a NUL', '?sku=%00'],
		['another question', '?other=1'],
		['more than two hundred SKUs', `?${'sku=A&'.repeat(201)}`],
	])('/availability with %s is refused with words', async (_what, query) => {
		const answer = await ask(`/api/v1/availability${query}`);
		expect(answer.statusCode).toBe(400);
		expect(answer.json()).toMatchObject({ error: 'invalid', where: expect.stringContaining('/sku') });
	});
});

describe('POST /api/v1/fulfillment-orders/:id/move', () => {
	const move = (id: string, body: unknown, authorization = `Bearer ${key}`) =>
		app.inject({
			method: 'POST',
			url: `/api/v1/fulfillment-orders/${id}/move`,
			headers: { authorization, 'content-type': 'application/json' },
			payload: JSON.stringify(body),
		});

	it('answers the new fulfillment order, and a Problem in words when it can not be', async () => {
		const order = (await post(shopCapture())).json();
		const id = order.fulfillments[0].fulfillmentOrderId;
		expect((await move(id, { siteId: 'london' }, 'Bearer wrong')).statusCode).toBe(401);
		expect((await move(id, {})).json()).toMatchObject({ error: 'invalid' });
		expect((await move(id, { siteId: 'nowhere' })).statusCode).toBe(400);
		const moved = await move(id, { siteId: 'london' });
		expect(moved.statusCode).toBe(200);
		expect(moved.json()).toMatchObject({ siteId: 'london', movedFrom: { fulfillmentOrderId: id } });
		const again = await move(id, { siteId: 'london' });
		expect(again.statusCode).toBe(409);
		expect(again.json()).toMatchObject({ error: 'already_moved', message: expect.stringContaining('london') });
		expect((await move('nothing', { siteId: 'london' })).statusCode).toBe(404);
	});
});

describe('the documentation', () => {
	it('is OpenAPI 3.1 with every route', async () => {
		const page = (await ask('/docs/json', '')).json();
		expect(page.openapi).toBe('3.1.0');
		const undocumented = [
			'/orders',
			'/orders/{id}',
			'/fulfillment-orders/{id}/move',
			'/sites',
			'/availability',
			'/reservations',
			'/reservations/{id}',
			'/rules',
			'/rules/preview',
		].filter((path) => page.paths[`/api/v1${path}`] === undefined);
		expect(undocumented).toEqual([]);
	});

	it('loads nothing from elsewhere, and its policy allows no script but its own', async () => {
		const page = await ask('/docs/', '');
		expect(page.headers['content-security-policy']).toContain("script-src 'self';");
		const sources = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source = '']) => source);
		expect(sources.length).toBeGreaterThan(4);
		for (const source of sources) {
			expect(source).toMatch(/^\.?\//);
			expect((await ask(new URL(source, 'http://here/docs/').pathname, '')).statusCode).toBe(200);
		}
	});
});

it('a database that is away is told as such, and as nothing else', async () => {
	const away = openDatabase('postgres://nobody:nothing@127.0.0.1:1/nowhere');
	const alone = Fastify();
	const parts = { db: away.db, clock, findPlace: placeFinder([]) };
	const replays = openReplayDesk(parts, () => undefined);
	const options = { ...parts, promising, replays, routing, isApiKey: () => true, isDatabaseAway };
	await alone.register(apiRoutes, options);
	const answer = await alone.inject({ url: '/api/v1/sites', headers: { authorization: 'Bearer x' } });
	expect(answer.statusCode).toBe(503);
	expect(answer.json()).toMatchObject({ error: 'unavailable' });
	await alone.close();
	await away.close();
});
