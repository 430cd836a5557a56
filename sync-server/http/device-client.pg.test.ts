import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FetchLike, httpCentral } from '../../shared/device/http-central.ts';
import type { CentralAnswer, DeviceClock } from '../../shared/device/ports.ts';
import { StopSignal } from '../../shared/device/stop-signal.ts';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import type { WakeEvent } from '../../shared/protocol/messages.ts';
import { release, releaseHeader } from '../../shared/protocol/release.ts';
import {
	addDevice,
	addOrder,
	addSite,
	newTestKey,
	openTestCentral,
	type TestCentral,
} from '../../test/central-for-tests.ts';
import { addWork } from '../../test/work-for-tests.ts';
import { type RunningServer, startServer } from '../main.ts';

let central: TestCentral;
let server: RunningServer;
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-device-'));

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	const options = { port: 0, dataFolder, rendererFolder: dataFolder, log: () => undefined, demo: false };
	server = await startServer({ ...options, databaseUrl: central.url });
});
afterAll(async () => {
	await server.stop();
	await central.close();
	rmSync(dataFolder, { recursive: true, force: true });
});

const clock: DeviceClock = {
	wallMs: () => Date.now(),
	monotonicMs: () => performance.now(),
	sleep: (milliseconds, signal) =>
		new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, milliseconds).unref();
			signal.addEventListener('abort', () => {
				clearTimeout(timer);
				resolve();
			});
		}),
};

/** The runtime's own fetch, with the device's plain stop signal turned into the one that it knows. */
const plainFetch: FetchLike = (url, { method, headers, body, signal }) => {
	const abort = new AbortController();
	signal.addEventListener('abort', () => abort.abort());
	return fetch(url, { method, headers: { ...headers }, signal: abort.signal, ...(body === undefined ? {} : { body }) });
};

function given<T>(answer: CentralAnswer<T>): T {
	if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
	return answer.value;
}
const failureOf = <T>(answer: CentralAnswer<T>) => (answer.ok ? null : answer.failure);

test("a device's own client understands every answer of the server, the good ones and the refusals", async () => {
	const client = httpCentral({ address: server.url, fetch: plainFetch, clock });
	const code = 'COUNTER-1';
	const expiresAt = central.ingest.clock.now().add({ hours: 1 }).toString();
	await central.database.db
		.insertInto('enrollment_code')
		.values({ code, site_id: 'S-1', expires_at: expiresAt })
		.execute();

	const wrong = await client.enroll({ code: 'NOPE', deviceName: 'Till' });
	expect(failureOf(wrong)).toMatchObject({ kind: 'refused', error: 'wrong_code' });
	expect(failureOf(await client.pull('site', null, 10))).toMatchObject({ kind: 'credential' });
	const enrolled = given(await client.enroll({ code, deviceName: 'Till', deviceId: randomUUID() }));
	client.setCredential(enrolled.credential);
	const used = await client.enroll({ code, deviceName: 'Other', deviceId: randomUUID() });
	expect(failureOf(used)).toMatchObject({ kind: 'refused', error: 'code_used' });

	const badPin = await client.signIn({ associateId: 'associate-S-1', pin: '9999' });
	expect(failureOf(badPin)).toMatchObject({ kind: 'refused', error: 'wrong_pin', attemptsLeft: 4 });
	expect(given(await client.signIn({ associateId: 'associate-S-1', pin: '1111' })).associate.roles).toEqual([
		'associate',
	]);

	const sample = sampleOrder([{ sku: 'A', quantity: 3 }]);
	await addOrder(central, sample);
	const wakes: WakeEvent[] = [];
	const stop = new StopSignal();
	const listening = client.listen((event) => wakes.push(event), stop);
	while (wakes.length === 0) await delay(10);

	const writer = await addDevice(central, 'S-1');
	client.setCredential(writer.credential);
	const { fulfillmentOrder, order } = sample;
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id };
	const content = { type: 'pick', payload: { ...target, lineId: 'line-1', sku: 'A', quantity: 1 } };
	const clone = writer.copy();
	const first = writer.write(content);
	const [outcome] = given(await client.push([first])).outcomes;
	expect(outcome).toMatchObject({ opId: first.opId, outcome: 'applied' });
	while ((wakes.at(-1)?.site ?? 0) < (outcome?.position ?? Number.NaN)) await delay(10);
	stop.stop();
	await listening;

	const page = given(await client.pull('site', null, 1000));
	expect(page).toMatchObject({ position: outcome?.position, head: outcome?.position, resync: false });
	const next = given(await client.pull('site', { epoch: page.epoch, position: page.position }, 1000));
	expect(next.documents).toEqual([]);

	writer.write(content);
	expect(failureOf(await client.push([writer.write(content)]))).toMatchObject({ kind: 'gap', expectedSeq: 2 });
	expect(failureOf(await client.push([clone.write(content)]))).toMatchObject({ kind: 'lane_frozen' });
});

test('a device of a release that is too old is told in words to update, and what it saved is taken in all the same', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick } = await addWork(central);
	const asRelease = (own: string): FetchLike => {
		return (url, init) => plainFetch(url, { ...init, headers: { ...init.headers, [releaseHeader]: own } });
	};
	const old = httpCentral({ address: server.url, fetch: asRelease('1'), clock });
	old.setCredential(device.credential);
	for (const stream of ['site', 'shared'] as const) {
		expect(failureOf(await old.pull(stream, null, 10))).toEqual({
			kind: 'outdated',
			message: expect.stringContaining('too old'),
		});
	}
	expect(given(await old.push([device.write(pick(1))]))).toMatchObject({ outcomes: [{ outcome: 'applied' }], release });
	for (const own of ['2', '99', 'nonsense']) {
		const other = httpCentral({ address: server.url, fetch: asRelease(own), clock });
		other.setCredential(device.credential);
		expect(given(await other.pull('site', null, 1000))).toMatchObject({ release });
	}
});

test('a device registers a key over HTTP before it sends what it signed, and is refused without its credential', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick } = await addWork(central);
	const client = httpCentral({ address: server.url, fetch: plainFetch, clock });
	const { publicKey, keyId, sign } = newTestKey();
	expect(failureOf(await client.registerKey({ publicKey }))).toMatchObject({ kind: 'credential' });
	client.setCredential(device.credential);
	expect(given(await client.registerKey({ publicKey }))).toMatchObject({ keyId });
	const operation = device.write(pick(1), { keyId });
	const pushed = given(await client.push([{ ...operation, signature: sign(operation.hash) }]));
	expect(pushed.outcomes).toMatchObject([{ outcome: 'applied' }]);
	for (const wrong of ['x', publicKey.slice(1), `${publicKey}=`]) {
		expect(failureOf(await client.registerKey({ publicKey: wrong }))).toMatchObject({
			kind: 'refused',
			error: 'invalid',
		});
	}
});
