import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../shared/domain/sample-order.ts';
import { FeedPage, Problem } from '../shared/protocol/messages.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../test/central-for-tests.ts';
import { checkLedger } from './central/inventory/stock-ledger.ts';
import { realClock } from './clock.ts';
import { type RunningServer, startServer } from './main.ts';

let central: TestCentral;
let server: RunningServer;
let device: TestDevice;
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-server-'));
let shift = 0;
const clock = { now: () => realClock.now().add({ hours: shift * 24 }) };

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	await addSite(central, 'S-2');
	device = await addDevice(central, 'S-1');
	server = await startServer({
		databaseUrl: central.url,
		port: 0,
		dataFolder,
		rendererFolder: join(dataFolder, 'no-app'),
		log: () => undefined,
		clock,
		demo: false,
	});
});
afterAll(async () => {
	await server.stop();
	await central.close();
	rmSync(dataFolder, { recursive: true, force: true });
});

interface Answer {
	readonly status: number;
	// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
	readonly body: any;
}

async function call(path: string, body?: unknown, credential: string | null = device.credential): Promise<Answer> {
	const response = await fetch(server.url + path, {
		method: body === undefined ? 'GET' : 'POST',
		headers: {
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
		},
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, body: JSON.parse(text) };
}

const feed = (query: string, credential = device.credential) => call(`/sync/v1/feed?${query}`, undefined, credential);
const push = (operations: readonly unknown[], by = device) =>
	call('/sync/v1/operations', { operations }, by.credential);

let numbers = 7000;
async function newPick() {
	numbers += 1;
	const sample = sampleOrder([{ sku: `sku-${numbers}`, quantity: 3 }], 'ship', String(numbers));
	await addOrder(central, sample);
	const payload = { fulfillmentOrderId: sample.fulfillmentOrder.id, orderId: sample.order.id, lineId: 'line-1' };
	return { type: 'pick', payload: { ...payload, sku: `sku-${numbers}`, quantity: 1 } };
}

test('a device enrolls by a code once, and gets a lane, a credential and the people of its site', async () => {
	const code = 'LEEDS-7';
	await central.database.db
		.insertInto('enrollment_code')
		.values({ code, site_id: 'S-1', expires_at: clock.now().add({ hours: 1 }).toString() })
		.execute();
	const deviceId = randomUUID();
	const first = await call('/sync/v1/enroll', { code: 'leeds-7', deviceName: 'Till 1', deviceId }, null);
	expect(first).toMatchObject({ status: 200, body: { deviceId, siteName: 'Store S-1', lastSeq: 0, lastHash: '' } });
	expect(first.body.associates.map(({ id }: { id: string }) => id)).toEqual(['associate-S-1', 'manager-S-1']);
	expect((await feed('stream=site', first.body.credential)).status).toBe(200);

	const again = await call('/sync/v1/enroll', { code, deviceName: 'Till 1', deviceId }, null);
	expect(again.body).toMatchObject({ deviceId, laneId: first.body.laneId });
	expect((await feed('stream=site', first.body.credential)).status).toBe(401);
	expect((await feed('stream=site', again.body.credential)).status).toBe(200);

	const other = await call('/sync/v1/enroll', { code, deviceName: 'Till 2' }, null);
	expect(other).toMatchObject({ status: 403, body: { error: 'code_used' } });
	const stored = await central.database.db.selectFrom('device').selectAll().where('id', '=', deviceId).execute();
	expect(JSON.stringify(stored)).not.toContain(again.body.credential);
});

test('an expired code and a code of another site are refused in words', async () => {
	await central.database.db
		.insertInto('enrollment_code')
		.values([
			{ code: 'OLD-1', site_id: 'S-1', expires_at: clock.now().subtract({ hours: 1 }).toString() },
			{ code: 'OTHER-1', site_id: 'S-2', expires_at: clock.now().add({ hours: 1 }).toString() },
		])
		.execute();
	const old = await call('/sync/v1/enroll', { code: 'OLD-1', deviceName: 'Till' }, null);
	expect(old).toMatchObject({ status: 403, body: { error: 'code_expired' } });
	const elsewhere = { code: 'OTHER-1', deviceName: 'Till', deviceId: device.deviceId };
	expect(await call('/sync/v1/enroll', elsewhere, null)).toMatchObject({ status: 403, body: { error: 'other_site' } });
});

test('a wrong, a missing, an expired and a revoked credential each get 401 and a reason', async () => {
	const gone = await addDevice(central, 'S-1');
	const old = await addDevice(central, 'S-1');
	const { db } = central.database;
	await db.updateTable('device').set({ revoked_at: clock.now().toString() }).where('id', '=', gone.deviceId).execute();
	const past = clock.now().subtract({ hours: 1 }).toString();
	await db.updateTable('device').set({ credential_expires_at: past }).where('id', '=', old.deviceId).execute();
	const messages = new Set<string>();
	for (const credential of [null, 'x'.repeat(43), gone.credential, old.credential]) {
		for (const path of ['/sync/v1/feed?stream=site', '/sync/v1/events']) {
			const refused = await call(path, undefined, credential);
			expect(refused).toMatchObject({ status: 401, body: { error: 'credential' } });
			messages.add(refused.body.message);
		}
	}
	expect(messages.size).toBe(4);
	expect(await push([gone.write(await newPick())], gone)).toMatchObject({ status: 401 });
});

test('the right PIN gives a grant that requests accept; five wrong ones lock, longer each time, across restarts', async () => {
	const manager = await addDevice(central, 'S-1', 'manager');
	const signIn = (pin: string) => call('/sync/v1/sign-in', { associateId: 'manager-S-1', pin }, manager.credential);
	const signedIn = await signIn('3333');
	expect(signedIn).toMatchObject({ status: 200, body: { associate: { id: 'manager-S-1', roles: ['manager'] } } });
	const { payload } = await newPick();
	const { fulfillmentOrderId, orderId } = payload;
	const cancel = { type: 'cancel', payload: { fulfillmentOrderId, orderId, reason: 'asked' } };
	const pushed = await push([manager.write(cancel, { grant: signedIn.body.grant })], manager);
	expect(pushed.body.outcomes).toMatchObject([{ outcome: 'applied' }]);

	for (const attemptsLeft of [4, 3, 2, 1]) {
		expect(await signIn('0000')).toMatchObject({ status: 403, body: { error: 'wrong_pin', attemptsLeft } });
	}
	const locked = await signIn('0000');
	expect(locked).toMatchObject({ status: 403, body: { error: 'locked', attemptsLeft: 0 } });
	expect(await signIn('3333')).toMatchObject({ body: { error: 'locked', lockedUntil: locked.body.lockedUntil } });
	const minutesUntil = (instant: string) => clock.now().until(Temporal.Instant.from(instant)).total('minutes');
	expect(minutesUntil(locked.body.lockedUntil)).toBeCloseTo(5, 0);
	shift = 1;
	const again = await signIn('0000');
	expect(minutesUntil(again.body.lockedUntil)).toBeCloseTo(10, 0);
	shift = 2;
	expect(await signIn('3333')).toMatchObject({ status: 200 });
	shift = 0;
	expect(await call('/sync/v1/sign-in', { associateId: 'manager-S-2', pin: '3333' })).toMatchObject({ status: 404 });
});

test('a device pulls its own site and what is shared, page by page, and nothing of another site', async () => {
	await newPick();
	const documents: unknown[] = [];
	let query = 'stream=site&limit=2';
	let page: FeedPage;
	do {
		const { body } = await feed(query);
		expect(Value.Check(FeedPage, body)).toBe(true);
		page = body as FeedPage;
		expect(page.documents.length).toBeLessThanOrEqual(2);
		documents.push(...page.documents);
		query = `stream=site&limit=2&epoch=${page.epoch}&after=${page.position}`;
	} while (page.position < page.head);
	expect(documents.length).toBeGreaterThan(4);
	expect(JSON.stringify(documents)).not.toContain('S-2');
	expect((await feed(query)).body).toMatchObject({ documents: [], position: page.head, resync: false });
	const shared = await feed('stream=shared');
	expect(shared.body.documents).toMatchObject([{ id: 'S-1' }, { id: 'S-2' }]);
});

test('a checkpoint of another epoch, or beyond the head, is told to start anew', async () => {
	const { body } = await feed('stream=site');
	const resync = { status: 200, body: { resync: true, documents: [], position: 0, epoch: body.epoch } };
	expect(await feed(`stream=site&epoch=another&after=1`)).toMatchObject(resync);
	expect(await feed(`stream=site&epoch=${body.epoch}&after=${body.head + 1}`)).toMatchObject(resync);
});

test('operations of another device are refused, and a gap names the number that is needed', async () => {
	const [mine, other] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const pick = await newPick();
	expect(await push([other.write(pick)], mine)).toMatchObject({ status: 403, body: { error: 'other_lane' } });
	mine.write(pick);
	expect(await push([mine.write(pick)], mine)).toMatchObject({ status: 409, body: { error: 'gap', expectedSeq: 1 } });
});

test('malformed and oversized bodies get a 4xx in words, never a 500', async () => {
	const pick = await newPick();
	const good = device.write(pick);
	const bad: readonly (readonly [string, unknown, number])[] = [
		['/sync/v1/operations', '{', 400],
		['/sync/v1/operations', 'null', 400],
		['/sync/v1/operations', { operations: [] }, 400],
		['/sync/v1/operations', { operations: [null] }, 400],
		['/sync/v1/operations', { operations: [{ ...good, opId: 'x' }] }, 400],
		['/sync/v1/operations', { operations: [{ ...good, laneId: '\0' }] }, 403],
		['/sync/v1/operations', { operations: Array.from({ length: 101 }, () => good) }, 400],
		['/sync/v1/operations', { operations: [{ ...good, payload: 'x'.repeat(3_000_000) }] }, 413],
		['/sync/v1/operations', `{"operations":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`, 400],
		[
			'/sync/v1/operations',
			JSON.stringify({ operations: [{ ...good, payload: 7 }] }).replace('7', `${'['.repeat(9000)}${']'.repeat(9000)}`),
			400,
		],
		['/sync/v1/enroll', { code: '\0\0\0\0', deviceName: 'x' }, 400],
		['/sync/v1/enroll', { code: 'LEEDS-1', deviceName: '' }, 400],
		['/sync/v1/sign-in', { associateId: '\0', pin: '1111' }, 400],
		['/sync/v1/sign-in', { associateId: 'x', pin: '1'.repeat(1000) }, 400],
		['/sync/v1/feed?stream=all', undefined, 400],
		['/sync/v1/feed?stream=site&epoch=x&after=-1', undefined, 400],
		['/sync/v1/feed?stream=site&epoch=x&after=99999999999999999999', undefined, 400],
		['/sync/v1/feed?stream=site&limit=0', undefined, 400],
		['/sync/v1/nothing', undefined, 404],
		['/sync/v1/%00', undefined, 400],
	];
	for (const [path, body, status] of bad) {
		const answer = await call(path, body);
		expect([path, answer.status, answer.body.message]).toEqual([path, status, expect.any(String)]);
		expect(Value.Check(Problem, answer.body)).toBe(true);
	}
	const strange = JSON.stringify({ operations: [good] }).replace('"v":1', '"v":1,"__proto__":{"x":1}');
	expect((await call('/sync/v1/operations', strange)).body.outcomes).toMatchObject([{ reason: 'hash_mismatch' }]);
	// The lane goes on: what was kept counts as its first operation.
	expect((await push([device.write(pick)])).body.outcomes).toMatchObject([{ seq: 2, outcome: 'applied' }]);
});

test('an open event stream is woken by a commit, with positions and without documents', async () => {
	const events: { site: number; shared: number }[] = [];
	const { stop } = await listen(device.credential, (data) => events.push(JSON.parse(data)));
	try {
		await until(() => events.length > 0);
		const before = events[0]?.site ?? Number.NaN;
		const mine = await addDevice(central, 'S-1');
		const pick = await newPick();
		const { outcomes } = (await push([mine.write(pick)], mine)).body;
		await until(() => (events.at(-1)?.site ?? 0) >= outcomes[0].position);
		expect(outcomes[0].position).toBeGreaterThan(before);
		expect(Object.keys(events.at(-1) ?? {}).sort()).toEqual(['shared', 'site']);
	} finally {
		stop();
	}
});

test('when the database drops every connection, the server answers 503 or works, and recovers by itself with its events', async () => {
	const events: { site: number }[] = [];
	const { stop } = await listen(device.credential, (data) => events.push(JSON.parse(data)));
	const mine = await addDevice(central, 'S-1');
	const pick = await newPick();
	const operations = [mine.write(pick), mine.write(pick), mine.write(pick)];
	const answers: number[] = [];
	for (let turn = 0; turn < 60; turn += 1) {
		if (turn % 10 === 6) await dropConnections();
		const { status, body } = await push(operations, mine);
		answers.push(status);
		if (status !== 200) expect(body).toMatchObject({ error: 'unavailable' });
	}
	expect(answers.every((status) => status === 200 || status === 503)).toBe(true);
	const last = await push(operations, mine);
	expect(last).toMatchObject({ status: 200, body: { outcomes: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] } });
	expect(await checkLedger(central.database.db)).toEqual([]);
	const position = last.body.outcomes[2].position;
	const more = await push([mine.write(pick)], mine);
	await until(() => (events.at(-1)?.site ?? 0) >= Math.max(position, more.body.outcomes[0].position));
	expect((await call('/readyz')).status).toBe(200);
	stop();
});

test('health, readiness and figures are told, and every answer has the security headers', async () => {
	expect(await call('/healthz', undefined, null)).toMatchObject({ status: 200 });
	const metrics = await (await fetch(`${server.url}/metrics`)).text();
	expect(metrics).toMatch(/backstock_operations_total\{type="pick",outcome="applied"\} \d+/);
	expect(metrics).toContain('backstock_stream_head{stream="site:S-1"}');
	expect(metrics).toContain('backstock_request_seconds_bucket');
	const page = await fetch(`${server.url}/`, { headers: { accept: 'text/html' } });
	expect(page.status).toBe(503);
	expect(((await page.json()) as Problem).error).toBe('not_built');
	expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
});

test('a taken port and a database that is away are said in words', async () => {
	const options = { dataFolder, rendererFolder: dataFolder, log: () => undefined, demo: false };
	const port = Number(new URL(server.url).port);
	await expect(startServer({ ...options, databaseUrl: central.url, port })).rejects.toThrow(`Port ${port} is taken`);
	const away = 'postgres://nobody@127.0.0.1:1/none';
	await expect(startServer({ ...options, databaseUrl: away, port: 0 })).rejects.toThrow(
		/127\.0\.0\.1:1 can't be reached/,
	);
});

test('too many wrong enrollment codes from one address are slowed down', async () => {
	const statuses: number[] = [];
	for (let turn = 0; turn < 12; turn += 1) {
		statuses.push((await call('/sync/v1/enroll', { code: `WRONG-${turn}`, deviceName: 'x' }, null)).status);
	}
	expect(statuses.at(-1)).toBe(429);
});

async function dropConnections(): Promise<void> {
	const client = new pg.Client({ connectionString: central.url });
	await client.connect();
	await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'backstock%'`);
	await client.end();
}

function listen(credential: string, onEvent: (data: string) => void): Promise<{ stop: () => void }> {
	return new Promise((resolve, reject) => {
		const request = httpRequest(
			`${server.url}/sync/v1/events`,
			{ headers: { authorization: `Bearer ${credential}` } },
			(response) => {
				let pending = '';
				response.setEncoding('utf8');
				response.on('data', (text: string) => {
					pending += text;
					for (let end = pending.indexOf('\n\n'); end >= 0; end = pending.indexOf('\n\n')) {
						const data = /^data: (.*)$/m.exec(pending.slice(0, end))?.[1];
						pending = pending.slice(end + 2);
						if (data !== undefined) onEvent(data);
					}
				});
				response.on('error', () => undefined);
				resolve({ stop: () => request.destroy() });
			},
		);
		request.on('error', reject);
		request.end();
	});
}

async function until(isTrue: () => boolean): Promise<void> {
	for (let turn = 0; !isTrue(); turn += 1) {
		if (turn > 500) throw new Error('It did not come true within 10 s');
		await delay(20);
	}
}
