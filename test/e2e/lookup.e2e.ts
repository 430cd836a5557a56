import { storeOf } from './central.ts';
import { expect, test } from './story.ts';

const store = storeOf('EDINBURGH');

test('any product is looked up by scan and by name, with its place and units; also after a reload with the server killed', async ({
	central,
	newDevice,
	server,
}) => {
	const product = await central.freeProduct(store);
	const order = await central.placeOrder({ store, method: 'pickup', customer: 'Ada Asks', quantities: [2] });
	const [wanted] = order.products;
	if (wanted === undefined) throw new Error('The order has no product.');
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 2);
	await device.keptOffline();

	await test.step('a product that no open work needs is looked up instead of refused', async () => {
		await device.scan(product.barcode);
		await expect(page.getByRole('heading', { level: 1, name: 'Look up' })).toBeVisible();
		await expect(device.verdict).toContainText('on the shelf');
		await expect(page.getByRole('heading', { level: 2, name: product.name })).toBeVisible();
	});

	await test.step('by a part of its name from anywhere', async () => {
		await page.getByLabel('Scan or type anything').fill(product.name.slice(0, 12).trim());
		await page.getByRole('option', { name: /^Look up/ }).click();
		await expect(page.getByRole('option', { name: product.sku })).toBeVisible();
	});

	await server.kill();
	await page.reload();

	await test.step('cut off: who wants it, and how many are left', async () => {
		await device.scan(wanted.barcode);
		await page.getByLabel('Name, SKU or number of a product').fill(wanted.sku);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 2, name: wanted.name })).toBeVisible();
		await expect(page.getByRole('region', { name: 'Open orders that want it' })).toContainText('Ada Asks');
		await expect(page.getByText('set aside for orders')).toBeVisible();
		await expect(page.getByText('Not counted yet.')).toBeVisible();
	});

	await test.step('cut off: from there it is adjusted or moved, with the product given and every number blank', async () => {
		await page.keyboard.press('F2');
		await expect(page.getByRole('heading', { level: 1, name: 'Adjust' })).toBeVisible();
		await expect(page.getByText(wanted.name, { exact: true }).last()).toBeVisible();
		await expect(page.getByLabel('How many units?')).toHaveValue('');
		await page.goBack();
		await expect(page.getByRole('heading', { level: 2, name: wanted.name })).toBeVisible();
		await page.keyboard.press('F4');
		await expect(page.getByRole('heading', { level: 1, name: 'Move' })).toBeVisible();
		await expect(device.verdict).toContainText(wanted.name);
		await page.getByLabel(wanted.name).fill('1');
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('1 ×');
	});
	await server.startAgain();
});
