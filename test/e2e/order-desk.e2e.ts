import { orderState } from '../../shared/schema/order.ts';
import type { BackstockServer } from './backstock-server.ts';
import { type OrderedProduct, storeOf } from './central.ts';
import type { Device } from './device.ts';
import { expect, test } from './story.ts';
import { pickUnits, putOnShelf } from './work.ts';

const store = storeOf('LONDON-W1H');

/** Goes to a screen by its name, as somebody types it. */
async function goBy(device: Device, name: string): Promise<void> {
	const { page } = device;
	await page.getByLabel('Scan or type anything').fill(name);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Looks a product up by scanning it, once the screen is ready for it. */
async function lookUp(device: Device, product: OrderedProduct): Promise<void> {
	const { page } = device;
	await goBy(device, 'Look up');
	await expect(page.getByLabel('Name, SKU or number of a product')).toBeFocused();
	await expect(async () => {
		await device.scan(product.barcode);
		await expect(page.getByRole('heading', { level: 2, name: product.name })).toBeVisible({ timeout: 2000 });
	}).toPass();
}

/** Says how many of the active line. */
async function sayQuantity(device: Device, quantity: number): Promise<void> {
	const { page } = device;
	const units = page.getByLabel('Units', { exact: true });
	// The scan before it may not be answered yet.
	await expect(async () => {
		await page.keyboard.press('F6');
		await expect(units).toBeVisible({ timeout: 1000 });
	}).toPass();
	await units.fill(String(quantity));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** What is promised of a product and what is there to promise from, as central's ledger has it. */
async function booksOf(server: BackstockServer, sku: string) {
	const [row] = await server.query<{ available: number; claimed: number }>(
		`SELECT available::int, coalesce((SELECT sum(units) FROM stock_claim WHERE stock_claim.site_id = $1 AND stock_claim.sku = $2), 0)::int AS claimed
		 FROM stock_position WHERE site_id = $1 AND sku = $2`,
		[store.siteId, sku],
	);
	return row ?? { available: 0, claimed: 0 };
}

test('goods are kept for a customer and handed over; a sale of promised goods says so first, and opens an exception and a count', async ({
	central,
	newDevice,
	server,
}) => {
	// Nobody else has rights to it: this is the site's first device.
	const product = await central.freeProduct(store);
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 2, 0);
	const { available } = await booksOf(server, product.sku);

	await test.step('all that is free is kept for a customer', async () => {
		await goBy(device, 'Keep goods for a customer');
		await device.scan(product.barcode);
		await sayQuantity(device, available);
		await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Kay Keeps');
		await page.getByRole('button', { name: /^Keep \d+ items? for Kay Keeps/ }).click();
		await expect(device.verdict).toContainText('kept for Kay Keeps');
		await device.allSent();
		expect(await booksOf(server, product.sku)).toEqual({ available, claimed: available });
	});

	await test.step('a sale of one of them says whose it is, and is recorded all the same', async () => {
		await goBy(device, 'Sell');
		await device.scan(product.barcode);
		await expect(device.verdict).toContainText('promised to somebody else');
		await expect(page.getByRole('alert').filter({ hasText: 'promised to others' })).toContainText('Kay Keeps');
		await page.getByRole('button', { name: /^Sell all the same: 1 item/ }).click();
		await expect(device.verdict).toContainText('1 item sold');
		await device.allSent();
		const exceptions = await server.query(
			`SELECT 1 FROM exception_case WHERE site_id = $1 AND body->>'exceptionKind' = 'promised_more_than_held' AND body->>'sku' = $2`,
			[store.siteId, product.sku],
		);
		expect(exceptions).toHaveLength(1);
		const counts = await server.query(
			`SELECT 1 FROM stock_document WHERE kind = 'count' AND state = 'open' AND body->'asked' @> $1::jsonb`,
			[JSON.stringify([{ sku: product.sku }])],
		);
		expect(counts).toHaveLength(1);
	});

	await test.step('what is kept is handed over, or released', async () => {
		await goBy(device, 'Kept for customers');
		await page.getByRole('option', { name: /Kay Keeps/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Hand over and sell' }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Hand over what was kept' })).toBeVisible();
		await device.scan(product.barcode);
		await expect(device.verdict).toContainText(product.name);
		await page.getByRole('button', { name: /^(Record the sale|Sell all the same): 1 item/ }).click();
		await expect(device.verdict).toContainText('1 item sold');
		await goBy(device, 'Kept for customers');
		await page.getByRole('option', { name: /Kay Keeps/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Release the goods' }).click();
		await expect(page.getByText('Nothing is kept for anybody')).toBeVisible();
		await device.allSent();
		const after = await booksOf(server, product.sku);
		expect(after.available).toBe(available - 2);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});

test('cut off, the order desk promises what it has rights to and no more; central confirms it once, and no unit is promised twice', async ({
	central,
	newDevice,
	server,
}) => {
	const product = await central.freeProduct(store);
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 1, 3);

	await test.step('what a site sells itself gives it rights', async () => {
		// Enough must be left: no more than half of that is given out, over all devices.
		const sold = Math.floor((await booksOf(server, product.sku)).available / 3);
		await goBy(device, 'Sell');
		await device.scan(product.barcode);
		await expect(device.verdict).toContainText(product.name);
		await sayQuantity(device, sold);
		await page.getByRole('button', { name: `Record the sale: ${sold} items` }).click();
		await expect(device.verdict).toContainText(`${sold} items sold`);
		await lookUp(device, product);
		await expect(page.getByText('may be promised from this device')).toBeVisible();
		await device.keptOffline();
		await device.allSent();
	});
	const before = await booksOf(server, product.sku);

	await server.kill();
	// From here on nobody can give this device more, or take any back.
	const left = Number(
		/(\d+) of it may be promised/.exec(
			(await page.getByText('may be promised from this device').textContent()) ?? '',
		)?.[1],
	);
	expect(left).toBeGreaterThan(0);
	let number = '';

	await test.step('cut off: more than the rights is not promised, and what was typed survives a reload', async () => {
		await goBy(device, 'Take an order');
		await device.scan(product.barcode);
		await sayQuantity(device, left + 1);
		await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cora Cutoff');
		await expect(device.status).toContainText('cut off since');
		await expect(page.getByRole('alert').filter({ hasText: '1 item can’t be promised now' })).toBeVisible();
		await expect(page.getByRole('button', { name: /^Take the order/ })).toBeDisabled();
		await page.reload();
		await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Cora Cutoff');
		await expect(page.getByText(`only ${left} can be promised now`)).toBeVisible();
		await page.keyboard.press('F7');
		await page.getByRole('button', { name: new RegExp(`^Take the order: ${left} items?`) }).click();
		await expect(page.getByText(/Order S\w{7} is taken/)).toBeVisible();
		number = /S\w{7}/.exec((await page.getByText(/Order S\w{7} is taken/).textContent()) ?? '')?.[0] ?? '';
	});
	const pass = (await page.getByText('Pickup code:').textContent())?.slice(-6) ?? '';

	await test.step('it is picked and handed over, still cut off; nothing is left to promise', async () => {
		await page.keyboard.press('F6');
		await expect(page.getByRole('heading', { level: 1, name: `Pick ${number}` })).toBeVisible();
		await pickUnits(device, [{ ...product, quantity: left }]);
		await putOnShelf(device, 'PU-11');
		await device.goTo('Pickup');
		await device.scan(`PASS-${pass}`);
		await page.getByRole('button', { name: /^Hand over (all )?\d+ items?/ }).click();
		await expect(page.getByText(/items? handed over/).first()).toBeVisible();
		await lookUp(device, product);
		await expect(page.getByText('Without the network this device may promise none of it.')).toBeVisible();
	});

	await server.startAgain();

	await test.step('back again: confirmed once, and the books have promised no unit twice', async () => {
		await device.allSent();
		const order = await central.order(number);
		expect(orderState(order)).toBe('fulfilled');
		expect(order.lines.map(({ withCustomer }) => withCustomer)).toEqual([left]);
		const operations = await central.operationsOf(store.siteId);
		expect(operations.filter(({ type }) => type === 'capture_order')).toHaveLength(1);
		const own = operations.filter(({ order_id }) => order_id === order.id);
		expect(new Set(own.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
		const after = await booksOf(server, product.sku);
		expect(after.available).toBe(before.available - left);
		expect(after.claimed).toBeLessThanOrEqual(after.available);
		const [right] = await server.query<{ granted: number; used: number; released: number }>(
			`SELECT sum((share->>'granted')::int)::int AS granted, sum((share->>'used')::int)::int AS used, sum((share->>'released')::int)::int AS released
			 FROM stock_document, jsonb_array_elements(body->'shares') AS share WHERE id = $1`,
			[`right:${store.siteId}:${product.sku}`],
		);
		expect(right?.used).toBeGreaterThanOrEqual(left);
		expect((right?.granted ?? 0) - (right?.used ?? 0) - (right?.released ?? 0)).toBeGreaterThanOrEqual(0);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});
