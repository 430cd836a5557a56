import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { expect } from 'playwright/test';
import { chromiumFlags, findChromium } from '../../build/ensure-chromium.ts';
import { projectFolder } from '../../build/project.ts';
import { locationCode } from '../../shared/codes/index.ts';
import { openBackstock } from './backstock-server.ts';
import { type Central, centralOf, type Store, storeOf } from './central.ts';
import { type Device, openDevice } from './device.ts';
import { takeRules, takeStock } from './stock-screenshots.ts';
import { enterLeadsTo, handOver, openPick, packAndShip, pickUnits, putOnShelf } from './work.ts';

/** Early on a weekday: the first pickups are due, and little is late yet. */
const instant = '2026-11-24T09:42:00Z';
const folder = join(projectFolder, 'docs', 'screenshots');

async function take(device: Device, name: string): Promise<void> {
	// A picture shows the screen at rest, not in the middle of what has just changed.
	await device.page.mouse.move(600, 4);
	await device.page.waitForTimeout(700);
	await device.page.screenshot({ path: join(folder, `${name}.png`) });
}

async function fillTheShelves(device: Device, central: Central, store: Store): Promise<void> {
	for (const [customer, shelf] of [
		['Amelia Hart', 'PU-02'],
		['Noah Sinclair', 'PU-05'],
		['Grace Okafor', 'PU-09'],
	] as const) {
		const order = await central.placeOrder({ store, method: 'pickup', customer, quantities: [1, 2] });
		await openPick(device, order);
		await pickUnits(device, order.products);
		await putOnShelf(device, shelf);
	}
}

async function takeLight(device: Device, central: Central, store: Store): Promise<void> {
	const { page } = device;
	const place = (method: 'ship' | 'pickup', customer: string, quantities: readonly number[]) =>
		central.placeOrder({ store, method, customer, quantities });
	await fillTheShelves(device, central, store);
	await device.goTo('Today');
	await take(device, 'today');
	await device.goTo('Pick');
	await take(device, 'pick-list');

	const parcel = await place('ship', 'Oliver Bennett', [2, 1, 3]);
	const other = await central.otherProduct(store, parcel.products);
	await openPick(device, parcel);
	await pickUnits(device, parcel.products.slice(0, 1));
	await take(device, 'pick');
	await device.scan(other.barcode);
	await expect(device.verdict).toContainText('Wrong item');
	await take(device, 'pick-wrong-item');
	await pickUnits(device, parcel.products.slice(1));
	await device.goTo('Pack');
	await take(device, 'pack-list');
	await enterLeadsTo(device, /^Pack \d/);
	for (const { barcode } of parcel.products) {
		await device.scan(barcode);
		await expect(device.verdict).toContainText('In the box');
	}
	await take(device, 'pack');

	const pickup = await place('pickup', 'Isla Morgan', [1, 1, 2]);
	await openPick(device, pickup);
	await pickUnits(device, pickup.products);
	await enterLeadsTo(device, 'Put on a shelf');
	await take(device, 'stage');
	await device.scan(locationCode('PU-07'));
	await expect(device.verdict).toContainText('ready');
	await device.goTo('Pickup');
	await take(device, 'pickup');
	await device.scan(pickup.pass);
	await expect(page.getByRole('heading', { name: 'Hand over' })).toBeVisible();
	await take(device, 'handover');
	await handOver(device, pickup);

	await device.goTo('Return');
	await take(device, 'return-find');
	await device.scan(pickup.receipt);
	for (const { barcode } of pickup.products.slice(0, 1)) await device.scan(barcode);
	await page.keyboard.press('1');
	await take(device, 'return');
	await device.goTo('Orders');
	await take(device, 'orders');
	await device.scan(pickup.receipt);
	await expect(page.getByRole('heading', { name: `Order ${pickup.number}` })).toBeVisible();
	await take(device, 'order');

	const last = await place('ship', 'Ethan Walsh', [1]);
	await openPick(device, last);
	await device.allSent();
	await device.cutOff();
	await pickUnits(device, last.products);
	await packAndShip(device, last.products, 'JD014600003828391');
	await device.goTo('Sync');
	await expect(device.status).toContainText('cut off');
	await take(device, 'sync');
	await device.context.setOffline(false);
	await device.allSent();
}

async function takeDark(device: Device, central: Central, store: Store): Promise<void> {
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Freya Collins', quantities: [2, 1] });
	await openPick(device, order);
	await pickUnits(device, order.products.slice(0, 1));
	await take(device, 'pick-dark');
	await device.goTo('Today');
	await take(device, 'today-dark');
}

/** Writes docs/screenshots: each screen with the demo data, in the middle of work. */
async function main(): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const executablePath = findChromium();
	const server = await openBackstock(instant);
	const browser = await chromium.launch({
		args: [...chromiumFlags],
		...(executablePath === undefined ? {} : { executablePath }),
	});
	try {
		const central = centralOf(server);
		const store = storeOf('LONDON-W1H');
		const light = await openDevice(browser, server.url, { colorScheme: 'light' });
		await light.page.goto(server.url);
		await expect(light.page.getByLabel('Enrollment code')).toBeVisible();
		await take(light, 'enroll');
		await light.enroll(store, 1);
		await take(light, 'sign-in');
		await light.signIn(store);
		await takeLight(light, central, store);
		const manager = await openDevice(browser, server.url, { colorScheme: 'light' });
		await manager.startWork(store, 3, 2);
		await takeStock(manager, central, store, take);
		const operations = await openDevice(browser, server.url, { colorScheme: 'light' });
		await operations.startWork(storeOf('LONDON-EN3'), 1, 3);
		await takeRules(operations, take);
		const dark = await openDevice(browser, server.url, { colorScheme: 'dark' });
		await dark.startWork(store, 2, 1);
		await takeDark(dark, central, store);
	} finally {
		await browser.close();
		await server.stop();
	}
}

await main();
