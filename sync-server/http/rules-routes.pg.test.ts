import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PromisingRule } from '../../shared/schema/promising-rules.ts';
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

async function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: unknown) {
	const answer = await app.inject({
		method,
		url: `/api/v1/rules${url}`,
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
