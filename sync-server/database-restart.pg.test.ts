import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../shared/domain/sample-order.ts';
import { addDevice, addOrder, addSite, testCentralOn } from '../test/central-for-tests.ts';
import { checkLedger } from './central/inventory/stock-ledger.ts';
import { type DatabaseServer, openDatabaseServer } from './database/embedded-postgres.ts';
import { type RunningServer, startServer } from './main.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-restart-'));
// PostgreSQL's own account must be able to enter it when the tests run as root.
chmodSync(dataFolder, 0o755);
let postgres: DatabaseServer;
let server: RunningServer;

beforeAll(async () => {
	postgres = await openDatabaseServer({ dataFolder, durable: false });
	const options = { port: 0, dataFolder, rendererFolder: dataFolder, log: () => undefined, demo: false };
	server = await startServer({ ...options, databaseUrl: postgres.url });
});
afterAll(async () => {
	await server.stop();
	await postgres.stop();
	rmSync(dataFolder, { recursive: true, force: true });
});

test('while PostgreSQL is down every answer is a 503 in words; when it is back, the same push is applied once', async () => {
	const central = await testCentralOn(postgres.url);
	await addSite(central, 'S-1');
	const device = await addDevice(central, 'S-1');
	const sample = sampleOrder([{ sku: 'A', quantity: 3 }]);
	await addOrder(central, sample);
	const { fulfillmentOrder, order } = sample;
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id };
	const pick = { type: 'pick', payload: { ...target, lineId: 'line-1', sku: 'A', quantity: 1 } };
	const operations = [device.write(pick), device.write(pick)];
	const authorization = `Bearer ${device.credential}`;
	const push = async () => {
		const response = await fetch(`${server.url}/sync/v1/operations`, {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify({ operations }),
		});
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	};
	expect((await push()).status).toBe(200);
	operations.push(device.write(pick));

	await postgres.stop();
	expect(await push()).toMatchObject({ status: 503, body: { error: 'unavailable' } });
	const ready = await fetch(`${server.url}/readyz`);
	expect([ready.status, (await fetch(`${server.url}/healthz`)).status]).toEqual([503, 200]);
	expect((await fetch(`${server.url}/metrics`)).status).toBe(200);

	postgres = await openDatabaseServer({ dataFolder, durable: false });
	let answer = await push();
	for (let turn = 0; answer.status !== 200 && turn < 50; turn += 1) {
		await delay(100);
		answer = await push();
	}
	expect(answer).toMatchObject({ status: 200, body: { outcomes: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] } });
	expect(await checkLedger(central.database.db)).toEqual([]);
	const moved = await central.database.db
		.selectFrom('movement')
		.selectAll()
		.where('reason', '=', 'units_picked')
		.execute();
	expect(moved).toHaveLength(3);
	await central.close();
});
