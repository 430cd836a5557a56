import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OperationOutcome, syncRoutes } from '../../shared/protocol/messages.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import {
	addDevice,
	addSite,
	newTestKey,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { addWork } from '../../test/work-for-tests.ts';
import { checkLedger } from '../central/inventory/stock-ledger.ts';
import { type RunningServer, startServer } from '../main.ts';

let central: TestCentral;
let server: RunningServer;
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-once-'));
const options = { port: 0, dataFolder, rendererFolder: dataFolder, demo: false };

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	server = await startServer({ ...options, databaseUrl: central.url, log: () => undefined });
});
afterAll(async () => {
	await server.stop();
	expect(await checkLedger(central.database.db)).toEqual([]);
	await central.close();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function push(device: TestDevice, operations: readonly OperationEnvelope[], url = server.url) {
	const response = await fetch(url + syncRoutes.push, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.credential}` },
		body: JSON.stringify({ operations }),
	});
	const body = (await response.json()) as { outcomes: OperationOutcome[]; error?: string };
	return { status: response.status, ...body };
}

/** Sends, and is gone before an answer can come. */
function sendAndVanish(device: TestDevice, operations: readonly OperationEnvelope[], url = server.url): void {
	const request = httpRequest(url + syncRoutes.push, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.credential}` },
	});
	request.on('error', () => undefined);
	request.end(JSON.stringify({ operations }), () => request.destroy());
}

async function lastSeq({ laneId }: TestDevice): Promise<number> {
	const { db } = central.database;
	return (await db.selectFrom('lane').select('last_seq').where('id', '=', laneId).executeTakeFirstOrThrow()).last_seq;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
	for (let turn = 0; !(await isTrue()); turn += 1) {
		if (turn > 5000) throw new Error('It did not come true');
		await delay(1);
	}
}

async function movementsPerOperation(operations: readonly OperationEnvelope[]): Promise<readonly number[]> {
	const ids = operations.map(({ opId }) => opId);
	const rows = await central.database.db
		.selectFrom('movement')
		.select('operation_id')
		.where('operation_id', 'in', ids)
		.execute();
	return ids.map((id) => rows.filter(({ operation_id }) => operation_id === id).length);
}

test('lost answer: what was sent by a device that was cut off before the answer is applied once, and the next push gets its outcome', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central, 9);
	const operations = [device.write(pick(1)), device.write(pick(2))];
	sendAndVanish(device, operations);
	await until(async () => (await lastSeq(device)) === 2);
	const { outcomes } = await push(device, operations);
	expect(outcomes).toMatchObject([
		{ seq: 1, outcome: 'applied' },
		{ seq: 2, outcome: 'applied' },
	]);
	expect(await picked()).toBe(3);
	expect(await movementsPerOperation(operations)).toEqual([1, 1]);
});

test('duplicate push: the same batch three times, and parts of it, has the effects of one', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central, 9);
	const operations = [1, 2, 3].map((units) => device.write(pick(units)));
	const first = await push(device, operations);
	expect(await push(device, operations)).toMatchObject({ status: 200, outcomes: first.outcomes });
	expect((await push(device, operations.slice(1, 2))).outcomes).toEqual(first.outcomes.slice(1, 2));
	expect(await push(device, operations)).toMatchObject({ outcomes: first.outcomes });
	expect(await picked()).toBe(6);
});

test('two windows of one device that push the same queue at the same moment apply it once, and hear the same', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central, 60);
	const operations = Array.from({ length: 30 }, () => device.write(pick(1)));
	const answers = await Promise.all([1, 2, 3].map(() => push(device, operations)));
	for (const answer of answers) expect(answer.outcomes).toEqual(answers[0]?.outcomes);
	expect(answers[0]?.outcomes.every(({ outcome }) => outcome === 'applied')).toBe(true);
	expect(await picked()).toBe(30);
	expect(await movementsPerOperation(operations)).toEqual(operations.map(() => 1));
});

test('restored disk image: the lane freezes, each machine enrolls anew, and what either had not sent is taken in once', async () => {
	const key = newTestKey();
	const before = await addDevice(central, 'S-1', 'manager', { key });
	const { pick, picked, sku } = await addWork(central, 50);
	const given = await addWork(central, 2);
	await push(before, [before.write(pick(1))]);
	// In both queues: once as it was, once in the image.
	const shared = before.write(pick(2));
	const image = before.copy();
	const real = before.write(pick(4));
	expect((await push(before, [shared, real])).status).toBe(200);

	const restored = image.write(pick(8));
	const request = image.write({ type: 'cancel', payload: { ...given.target, reason: 'asked' } });
	expect(await push(image, [shared, restored, request])).toMatchObject({ status: 200, outcomes: [{ seq: 2 }] });
	expect(await push(image, [restored, request])).toMatchObject({ status: 409, error: 'lane_frozen' });
	const unsent = before.write(pick(16));
	expect(await push(before, [unsent])).toMatchObject({ status: 409, error: 'lane_frozen' });
	const told = await central.database.db
		.selectFrom('exception_case')
		.select('body')
		.where('id', 'like', `lane-${before.laneId}-%`)
		.execute();
	expect(told).toMatchObject([{ body: { priority: 'high', state: 'open' } }]);
	expect(await picked()).toBe(7);

	const second = await addDevice(central, 'S-1', 'manager', { key, before: image });
	const queue = [shared, restored, request].map((operation) => second.carryOver(operation));
	const { outcomes } = await push(second, queue);
	expect(outcomes).toMatchObject([
		{ opId: shared.opId, seq: 1, outcome: 'applied' },
		{ opId: restored.opId, seq: 2, outcome: 'applied' },
		{ opId: request.opId, seq: 3, outcome: 'applied' },
	]);
	expect((await push(second, queue)).outcomes).toEqual(outcomes);
	expect((await push(before, [unsent])).status).toBe(401);
	const first = await addDevice(central, 'S-1', 'manager', { key, before });
	const rest = [shared, real, unsent].map((operation) => first.carryOver(operation));
	expect((await push(first, rest)).outcomes).toMatchObject([
		{ outcome: 'applied' },
		{ outcome: 'applied' },
		{ seq: 3 },
	]);
	expect((await push(first, [first.write(pick(1))])).status).toBe(200);
	expect((await push(second, [second.write(pick(1))])).status).toBe(200);

	expect(await picked()).toBe(1 + 2 + 4 + 8 + 16 + 1 + 1);
	const moved = await central.database.db
		.selectFrom('movement')
		.select('operation_id')
		.where('sku', '=', sku)
		.where('reason', '=', 'units_picked')
		.execute();
	expect(new Set(moved.map(({ operation_id }) => operation_id)).size).toBe(moved.length);
});

test('an operation that is carried over but says something else than before is kept apart, and freezes the lane', async () => {
	const [one, other] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const { pick, picked } = await addWork(central);
	const operation = one.write(pick(1));
	await push(one, [operation]);
	const changed = other.carryOver({ ...operation, payload: pick(2).payload });
	expect(await push(other, [changed])).toMatchObject({ status: 409, error: 'lane_frozen' });
	expect(await picked()).toBe(1);
});

test('a lane that brings the same operation at two of its places contradicts itself', async () => {
	const [one, other] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const { pick, picked } = await addWork(central);
	const operation = one.write(pick(1));
	await push(one, [operation]);
	expect((await push(other, [other.carryOver(operation)])).status).toBe(200);
	expect(await push(other, [other.carryOver(operation)])).toMatchObject({ status: 409, error: 'lane_frozen' });
	expect(await picked()).toBe(1);
});

/** The server as a process of its own, so that it can be killed. */
async function startProcess(): Promise<{ readonly url: string; readonly process: ChildProcess }> {
	const main = pathToFileURL(join(import.meta.dirname, '..', 'main.ts')).href;
	const own = { ...options, databaseUrl: central.url };
	const script = `import { startServer } from ${JSON.stringify(main)};
		const server = await startServer({ ...${JSON.stringify(own)}, log() {} });
		console.log(server.url);`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	for await (const url of createInterface({ input: child.stdout })) return { url, process: child };
	throw new Error('The server ended at once');
}

async function kill(child: ChildProcess): Promise<void> {
	child.kill('SIGKILL');
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test('server killed between commit and answer: all is applied once when the device sends it to the next one', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const parts = [await addWork(central, 50), await addWork(central, 50), await addWork(central, 50)];
	const operations = parts.flatMap(({ pick }) => Array.from({ length: 30 }, () => device.write(pick(1))));
	for (const [turn, { order }] of parts.slice(1).entries()) {
		const { url, process: child } = await startProcess();
		try {
			// Each operation has its own commit. The answer comes after the last, and this order is held until the server is gone.
			await central.database.db.transaction().execute(async (transaction) => {
				await transaction.selectFrom('customer_order').where('id', '=', order.id).forUpdate().execute();
				const unheard = push(device, operations, url).then(
					() => 'answered',
					() => 'cut off',
				);
				await until(async () => (await lastSeq(device)) === 30 * (turn + 1));
				await kill(child);
				expect(await unheard).toBe('cut off');
			});
		} finally {
			await kill(child);
		}
	}
	const { outcomes } = await push(device, operations);
	expect(outcomes.map(({ seq }) => seq)).toEqual(operations.map(({ seq }) => seq));
	expect(outcomes.every(({ outcome }) => outcome === 'applied')).toBe(true);
	expect(await Promise.all(parts.map(({ picked }) => picked()))).toEqual([30, 30, 30]);
	expect(await movementsPerOperation(operations)).toEqual(operations.map(() => 1));
});

test('one operation that is refused and one that is broken block nothing behind them in the same push', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked, target } = await addWork(central);
	const operations = [
		device.write(pick(1)),
		device.write({ type: 'cancel', payload: { ...target, reason: 'I may not' } }),
		device.write({ type: 'pick', payload: { nonsense: true } }),
		{ ...device.write({ type: 'pick', payload: {} }), payload: { changed: true } },
		device.write({ type: 'stage', payload: { fulfillmentOrderId: 'none', orderId: 'none', location: 'X' } }),
		device.write(pick(1)),
	];
	const { outcomes } = await push(device, operations);
	expect(outcomes.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
		'applied',
		'role_not_allowed',
		'unreadable_payload',
		'hash_mismatch',
		'not_found',
		'applied',
	]);
	expect(await picked()).toBe(2);
});
