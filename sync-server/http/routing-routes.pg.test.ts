import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop, shopCapture } from '../../test/shop-for-tests.ts';
import { captureOrder } from '../central/orders/capture-order.ts';
import { openPromising, type Promising } from '../central/promising/open-promising.ts';
import { planBatch } from '../central/routing/batch/plan-batch.ts';
import { type RoutingWatch, watchRouting } from '../central/routing/batch/watch-routing.ts';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { openReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { apiRoutes } from './api-routes.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:05Z') };
const findPlace = placeFinder([]);
const goOn = Promise.withResolvers<void>();
let shop: Awaited<ReturnType<typeof openShop>>;
let app: FastifyInstance;
let promising: Promising;
let routing: RoutingWatch;

beforeAll(async () => {
	shop = await openShop({ 'london A': 5 });
	const log = () => undefined;
	promising = await openPromising({ db: shop.db, url: shop.url, clock, findPlace, log });
	const loadSolver = async () => ({ missing: 'not for this test' });
	routing = watchRouting(
		{
			db: shop.db,
			clock,
			findPlace,
			server: 'server 1',
			log,
			async plan(question) {
				await goOn.promise;
				return planBatch(question, { nowMs: () => performance.now(), loadSolver });
			},
		},
		0,
	);
	app = Fastify();
	const isApiKey = () => true;
	const replays = openReplayDesk({ db: shop.db, clock, findPlace }, log);
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
	await routing.stop();
	await app.close();
	await promising.close();
	await shop.drop();
});

const headers = { authorization: 'Bearer key' };
const ask = (url: string) => app.inject({ url: `/api/v1${url}`, headers });
const begin = () => app.inject({ method: 'POST', url: '/api/v1/routing/runs', headers });

it('a run that is asked for begins at once, is told to whoever asks again, and can be followed to its end', async () => {
	await captureOrder(shop.db, shopCapture(), { now: clock.now(), findPlace });
	const [first, second] = await Promise.all([begin(), begin()]);
	expect([first.statusCode, second.statusCode].toSorted()).toEqual([200, 202]);
	const third = await begin();
	expect(third.statusCode).toBe(200);
	const { id } = first.json<{ id: string }>();
	expect([second.json(), third.json()]).toEqual([{ id }, { id }]);
	expect((await ask(`/routing/runs/${id}`)).json()).toMatchObject({ id, state: 'planning', moved: [] });
	goOn.resolve();
	await expect.poll(async () => (await ask(`/routing/runs/${id}`)).json()).toMatchObject({ state: 'published' });
	const { runs } = (await ask('/routing/runs')).json<{ runs: object[] }>();
	expect(runs).toMatchObject([
		{ id, state: 'published', server: 'server 1', findings: { orders: 1, gap: 0 }, moves: { planned: 0 } },
	]);
});

it('a run that there never was is not found', async () => {
	const answer = await ask('/routing/runs/nothing');
	expect(answer.statusCode).toBe(404);
	expect(answer.json()).toMatchObject({ error: 'not_found', message: 'There is no run "nothing".' });
});
