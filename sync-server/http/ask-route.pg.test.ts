import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncRoutes } from '../../shared/protocol/messages.ts';
import { addDevice, addSite, openTestCentral, type TestCentral } from '../../test/central-for-tests.ts';
import { type RunningServer, startServer } from '../main.ts';

let central: TestCentral;
let server: RunningServer;
let credential: string;
const dataFolder = mkdtempSync(join(tmpdir(), 'backstock-ask-'));

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	const options = { port: 0, dataFolder, rendererFolder: dataFolder, log: () => undefined, demo: false };
	server = await startServer({ ...options, databaseUrl: central.url });
	({ credential } = await addDevice(central, 'S-1'));
	const { db } = central.database;
	await db
		.insertInto('product')
		.values({ sku: 'A', gtin: 'A', body: JSON.stringify({ id: 'A', name: 'Mug' }) })
		.execute();
	await db.insertInto('stock_position').values({ site_id: 'S-1', sku: 'A', available: 3 }).execute();
});
afterAll(async () => {
	await server.stop();
	await central.close();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function ask(body: unknown, authorization = `Bearer ${credential}`) {
	const response = await fetch(`${server.url}${syncRoutes.ask}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

test('an enrolled device is told what can be promised of a SKU at all sites, as it is now', async () => {
	const { status, answer } = await ask({ kind: 'availability', question: { lines: [{ sku: 'A' }] } });
	expect(status).toBe(200);
	expect(answer.availability).toMatchObject([
		{ sku: 'A', name: 'Mug', available: 3, sites: [{ siteId: 'S-1', onHand: 3 }] },
	]);
	expect(await ask({ kind: 'availability', question: { lines: [] } }, 'Bearer nothing')).toMatchObject({ status: 401 });
});

test('a question that nobody knows, or that makes no sense, is refused in words, and the server makes no mistake', async () => {
	expect(await ask({ kind: 'weather', question: {} })).toMatchObject({
		status: 404,
		answer: { error: 'unknown_question' },
	});
	expect(await ask({ kind: 'toString', question: {} })).toMatchObject({ status: 404 });
	const lines = [{ sku: 'A' }];
	const wrong = [
		{},
		{ lines: [] },
		{ lines: [{ sku: '' }] },
		{ lines: [{ sku: 'A', quantity: 0 }] },
		{ lines: [{ sku: 'A', quantity: -1 }] },
		{ lines: [{ sku: 'A', quantity: 1.5 }] },
		{ lines: [{ sku: 'A', quantity: 1e9 }] },
		{ lines: [{ sku: 'A\u0000' }] },
		{ lines: Array.from({ length: 201 }, () => ({ sku: 'A' })) },
		{ lines, siteIds: [] },
		{ lines, siteIds: ['nowhere'] },
		{ lines, method: 'carrier_pigeon' },
		{ lines, place: { postalCode: 'YO1', country: 'England' } },
		{ lines, other: 1 },
		null,
		'A',
	];
	for (const question of wrong) {
		const { status, answer } = await ask({ kind: 'availability', question });
		expect([status, answer.where], JSON.stringify(question)).toEqual([400, expect.stringContaining('/')]);
	}
	for (const body of [
		'{',
		'null',
		{ question: {} },
		{ kind: 1, question: {} },
		{ kind: 'availability', question: { lines }, grant: 7 },
	]) {
		expect((await ask(body)).status).toBe(400);
	}
	expect((await ask({ kind: 'availability', question: { lines }, grant: 'not.central' })).status).toBe(200);
});
