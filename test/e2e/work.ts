import { locationCode } from '../../shared/codes/index.ts';
import type { OrderedProduct, PlacedOrder } from './central.ts';
import type { Device } from './device.ts';
import { expect } from './story.ts';

/** Opens an order for picking by scanning its receipt on the pick list. */
export async function openPick(device: Device, order: PlacedOrder): Promise<void> {
	await device.goTo('Pick');
	await expect(device.page.getByRole('listbox', { name: /Orders to pick/ })).toBeVisible();
	// A new order comes down by itself; its scan is answered as soon as it is here.
	await expect(async () => {
		await device.scan(order.receipt);
		await expect(device.page.getByRole('heading', { name: `Pick ${order.number}` })).toBeVisible({ timeout: 1000 });
	}).toPass();
}

/** Scans every unit of these products; each must be answered as right before the next. */
export async function pickUnits(device: Device, products: readonly OrderedProduct[]): Promise<void> {
	const before = await gotUnits(device);
	let counted = 0;
	for (const { barcode, quantity } of products) {
		for (let unit = 0; unit < quantity; unit++) {
			await device.scan(barcode);
			counted++;
			await expect(device.page.getByText(`${before + counted} of`)).toBeVisible();
			await expect(device.verdict).toContainText(/Right|Order complete/);
		}
	}
}

/** Units of the order on the pick screen that are in hand, as its title line says. */
export async function gotUnits(device: Device): Promise<number> {
	const progress = await device.page.getByText(/\d+ of \d+ units/).textContent();
	return Number(/(\d+) of \d+ units/.exec(progress ?? '')?.[1]);
}

/** Presses Enter as hands do after a scan: one right behind it is taken for the scanner's own. */
export async function enterLeadsTo(device: Device, title: string | RegExp): Promise<void> {
	await expect(async () => {
		await device.page.keyboard.press('Enter');
		await expect(device.page.getByRole('heading', { level: 1, name: title })).toBeVisible({ timeout: 1000 });
	}).toPass();
}

/** From the finished pick of a pickup to its shelf. */
export async function putOnShelf(device: Device, shelf: string): Promise<void> {
	await enterLeadsTo(device, 'Put on a shelf');
	await device.scan(locationCode(shelf));
	await expect(device.verdict).toContainText(`${shelf} · ready`);
}

/** Hands everything of a pickup over to the customer who shows the pass. */
export async function handOver(device: Device, order: PlacedOrder): Promise<void> {
	await device.goTo('Pickup');
	await device.scan(order.pass);
	await expect(device.page.getByRole('heading', { name: 'Hand over' })).toBeVisible();
	await device.page.getByRole('button', { name: /^Hand over (all )?\d+ items?/ }).click();
	await expect(device.page.getByText(/items? handed over/).first()).toBeVisible();
}

/** From the finished pick of a parcel into one box, weighed and with the carrier's label. */
export async function packAndShip(device: Device, products: readonly OrderedProduct[], label: string): Promise<void> {
	const { page } = device;
	await enterLeadsTo(device, /^Pack \d/);
	for (const { barcode, quantity } of products) {
		for (let unit = 0; unit < quantity; unit++) {
			await device.scan(barcode);
			await expect(device.verdict).toContainText(/In the box|All is in the box/);
		}
	}
	await expect(device.verdict).toContainText('All is in the box');
	await page.getByLabel('Weight in grams').fill('1500');
	await expect(async () => {
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText('is closed', { timeout: 1000 });
	}).toPass();
	await device.scan(label);
	await expect(device.verdict).toContainText('Shipped');
}
