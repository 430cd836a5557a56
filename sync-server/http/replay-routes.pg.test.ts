import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayChoices, ReplayComparison, ReplayState } from '../../shared/protocol/replay-messages.ts';
import type { Role } from '../../shared/schema/associate.ts';
import type { OrderCapture } from '../../shared/schema/order.ts';
import { firstRouting } from '../../shared/schema/routing-rules.ts';
import { openShop, shopCapture } from '../../test/shop-for-tests.ts';
import { openApiKey } from '../central/access/api-key.ts';
import { signGrant } from '../central/associates/grant.ts';
import { captureOrder } from '../central/orders/capture-order.ts';
import type { Promising } from '../central/promising/open-promising.ts';
import { answerQuestion } from '../central/questions/answer-question.ts';
import { placeFinder } from '../central/routing/place-of-address.ts';
import { readReplayDay } from '../central/routing/replay/read-replay-day.ts';
import { openReplayDesk, type ReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { readRulesState, saveDraft } from '../central/rules/change-rules.ts';
import { routingSubject } from '../central/rules/routing-subject.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { apiRoutes } from './api-routes.ts';
import { schemaFaultFinder } from './schema-fault.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-22T10:00:00Z') };
const findPlace = placeFinder([]);
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-replays-'));
/** Nobody asks for a run here. */
const routing = { runNow: () => Promise.reject(new Error('There is no routing here.')) };
let shop: Awaited<ReturnType<typeof openShop>>;
let app: FastifyInstance;
let replays: ReplayDesk;
let key: string;

async function capture(changes: Partial<OrderCapture>): Promise<void> {
	const now = Temporal.Instant.from('2026-11-21T08:00:00Z');
	const result = await captureOrder(shop.db, shopCapture(changes), { now, findPlace, backdated: true });
	if (!result.captured) throw new Error(result.fault.message);
}

beforeAll(async () => {
	// There from 6 o'clock on the 20th.
	shop = await openShop({ 'leeds A': 5, 'london A': 9, 'london B': 1 });
	const line = (sku: string, quantity: number) => [{ sku, quantity }];
	await capture({ placedAt: '2026-11-19T12:00:00Z' });
	await capture({ placedAt: '2026-11-20T09:00:00Z', method: 'pickup', siteId: 'leeds' });
	await capture({ placedAt: '2026-11-20T10:00:00Z', lines: line('A', 2) });
	await capture({ placedAt: '2026-11-20T11:00:00Z', lines: line('B', 2) });
	const isApiKey = await openApiKey(shop.db, dataFolder, () => undefined);
	key = readFileSync(join(dataFolder, 'api-key'), 'utf8').trim();
	replays = openReplayDesk({ db: shop.db, clock, findPlace }, () => undefined);
	app = Fastify();
	const promising = {} as Promising;
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
	replays.close();
	await shop.drop();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function replay(payload: object) {
	const headers = { authorization: `Bearer ${key}` };
	const answer = await app.inject({ method: 'POST', url: '/api/v1/routing/replays', headers, payload });
	return { status: answer.statusCode, body: answer.json() };
}

const instance = {
	params: { zoneUpperKm: [], zoneFixed: [5], zonePerUnit: [1], splitPenalty: 3, unfilledPenalty: 50 },
	sites: [{ id: 'near', lat: 50, lon: 8, capacity: 9, handlingCost: 1 }],
	stock: [{ site: 'near', sku: 'A', qty: 5 }],
	orders: [{ id: 'o1', lat: 50, lon: 8, lines: [{ sku: 'A', qty: 2 }] }],
};

it('what there was when a day began is told by the ledger, also where orders came in later than they were placed', async () => {
	const asked = { day: '2026-11-20', now: clock.now(), findPlace, mostOrders: 9 };
	const day = await readReplayDay(shop.db, asked);
	expect(day?.orders).toMatchObject([
		{ placedAt: '2026-11-20T10:00:00Z', lines: [{ sku: 'A', quantity: 2 }], valueMinor: 200, place: { lat: 53.96 } },
		{ lines: [{ sku: 'B', quantity: 2 }] },
	]);
	const began = day?.stock.map(({ siteId, sku, units }) => [siteId, sku, units]);
	expect(began?.sort()).toEqual([
		['leeds', 'A', -1],
		['london', 'A', 0],
		['london', 'B', 0],
	]);
	expect(day?.backlog).toEqual([{ siteId: 'leeds', units: 1 }]);
	expect(day?.changes.map(({ at, siteId, sku, units }) => [new Date(at).getUTCHours(), siteId, sku, units])).toEqual([
		[6, 'leeds', 'A', 5],
		[6, 'london', 'A', 9],
		[6, 'london', 'B', 1],
		[9, 'leeds', 'A', -1],
	]);
	expect(await readReplayDay(shop.db, { ...asked, mostOrders: 1 })).toBeUndefined();
	expect((await readReplayDay(shop.db, { ...asked, day: '2026-11-21' }))?.orders).toEqual([]);
});

it('a past day is routed again with closed sites, other weights and capacities', async () => {
	const capacities = [{ siteId: 'london', units: 1 }];
	const weights = { unfilledMinor: 100_000 };
	const { status, body } = await replay({ day: '2026-11-20', closedSiteIds: ['leeds'], capacities, weights });
	expect(status).toBe(200);
	const { before, after, sites, moved, currency } = body as ReplayComparison;
	expect(currency).toBe('GBP');
	expect(before).toMatchObject({ orders: 2, units: 4, shippedUnits: 3, unfilledUnits: 1, lateParcels: 0, parcels: 2 });
	expect(before.cost).toBe(before.ownCost);
	expect(after.unfilledUnits).toBe(1);
	expect(after.lateDays).toBeGreaterThan(0);
	expect(after.ownCost - after.cost).toBeCloseTo(95_000);
	expect(sites.map(({ siteId, after: load }) => [siteId, load.units])).toEqual([
		['london', 3],
		['leeds', 0],
	]);
	expect(moved).toMatchObject([
		{ before: [{ siteName: 'The shop in leeds' }], after: [{ siteName: 'The shop in london', units: 2 }] },
	]);
});

it('a file is replayed as it is sent, packed or as JSON', async () => {
	const file = gzipSync(JSON.stringify(instance)).toString('base64');
	const [packed, plain] = await Promise.all([
		replay({ file, closedSiteIds: ['near'] }),
		replay({ instance, closedSiteIds: ['near'] }),
	]);
	expect(packed).toMatchObject({ status: 200, body: { before: { cost: 8 }, after: { cost: 100, unfilledUnits: 2 } } });
	expect(plain).toEqual(packed);
});

const routingOf = (exclude: object) => ({
	...firstRouting,
	rules: [{ id: '1', name: 'One', orders: {}, effect: { exclude } }],
});
const badWeights = { ...firstRouting.weights, splitMinor: -1 };
let deep: unknown = [];
for (let depth = 0; depth < 40; depth += 1) deep = [deep];

describe('what can’t be replayed is refused with a Problem that names the place:', () => {
	it.each<[string, object, number, string]>([
		['nothing', {}, 400, '/day'],
		['a day to come', { day: '2026-11-23' }, 400, '/day'],
		['no day of the calendar', { day: '2026-02-30' }, 400, '/day'],
		['a day without orders', { day: '2026-11-21' }, 404, '/day'],
		['an unknown closed site', { day: '2026-11-20', closedSiteIds: ['leeds', 'moon'] }, 400, '/closedSiteIds/1'],
		[
			'the capacity of an unknown site',
			{ day: '2026-11-20', capacities: [{ siteId: 'moon', units: 1 }] },
			400,
			'/capacities/0/siteId',
		],
		[
			'a negative capacity',
			{ day: '2026-11-20', capacities: [{ siteId: 'leeds', units: -1 }] },
			400,
			'/capacities/0/units',
		],
		[
			'two capacities of one site',
			{ day: '2026-11-20', capacities: [1, 2].map((units) => ({ siteId: 'leeds', units })) },
			400,
			'/capacities/1/siteId',
		],
		['a negative weight', { day: '2026-11-20', weights: { splitMinor: -1 } }, 400, '/weights/splitMinor'],
		['an unknown weight', { day: '2026-11-20', weights: { karma: 1 } }, 400, '/weights/karma'],
		[
			'rules with faults',
			{ day: '2026-11-20', routing: { ...firstRouting, weights: badWeights } },
			400,
			'/routing/weights/splitMinor',
		],
		[
			'rules that name an unknown site',
			{ day: '2026-11-20', routing: routingOf({ siteIds: ['moon'] }) },
			400,
			'/routing/rules/0/effect/exclude/siteIds/0',
		],
		['a draft where there is none', { day: '2026-11-20', rules: 'draft' }, 400, '/rules'],
		['rates of a file with a day', { day: '2026-11-20', rates: { splitPenalty: 1 } }, 400, '/rates'],
		['weights of a day with a file', { instance, weights: { splitMinor: 1 } }, 400, '/weights'],
		['a day and a file', { day: '2026-11-20', instance }, 400, '/day'],
		['a file that is not base64', { file: '{"params"' }, 400, '/file'],
		['a file of nonsense', { file: Buffer.from('nonsense').toString('base64') }, 400, '/file'],
		['an instance nested too deep', { instance: deep }, 400, '/instance'],
		['two files', { instance, file: 'AAAA' }, 400, '/instance'],
	])('%s', async (_what, payload, status, where) => {
		const answer = await replay(payload);
		expect(answer).toMatchObject({ status, body: { where } });
		expect(answer.body.message).toMatch(/\w+ \w+/);
	});
});

it('more than a few at once are told to wait, and a file beyond the limit is refused', async () => {
	const [first, second, third] = await Promise.all([1, 2, 3].map(() => replay({ day: '2026-11-20' })));
	expect([first?.status, second?.status, third?.status].sort()).toEqual([200, 200, 503]);
	const tooLarge = await replay({ file: 'A'.repeat(16 * 1024 * 1024) });
	expect(tooLarge).toMatchObject({ status: 413, body: { error: 'too_large' } });
});

it('the draft of the rules is compared with the published ones', async () => {
	const parts = { db: shop.db, clock };
	const { published } = await readRulesState(routingSubject, parts);
	const asked = { baseVersion: published.version, revision: 0, ...routingOf({ siteIds: ['leeds'] }) };
	const saved = await saveDraft(routingSubject, parts, { id: null, name: 'Ann' }, asked);
	expect(saved).toMatchObject({ done: true });
	const { status, body } = await replay({ day: '2026-11-20', rules: 'draft' });
	expect([status, body.before.shippedUnits, body.movedOrders]).toEqual([200, 3, 1]);
	expect(body.moved[0].after).toEqual([{ siteName: 'The shop in london', units: 2 }]);
});

describe('at a device', () => {
	const device = { deviceId: 'D-1', siteId: 'leeds', laneId: 'L-1', formerly: [] };
	const grantSecret = 'secret';
	async function ask<T>(role: Role, kind: string, question: unknown): Promise<T> {
		const { deviceId, siteId } = device;
		const expiresAt = '2026-11-23T10:00:00Z';
		const grant = signGrant({ associateId: role, name: role, roles: [role], siteId, deviceId, expiresAt }, grantSecret);
		const context = { db: shop.db, clock, grantSecret, promising: {} as Promising, replays };
		const asked = await answerQuestion(context, device, { kind, question, grant }, (schema, value) =>
			schemaFaultFinder(schema)(value),
		);
		if (!asked.ok) throw new Error(asked.problem.message);
		return asked.answer as T;
	}
	async function settled(replayId: string): Promise<ReplayState> {
		for (;;) {
			const state = await ask<ReplayState>('manager', 'replay_look', { replayId });
			if (state.state !== 'running') return state;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	it('a manager starts one, looks how far it is, and gets what came of it or why not', async () => {
		const choices = await ask<ReplayChoices>('manager', 'replay_choices', {});
		expect(choices).toMatchObject({ firstDay: '2026-11-19', lastDay: '2026-11-20', hasDraft: true });
		expect(choices.sites.map(({ siteId }) => siteId)).toEqual(['daventry', 'leeds', 'london']);
		const { replayId } = await ask<{ replayId: string }>('manager', 'replay_start', { day: choices.lastDay });
		expect(await settled(replayId)).toMatchObject({ state: 'done', done: 4, of: 4, comparison: { movedOrders: 0 } });
		const other = await ask<{ replayId: string }>('operations', 'replay_start', { day: '2026-11-21' });
		expect(await settled(other.replayId)).toMatchObject({ state: 'failed', problem: { error: 'no_orders' } });
		await expect(ask('associate', 'replay_start', { day: choices.lastDay })).rejects.toThrow('manager, operations');
	});

	it('it is called off, and what nobody started is unknown', async () => {
		const { replayId } = await ask<{ replayId: string }>('manager', 'replay_start', { day: '2026-11-20' });
		expect(await ask('manager', 'replay_stop', { replayId })).toMatchObject({ state: 'stopped' });
		expect(await settled(replayId)).toMatchObject({ state: 'stopped' });
		expect(await ask('manager', 'replay_look', { replayId: 'x' })).toMatchObject({ state: 'unknown' });
	});
});
