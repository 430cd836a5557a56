import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PromisingRule } from '../../shared/schema/promising-rules.ts';
import { firstRouting } from '../../shared/schema/routing-rules.ts';
import { openShop } from '../../test/shop-for-tests.ts';
import { openApiKey } from '../central/access/api-key.ts';
import { openPromising, type Promising } from '../central/promising/open-promising.ts';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { openReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { apiRoutes } from './api-routes.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:05Z') };
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-rules-'));
/** Nobody asks for a run here. */
const routing = { runNow: () => Promise.reject(new Error('There is no routing here.')) };
let shop: Awaited<ReturnType<typeof openShop>>;
let app: FastifyInstance;
let promising: Promising;
let key: string;

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 10 });
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

type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE';
const ask = (method: HttpMethod, url: string, payload?: unknown) => askAt(`/rules${url}`, method, payload);
const askRouting = (method: HttpMethod, url: string, payload?: unknown) =>
	askAt(`/routing-rules${url}`, method, payload);

async function askAt(path: string, method: HttpMethod, payload?: unknown) {
	const answer = await app.inject({
		method,
		url: `/api/v1${path}`,
		headers: { authorization: `Bearer ${key}` },
		...(payload === undefined ? {} : { payload: payload as object }),
	});
	return { status: answer.statusCode, body: answer.json() };
}
const rule = { id: '1', name: 'One', products: { skus: ['A'] }, siteGroup: {}, effect: { safetyStock: { units: 2 } } };
const draft = (changed: object = {}) => {
	return { by: 'Ann', baseVersion: 1, revision: 0, rules: [{ ...rule, ...changed }], groups: [] };
};

describe('rules that make no sense are refused with a Problem that names the place', () => {
	it.each<[string, unknown, string]>([
		['a negative safety stock', draft({ effect: { safetyStock: { units: -1 } } }), '/rules/0/effect/safetyStock/units'],
		['half a unit', draft({ effect: { safetyStock: { units: 1.5 } } }), '/rules/0/effect/safetyStock/units'],
		['an absurd safety stock', draft({ effect: { safetyStock: { units: 1e9 } } }), '/rules/0/effect/safetyStock/units'],
		[
			'more than all of it',
			draft({ effect: { safetyStock: { percent: 101 } } }),
			'/rules/0/effect/safetyStock/percent',
		],
		['a negative threshold', draft({ effect: { threshold: -2 } }), '/rules/0/effect/threshold'],
		['a number as text', draft({ effect: { threshold: '2' } }), '/rules/0/effect/threshold'],
		['no effect at all', draft({ effect: {} }), '/rules/0/effect'],
		['an unknown effect', draft({ effect: { delivery: 'eligible' } }), '/rules/0/effect/delivery'],
		['an unknown word', draft({ effect: { pickup: 'maybe' } }), '/rules/0/effect/pickup'],
		['an empty list', draft({ products: { skus: [] } }), '/rules/0/products/skus'],
		['a value twice', draft({ products: { skus: ['A', 'A'] } }), '/rules/0/products/skus'],
		['an unknown SKU', draft({ products: { skus: ['nothing'] } }), '/rules/0/products/skus/0'],
		['an unknown department', draft({ products: { departments: ['Toys'] } }), '/rules/0/products/departments/0'],
		['an unknown site', draft({ siteGroup: { siteIds: ['paris'] } }), '/rules/0/siteGroup/siteIds/0'],
		['an unknown kind of site', draft({ siteGroup: { kinds: ['kiosk'] } }), '/rules/0/siteGroup/kinds/0'],
		['no day', draft({ effectiveTo: 'tomorrow' }), '/rules/0/effectiveTo'],
		['a day that is not in the calendar', draft({ effectiveTo: '2026-02-30' }), '/rules/0/effectiveTo'],
		[
			'an end before the beginning',
			draft({ effectiveFrom: '2026-12-02', effectiveTo: '2026-12-01' }),
			'/rules/0/effectiveFrom',
		],
		['an id twice', { ...draft(), rules: [rule, { ...rule, name: 'Two' }] }, '/rules/1/id'],
		['no name of who does it', { ...draft(), by: '' }, '/by'],
		['no version to begin from', { ...draft(), baseVersion: undefined }, '/baseVersion'],
	])('%s', async (_words, body, where) => {
		const answer = await ask('PUT', '/draft', body);
		expect(answer).toMatchObject({ status: 400, body: { where } });
		expect(answer.body.message).toMatch(/\S+/);
		expect((await ask('GET', '')).body.draft).toBeNull();
	});

	it('an empty filter is kept, with a warning', async () => {
		const { status, body } = await ask('PUT', '/draft', draft({ products: {} }));
		expect([status, body.warnings[0]]).toMatchObject([200, { code: 'everything', where: '/rules/0' }]);
		expect(await ask('DELETE', `/draft?by=Ann&revision=${body.draft.revision}`)).toMatchObject({ status: 200 });
	});
});

describe('the way of a change', () => {
	it('goes from draft to preview to publication, and everything can be looked up later', async () => {
		const saved = await ask('PUT', '/draft', draft());
		expect(saved).toMatchObject({ status: 200, body: { draft: { version: 2 }, changes: [{ change: 'added' }] } });
		const { version, revision } = saved.body.draft;
		const preview = await ask('POST', '/preview', {});
		expect(preview).toMatchObject({
			status: 200,
			body: { positions: 1, skus: [{ sku: 'A', unitsBefore: 10, unitsAfter: 8 }], warnings: [] },
		});
		expect(await ask('POST', '/publish', { by: 'Ann', version, revision, note: ' ' })).toMatchObject({ status: 400 });
		const publish = { by: 'Ann', version, revision, note: 'Fewer broken promises' };
		expect(await ask('POST', '/publish', publish)).toMatchObject({ status: 200, body: { published: { version: 2 } } });
		expect(await ask('POST', '/publish', publish)).toMatchObject({ status: 200, body: { published: { version: 2 } } });
		expect(await ask('PUT', '/draft', draft())).toMatchObject({ status: 409, body: { error: 'conflict' } });
		expect((await ask('GET', '/versions')).body.versions).toMatchObject([
			{ version: 2, note: publish.note },
			{ version: 1 },
		]);
		expect((await ask('GET', '/versions/2')).body.rules).toEqual([rule satisfies PromisingRule]);
		expect((await ask('GET', '/versions/2/diff')).body.changes).toMatchObject([{ change: 'added', name: 'One' }]);
		expect((await ask('GET', '/versions/1/diff?since=2')).body.changes).toMatchObject([{ change: 'removed' }]);
		expect((await ask('GET', '/history')).body.history[0]).toMatchObject({ by: 'Ann', action: 'published' });
	});

	it.each([
		['/versions/99', 404],
		['/versions/99/diff', 404],
		['/versions/one', 400],
		['/versions/1/diff?since=-1', 400],
	])('%s is answered with %i', async (url, status) => {
		expect(await ask('GET', url)).toMatchObject({ status, body: { message: expect.any(String) } });
	});
});

describe('the rules of routing', () => {
	const { weights } = firstRouting;
	const rested = { id: 'r', name: 'Leeds rests', orders: {}, effect: { exclude: { siteIds: ['leeds'] } } };
	const routed = (changed: object = {}, weighed: object = {}) => ({
		by: 'Ann',
		baseVersion: 1,
		revision: 0,
		rules: [{ ...rested, ...changed }],
		groups: [],
		weights: { ...weights, ...weighed },
	});

	it.each<[string, unknown, string]>([
		['a cost below zero', routed({}, { splitMinor: -1 }), '/weights/splitMinor'],
		['an absurd cost', routed({}, { unfilledMinor: 1e9 }), '/weights/unfilledMinor'],
		[
			'half a penny',
			routed({}, { handlingMinor: { ...weights.handlingMinor, store: 0.5 } }),
			'/weights/handlingMinor/store',
		],
		['no zone', routed({}, { zones: [] }), '/weights/zones'],
		['zones that do not go on outward', routed({}, { zones: weights.zones.slice(0, 2) }), '/weights/zones/1/upToKm'],
		['a currency that is none', routed({}, { currency: 'pounds' }), '/weights/currency'],
		['a cost left out', routed({}, { lateDayMinor: undefined }), '/weights/lateDayMinor'],
		['no weights', { ...routed(), weights: undefined }, '/weights'],
		['no effect at all', routed({ effect: {} }), '/rules/0/effect'],
		['an unknown effect', routed({ effect: { deliver: true } }), '/rules/0/effect/deliver'],
		['no fallback', routed({ effect: { fallbacks: [] } }), '/rules/0/effect/fallbacks'],
		['an unknown way', routed({ effect: { whenUnfillable: 'wait' } }), '/rules/0/effect/whenUnfillable'],
		['a country in words', routed({ orders: { countries: ['England'] } }), '/rules/0/orders/countries/0'],
		['an unknown site', routed({ effect: { exclude: { siteIds: ['paris'] } } }), '/rules/0/effect/exclude/siteIds/0'],
		[
			'values from more to less',
			routed({ orders: { valueFromMinor: 2, valueToMinor: 1 } }),
			'/rules/0/orders/valueFromMinor',
		],
	])('refuse %s and name the place', async (_words, body, where) => {
		expect(await askRouting('PUT', '/draft', body)).toMatchObject({ status: 400, body: { where } });
		expect((await askRouting('GET', '')).body.draft).toBeNull();
	});

	it('go from draft to publication, apart from those of promising, and everything can be looked up later', async () => {
		const promised = await ask('GET', '');
		const saved = await askRouting('PUT', '/draft', routed({}, { splitMinor: 200 }));
		expect(saved).toMatchObject({
			status: 200,
			body: { draft: { version: 2 }, changes: [{ change: 'added' }, { change: 'weights_changed' }] },
		});
		const { version, revision } = saved.body.draft;
		const publish = { by: 'Ann', version, revision, note: 'Leeds takes stock' };
		expect(await askRouting('POST', '/publish', { ...publish, revision: revision + 1 })).toMatchObject({ status: 409 });
		expect(await askRouting('POST', '/publish', publish)).toMatchObject({ status: 200, body: { draft: null } });
		expect(await askRouting('PUT', '/draft', routed())).toMatchObject({ status: 409, body: { where: '/baseVersion' } });
		expect((await askRouting('GET', '/versions')).body.versions).toMatchObject([{ version: 2 }, { version: 1 }]);
		const { body } = await askRouting('GET', '/versions/2');
		expect(body).toMatchObject({ note: publish.note, rules: [rested], weights: { splitMinor: 200 } });
		const fields = [{ field: 'splitMinor', before: 150, after: 200 }];
		expect((await askRouting('GET', '/versions/2/diff?since=1')).body.changes).toMatchObject([{}, { fields }]);
		expect(await askRouting('GET', '/versions/9/diff')).toMatchObject({ status: 404 });
		expect((await askRouting('GET', '/history')).body.history).toMatchObject([
			{ action: 'published' },
			{ action: 'saved' },
		]);
		expect(await ask('GET', '')).toEqual(promised);
	});
});
