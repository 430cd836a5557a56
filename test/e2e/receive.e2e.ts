import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printGtin } from '../../shared/codes/gtin.ts';
import { makeSscc } from '../../shared/codes/sscc.ts';
import { storeOf } from './central.ts';
import { expect, test } from './story.ts';

const store = storeOf('SOUTHAMPTON');

test('a purchase order is counted in with the server killed: partly damaged, one too many, an unknown code, lots and a pallet; central has each unit once', async ({
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
	const tell = async (method: string, path: string, body: unknown) => {
		const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
		const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
		expect(answer.ok, await answer.clone().text()).toBe(true);
	};
	const [lotProduct] = await server.query<{ sku: string; gtin: string }>(
		`SELECT sku, gtin FROM product WHERE sku <> $1 AND NOT EXISTS (
			SELECT FROM fulfillment_order WHERE body -> 'lines' @> jsonb_build_array(jsonb_build_object('sku', product.sku))
		) ORDER BY sku LIMIT 1`,
		[product.sku],
	);
	if (lotProduct === undefined) throw new Error('Every product is wanted somewhere.');
	await tell('PUT', `/products/${lotProduct.sku}/tracking`, { tracking: 'lot' });
	const sscc = makeSscc('9521321', 0, Math.floor(Math.random() * 1_000_000));
	await tell('POST', '/purchase-orders', {
		supplierId,
		number,
		siteId: store.siteId,
		expectedOn: Temporal.Now.plainDateISO().toString(),
		lines: [
			{ sku: product.sku, quantity: 5 },
			{ sku: lotProduct.sku, quantity: 30 },
		],
		announced: [{ sscc, lines: [{ sku: lotProduct.sku, quantity: 24, lot: 'L-PALLET' }] }],
	});
	const lots = () =>
		server.query<{ lot: string; units: number; expires_on: string | null }>(
			`SELECT lot, sum(units)::int AS units, max(expires_on)::text AS expires_on FROM stock_detail
			 WHERE site_id = $1 AND sku = $2 AND lot <> '' GROUP BY lot ORDER BY lot`,
			[store.siteId, lotProduct.sku],
		);

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
		await device.scan(`(02)${lotProduct.gtin}(17)291231(10)L-CASE(37)5`);
		await expect(device.verdict).toContainText('5 counted');
		await device.scan(printGtin(lotProduct.gtin));
		await page.getByLabel('Lot', { exact: true }).fill('L-HAND');
		await page.getByLabel('How many came?').fill('1');
		await page.keyboard.press('Enter');
		await expect(page.getByText('lot L-HAND')).toBeVisible();
		await device.scan(`(00)${sscc}`);
		await expect(page.getByRole('dialog', { name: 'Receive all of this unit unopened?' })).toBeVisible();
		await page.keyboard.press('1');
		await expect(page.getByText('lot L-PALLET')).toBeVisible();
		await device.scan(`(00)${sscc}`);
		await expect(device.verdict).toContainText('This unit is in already');
		await page.keyboard.press('F10');
		await page.getByRole('button', { name: /^Nothing more is to come/ }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Receive', exact: true })).toBeVisible();
	});

	await server.startAgain();

	await test.step('back again: each unit once, and the difference waits for somebody', async () => {
		await device.allSent();
		expect(await available()).toEqual({ available: before.available + 4, damaged: before.damaged + 2 });
		expect(await lots()).toEqual([
			{ lot: 'L-CASE', units: 5, expires_on: '2029-12-31' },
			{ lot: 'L-HAND', units: 1, expires_on: null },
			{ lot: 'L-PALLET', units: 24, expires_on: null },
		]);
		const told = await server.query<{ number: string }>(
			`SELECT body->>'supplyNumber' AS number FROM exception_case WHERE body->>'exceptionKind' = 'delivery_differs'
			 AND body->>'supplyNumber' = $1`,
			[number],
		);
		expect(told).toHaveLength(1);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});
