import { locationCode } from '../../shared/codes/index.ts';
import { storeOf } from './central.ts';
import type { Device } from './device.ts';
import { expect, test } from './story.ts';

async function openStockWork(device: Device, name: string): Promise<void> {
	await device.goTo('Stock');
	await device.page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
	await expect(device.page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Scans a product, types how many lie there, and records it. */
async function countProduct(device: Device, barcode: string, units: number): Promise<void> {
	const { page } = device;
	await device.scan(barcode);
	const field = page.getByLabel(/^How many of/);
	await expect(field).toBeVisible();
	await expect(field).toHaveValue('');
	await field.fill(String(units));
	await page.mouse.wheel(0, 300);
	await expect(field).toHaveValue(String(units));
	await expect(async () => {
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('recorded', { timeout: 1000 });
	}).toPass();
}

async function handIn(device: Device): Promise<void> {
	await device.page.keyboard.press('F8');
	await expect(device.page.getByRole('dialog')).toBeVisible();
	await device.page.keyboard.press('1');
	await expect(device.page.getByText('Scan a product to count it at once')).toBeVisible();
}

test('two people count areas of one count with the network pulled; what is far off is counted again, and a manager takes the rest into the books', async ({
	central,
	newDevice,
	server,
}) => {
	test.setTimeout(240_000);
	const store = storeOf('NORWICH');
	const [near, far] = [await central.freeProduct(store), await central.freeProduct(store)];
	const held = async (sku: string) => {
		const [row] = await server.query<{ available: number }>(
			'SELECT available::int AS available FROM stock_position WHERE site_id = $1 AND sku = $2',
			[store.siteId, sku],
		);
		return row?.available ?? 0;
	};
	const before = { near: await held(near.sku), far: await held(far.sku) };
	const one = await newDevice();
	const two = await newDevice();
	await one.startWork(store, 2, 0);
	await two.startWork(store, 3, 1);
	await one.keptOffline();
	await two.keptOffline();

	await test.step('one opens the count with two areas, the other sees it', async () => {
		await openStockWork(one, 'Count');
		await one.page.keyboard.press('F2');
		await expect(one.page.getByRole('heading', { level: 1, name: 'New count' })).toBeVisible();
		await one.page.getByLabel('Areas, for several people at once').fill('Front, Back');
		for (const product of [near, far]) {
			await one.scan(product.barcode);
			await expect(one.verdict).toContainText(product.name);
		}
		await one.page.getByRole('button', { name: 'Begin' }).click();
		await expect(one.page.getByRole('dialog')).toContainText('Front');
		await one.page.keyboard.press('1');
		await openStockWork(two, 'Count');
		await two.page.getByRole('option', { name: /2 products/ }).click();
		await expect(two.page.getByRole('dialog')).toContainText('Back');
		await two.page.keyboard.press('2');
	});
	await one.cutOff();
	await two.cutOff();

	await test.step('both count while cut off, and a reload loses nothing', async () => {
		await countProduct(one, near.barcode, before.near - 1);
		await countProduct(two, far.barcode, 0);
		await one.page.reload();
		await one.page.getByRole('dialog').getByRole('button', { name: 'Front' }).click();
		await expect(one.page.getByRole('option', { name: near.name }).last()).toContainText(String(before.near - 1));
		await handIn(one);
		await handIn(two);
	});
	await one.context.setOffline(false);
	await two.context.setOffline(false);
	await one.allSent();
	await two.allSent();

	await test.step('what is far off is counted once more', async () => {
		await two.page.getByRole('option', { name: /to be counted again/ }).click();
		await countProduct(two, far.barcode, before.far);
		await handIn(two);
		await two.allSent();
	});
	await test.step('a manager reviews it and takes it into the books', async () => {
		await one.page.getByRole('button', { name: 'Lock' }).click();
		await one.signIn(store, 2);
		await openStockWork(one, 'Count');
		await one.page.getByRole('option', { name: /handed in/ }).click();
		await one.page.getByRole('button', { name: 'Begin the review' }).click();
		await expect(one.verdict).toContainText('Review begun');
		await one.page.keyboard.press('F8');
		await expect(one.page.getByRole('dialog')).toBeVisible();
		await one.page.keyboard.press('1');
		await expect(one.verdict).toContainText('in the books');
		await one.allSent();
	});
	expect({ near: await held(near.sku), far: await held(far.sku) }).toEqual({ near: before.near - 1, far: before.far });
	expect(await central.ledgerFaults()).toEqual([]);
});

test('an adjustment over the limit waits for a manager with all that was typed; goods are moved to another bin while cut off', async ({
	central,
	newDevice,
	server,
}) => {
	test.setTimeout(240_000);
	const store = storeOf('PLYMOUTH');
	const product = await central.freeProduct(store);
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 2, 0);
	await device.keptOffline();

	await test.step('six are more than an associate may write off', async () => {
		await openStockWork(device, 'Adjust');
		await device.scan(product.barcode);
		await expect(device.verdict).toContainText(product.name);
		await page.keyboard.press('F2');
		await page
			.getByRole('dialog')
			.getByRole('button', { name: /^damaged/ })
			.click();
		await page.getByLabel('How many units?').fill('6');
		await page.getByRole('button', { name: 'Adjust the stock' }).click();
		await expect(device.verdict).toContainText('This needs a manager');
	});
	await test.step('the manager signs in, and it is done', async () => {
		await page.keyboard.press('F9');
		await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
		await device.signIn(store, 2);
		await expect(page.getByLabel('How many units?')).toHaveValue('6');
		await page.getByRole('button', { name: 'Adjust the stock' }).click();
		await expect(device.verdict).toContainText(`−6 × ${product.name}`);
		await device.allSent();
	});
	const moved = await central.freeProduct(store);
	await device.cutOff();
	await test.step('the manager closes a bin while cut off: nothing is moved into it any more', async () => {
		await openStockWork(device, 'Closed bins');
		await device.scan(locationCode('Z-9-8'));
		await page.getByLabel('Why?').fill('The shelf is broken');
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('Z-9-8 is closed');
		await expect(page.getByRole('option', { name: /^Z-9-8/ })).toContainText('The shelf is broken');
	});
	await test.step('two units go into another bin while cut off, and the app is loaded again', async () => {
		await openStockWork(device, 'Move');
		await device.scan(moved.barcode);
		await expect(device.verdict).toContainText('1 ×');
		await device.scan(moved.barcode);
		await expect(device.verdict).toContainText('2 ×');
		await device.scan(locationCode('Z-9-8'));
		await expect(device.verdict).toContainText('Z-9-8 is closed');
		await device.scan(locationCode('Z-9-9'));
		await expect(device.verdict).toContainText('2 units are at Z-9-9');
		await page.reload();
		await expect(device.status).toContainText('2 waiting');
	});
	await device.context.setOffline(false);
	await device.allSent();
	await test.step('the bin is put into use again after a question', async () => {
		await openStockWork(device, 'Closed bins');
		await expect(page.getByRole('option', { name: /^Z-9-8/ })).toBeVisible();
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Yes, it is in use again' }).click();
		await expect(device.verdict).toContainText('Z-9-8 is in use again');
		await expect(page.getByText('All bins are in use')).toBeVisible();
		await device.allSent();
	});
	const movements = await server.query<{ sku: string; reason: string; quantity: number; to_bin: string | null }>(
		`SELECT sku, reason, quantity::int AS quantity, identity ->> 'toBin' AS to_bin FROM movement
		 WHERE site_id = $1 AND sku = ANY ($2) AND operation_id IS NOT NULL ORDER BY id`,
		[store.siteId, [product.sku, moved.sku]],
	);
	expect(movements).toMatchObject([
		{ sku: product.sku, reason: 'adjusted: damaged', quantity: 6 },
		{ sku: moved.sku, reason: 'moved_between_bins', quantity: 2, to_bin: 'Z-9-9' },
	]);
	expect(await central.ledgerFaults()).toEqual([]);
});
