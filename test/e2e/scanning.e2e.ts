import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBuffer } from 'bwip-js/node';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../build/ensure-chromium.ts';
import { gtinCheckDigit } from '../../shared/codes/gtin.ts';
import { writeCameraFilm } from '../fixtures/camera-film.ts';
import { storeOf } from './central.ts';
import { openDevice } from './device.ts';
import { expect, test } from './story.ts';
import { gotUnits, openPick, pickUnits } from './work.ts';

const store = storeOf('BRISTOL');

test('wrong item, surplus unit, unknown product, unreadable code and wrong check digit each get their own loud answer, and count nothing', async ({
	newDevice,
	central,
}) => {
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Vera Verdict', quantities: [2, 1] });
	const [first] = order.products;
	if (first === undefined) throw new Error('The order has products.');
	const other = await central.otherProduct(store, order.products);
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 1);
	await openPick(device, order);
	expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('INPUT');
	await pickUnits(device, [first]);

	await device.scan(first.barcode);
	await expect(device.verdict).toContainText('One too many');
	await device.scan(other.barcode);
	await expect(device.verdict).toContainText('Wrong item');
	await expect(device.verdict).toContainText(other.name);
	const stranger = `999999999999${gtinCheckDigit('999999999999')}`;
	await device.scan(stranger);
	await expect(device.verdict).toContainText('Unknown product');
	await expect(device.verdict).toContainText(stranger);
	await device.scan('hello');
	await expect(device.verdict).toContainText('Unknown code');
	await expect(device.verdict).toContainText('no code that Backstock knows');
	const misread = `${first.barcode.slice(0, -1)}${(Number(first.barcode.at(-1)) + 1) % 10}`;
	await device.scan(misread);
	await expect(device.verdict).toContainText('check digit is wrong');
	expect(await gotUnits(device)).toBe(2);
	await expect
		.poll(async () => (await central.operationsOf(store.siteId)).filter(({ type }) => type === 'pick').length)
		.toBe(2);
});

test('a scan for a screen that is still coming waits for it, and is not taken by the one that is left', async ({
	newDevice,
	central,
}) => {
	const product = await central.freeProduct(store);
	const device = await newDevice({ serviceWorkers: 'block' });
	const { page } = device;
	await device.startWork(store, 1);
	const arrival = Promise.withResolvers<void>();
	await page.route('**/adjust-screen-*.js', async (route) => {
		await arrival.promise;
		await route.continue();
	});
	await device.goTo('Stock');
	await page.getByRole('option', { name: /^Adjust/ }).click();
	await device.scan(product.barcode);
	await expect(page.getByRole('heading', { level: 1, name: 'Stock' })).toBeVisible();
	arrival.resolve();
	await expect(device.verdict).toContainText('Say why');
	await expect(page.getByRole('heading', { level: 1, name: /^Adjust/ })).toBeVisible();
});

test('hands on the keys are never a scan, a scan leaves no text behind, and its Enter presses no button', async ({
	newDevice,
	central,
}) => {
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Hanna Hands', quantities: [3, 1] });
	const [first] = order.products;
	if (first === undefined) throw new Error('The order has products.');
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 2, 1);
	await openPick(device, order);
	const field = page.getByRole('combobox', { name: 'Scan or type anything' });

	await test.step('typed at the speed of hands, a code stays text', async () => {
		await field.click();
		await page.keyboard.type(first.barcode, { delay: 110 });
		await expect(field).toHaveValue(first.barcode);
		expect(await gotUnits(device)).toBe(0);
		await expect(device.verdict).toHaveText('');
	});
	await test.step('until Enter is pressed: then it counts like a scan', async () => {
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('Right');
		await expect(page.getByText('1 of 4 units')).toBeVisible();
		await expect(field).toHaveValue('');
	});
	await test.step('a scan while the field has the focus counts, and the field stays as it was', async () => {
		await field.click();
		await page.keyboard.type('ab', { delay: 110 });
		await device.scan(first.barcode);
		await expect(page.getByText('2 of 4 units')).toBeVisible();
		await expect(field).toHaveValue('ab');
	});
	await test.step('a scan while a button has the focus does not press it', async () => {
		await page.getByRole('button', { name: 'Undo last pick' }).focus();
		await device.scan(first.barcode);
		await expect(page.getByText('3 of 4 units')).toBeVisible();
		await page.getByRole('button', { name: 'Back' }).focus();
		await device.scan(first.barcode);
		await expect(device.verdict).toContainText('One too many');
		await expect(page.getByRole('heading', { name: `Pick ${order.number}` })).toBeVisible();
	});
});

test('the camera counts a unit on the pick screen', async ({ central, server }) => {
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Carl Camera', quantities: [1, 1] });
	const [first] = order.products;
	if (first === undefined) throw new Error('The order has products.');
	const folder = mkdtempSync(join(tmpdir(), 'backstock-film-'));
	const picture = join(folder, 'code.png');
	const film = join(folder, 'film.y4m');
	const png = await toBuffer({
		bcid: first.barcode.length === 12 ? 'upca' : 'ean13',
		text: first.barcode,
		scale: 3,
		height: 25,
		padding: 10,
		backgroundcolor: 'FFFFFF',
	});
	writeFileSync(picture, png);
	writeCameraFilm(picture, film);
	const executablePath = findChromium();
	const browser = await chromium.launch({
		...(executablePath === undefined ? {} : { executablePath }),
		args: [
			...chromiumFlags,
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
			`--use-file-for-fake-video-capture=${film}`,
		],
	});
	try {
		const device = await openDevice(browser, server.url, { permissions: ['camera'] });
		await device.startWork(store, 3);
		await openPick(device, order);
		await device.page.getByRole('button', { name: 'Scan with the camera' }).click();
		await expect(device.page.getByText(/^Last scan: /)).toContainText(first.barcode);
		await device.page.getByRole('button', { name: 'Close the camera' }).click();
		await expect(device.page.getByText('1 of 2 units')).toBeVisible();
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	}
});
