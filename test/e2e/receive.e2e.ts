import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeOf } from './central.ts';
import { expect, test } from './story.ts';

const store = storeOf('SOUTHAMPTON');

test('a purchase order is counted in with the server killed: partly damaged, one too many and an unknown code; central has each unit once', async ({
	central,
	newDevice,
	server,
}) => {
	const product = await central.freeProduct(store);
	const available = async () => {
		const [row] = await server.query<{ available: number; damaged: number }>(
			'SELECT available::int, damaged::int FROM stock_position WHERE site_id = $1 AND sku = $2',
			[store.siteId, product.sku],
		);
		return row ?? { available: Number.NaN, damaged: Number.NaN };
	};
	const before = await available();
	const supplierId = `supplier-${randomUUID().slice(0, 8)}`;
	await server.query(
		`INSERT INTO site (id, body) SELECT $1::text, body || jsonb_build_object('id', $1::text, 'name', 'Northern Wholesale',
			'kind', 'supplier', 'capabilities', '["supply"]'::jsonb) FROM site WHERE id = $2`,
		[supplierId, store.siteId],
	);
	const key = readFileSync(join(server.dataFolder, 'api-key'), 'utf8').trim();
	const number = `PO-${randomUUID().slice(0, 6).toUpperCase()}`;
	const answer = await fetch(`${server.url}/api/v1/purchase-orders`, {
		method: 'POST',
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			supplierId,
			number,
			siteId: store.siteId,
			expectedOn: Temporal.Now.plainDateISO().toString(),
			lines: [{ sku: product.sku, quantity: 5 }],
		}),
	});
	expect(answer.ok, await answer.clone().text()).toBe(true);

	const device = await newDevice();
	const { page } = device;
	await test.step('with the network: its delivery is found by its number', async () => {
		await device.startWork(store, 2);
		await device.keptOffline();
		await device.goTo('Stock');
		await page.getByRole('option', { name: /^Receive/ }).click();
		await page.getByRole('option', { name: new RegExp(number) }).click();
		await expect(page.getByRole('heading', { level: 1, name: `Receive ${number}` })).toBeVisible();
	});

	await server.kill();

	await test.step('cut off: four good, then two damaged, which is one too many; nothing is filled in before', async () => {
		await device.scan(product.barcode);
		await expect(page.getByLabel('How many came?')).toHaveValue('');
		await page.getByLabel('How many came?').fill('4');
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('4 of 5');
		await device.scan('WHATISTHIS');
		await expect(page.getByText('1 unknown code')).toBeVisible();
		await page.reload();
		await expect(page.getByText('4 of 5')).toBeVisible();
		await page.keyboard.press('F4');
		await device.scan(product.barcode);
		await page.getByLabel('How many are damaged?').fill('2');
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('1 more than expected');
		await page.keyboard.press('F10');
		await page.getByRole('button', { name: /^Nothing more is to come/ }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Receive', exact: true })).toBeVisible();
	});

	await server.startAgain();

	await test.step('back again: each unit once, and the difference waits for somebody', async () => {
		await device.allSent();
		expect(await available()).toEqual({ available: before.available + 4, damaged: before.damaged + 2 });
		const told = await server.query<{ number: string }>(
			`SELECT body->>'supplyNumber' AS number FROM exception_case WHERE body->>'exceptionKind' = 'delivery_differs'
			 AND body->>'supplyNumber' = $1`,
			[number],
		);
		expect(told).toHaveLength(1);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});
