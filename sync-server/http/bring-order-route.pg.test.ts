import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import { syncRoutes } from '../../shared/protocol/messages.ts';
import { addDevice, addOrder, addSite, openTestCentral, type TestCentral } from '../../test/central-for-tests.ts';
import { type RunningServer, startServer } from '../main.ts';

let central: TestCentral;
let server: RunningServer;
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-bring-'));

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	await addSite(central, 'S-2');
	const options = { port: 0, dataFolder, rendererFolder: dataFolder, log: () => undefined, demo: false };
	server = await startServer({ ...options, databaseUrl: central.url });
});
afterAll(async () => {
	await server.stop();
	await central.close();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function ask(body: unknown, credential?: string) {
	const response = await fetch(`${server.url}${syncRoutes.bringOrder}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const answer = (await response.json()) as { readonly error?: string; readonly message?: string };
	return { status: response.status, answer };
}

test('an enrolled device gets an order of another site by its number, or is told in words that there is none', async () => {
	const sample = sampleOrder([{ sku: 'A', quantity: 1 }], 'ship', '4711');
	await addOrder(central, { ...sample, fulfillmentOrder: { ...sample.fulfillmentOrder, siteId: 'S-1' } });
	const { credential } = await addDevice(central, 'S-2');
	const brought = await ask({ number: '4711' }, credential);
	expect(brought).toMatchObject({ status: 200, answer: { orderId: sample.order.id } });
	const unknown = await ask({ number: '4712' }, credential);
	expect(unknown).toMatchObject({ status: 404, answer: { error: 'unknown_order' } });
	expect(unknown.answer.message).toContain('no order');
	expect(await ask({ number: '4711' })).toMatchObject({ status: 401, answer: { error: 'credential' } });
});

test('whatever is sent instead of a number is refused, and the server makes no mistake', async () => {
	const { credential } = await addDevice(central, 'S-2');
	const wrong = [{}, { number: 4711 }, { number: '' }, { number: 'x'.repeat(101) }, { number: null }, [], '{', 'null'];
	for (const body of wrong) expect((await ask(body, credential)).status).toBe(400);
	expect((await ask({ number: '47\u000011' }, credential)).status).toBe(400);
	expect((await ask({ number: "'; DROP TABLE customer_order; --" }, credential)).status).toBe(404);
	expect((await ask({ number: '\ud800' }, credential)).status).toBe(404);
});

test('a device that asks for more than thirty orders in a minute must wait, and another device need not', async () => {
	const { credential } = await addDevice(central, 'S-2');
	const other = await addDevice(central, 'S-2');
	const statuses: number[] = [];
	for (let number = 1; number <= 31; number++)
		statuses.push((await ask({ number: `guess-${number}` }, credential)).status);
	expect(statuses.slice(0, 30).every((status) => status === 404)).toBe(true);
	expect(statuses.at(-1)).toBe(429);
	expect((await ask({ number: 'guess-1' }, other.credential)).status).toBe(404);
});
