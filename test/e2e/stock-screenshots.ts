import { locationCode } from '../../shared/codes/index.ts';
import type { Central, Store } from './central.ts';
import type { Device } from './device.ts';
import { expect } from './story.ts';

type Take = (device: Device, name: string) => Promise<void>;

/** Says how many of what was scanned last into the basket. */
async function sayQuantity({ page }: Device, quantity: number): Promise<void> {
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

/** The screens of stock work, each in the middle of it. A manager must be signed in. */
export async function takeStock(device: Device, central: Central, store: Store, take: Take): Promise<void> {
	const { page } = device;
	const open = async (place: RegExp) => {
		await device.goTo('Stock');
		await page.getByRole('option', { name: place }).click();
	};
	const products = [];
	for (let count = 0; count < 4; count += 1) products.push(await central.freeProduct(store));
	const [first, second, third, fourth] = products;
	if (!first || !second || !third || !fourth) throw new Error(`${store.name} has too few products.`);

	await device.keptOffline();
	await page.getByRole('status').getByRole('button', { name: 'Close' }).click();
	await device.goTo('Stock');
	await expect(page.getByRole('option', { name: /^Receive/ })).toBeVisible();
	await take(device, 'stock');

	await open(/^Look up/);
	await device.scan(first.barcode);
	await expect(page.getByRole('heading', { level: 2, name: first.name })).toBeVisible();
	await expect(page.getByText(/to promise ·/).first()).toBeVisible();
	await expect(device.verdict).toContainText('on the shelf');
	const bin = /[A-Z]+-\d+-\d+/.exec((await device.verdict.textContent()) ?? '')?.[0] ?? '';
	await take(device, 'lookup');

	await open(/^Sell/);
	await device.scan(first.barcode);
	await sayQuantity(device, 3);
	await device.scan(second.barcode);
	await expect(device.verdict).toContainText(second.name);
	await take(device, 'sell');
	await page.getByRole('button', { name: /^(Record the sale|Sell all the same)/ }).click();
	await expect(device.verdict).toContainText('items sold');

	await open(/^Take an order/);
	await device.scan(first.barcode);
	await device.scan(third.barcode);
	await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Imogen Clarke');
	await take(device, 'capture');

	await takeMoving(device, take, open, { barcode: first.barcode, bin });
	await takeCounting(device, take, open, [first.barcode, second.barcode, fourth.barcode]);
}

/** The rules as operations works on them. Operations must be signed in. */
export async function takeRules(device: Device, take: Take): Promise<void> {
	const { page } = device;
	await device.keptOffline();
	await page.getByRole('status').getByRole('button', { name: 'Close' }).click();
	await device.goTo('Stock');
	await page.getByRole('option', { name: /^Rules/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Rules of promising' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Groups of sites' })).toBeVisible();
	await take(device, 'rules');
	await page.getByRole('link', { name: 'Where orders go' }).click();
	await expect(page.getByRole('button', { name: 'Costs' })).toBeVisible();
	await take(device, 'rules-routing');
	await page.getByRole('link', { name: 'Replay of a day' }).click();
	await page.getByLabel('Further parcel').fill('0.10');
	await page.getByRole('combobox', { name: /^Closed/ }).fill('Makro London');
	await page.getByRole('option', { name: 'Makro London' }).click();
	await page.getByRole('button', { name: /^Replay/ }).click();
	await expect(page.getByRole('table', { name: 'Totals' })).toBeVisible({ timeout: 60_000 });
	await page.getByRole('table', { name: 'Cost by what it is for' }).scrollIntoViewIfNeeded();
	await take(device, 'routing-replay');
}

async function takeMoving(
	device: Device,
	take: Take,
	open: (place: RegExp) => Promise<void>,
	{ barcode, bin }: { readonly barcode: string; readonly bin: string },
): Promise<void> {
	const { page } = device;
	await open(/^Receive/);
	await expect(page.getByRole('heading', { level: 1, name: 'Receive', exact: true })).toBeVisible();
	await take(device, 'receive');

	await open(/^Transfer/);
	await expect(page.getByRole('heading', { level: 1, name: 'Transfers', exact: true })).toBeVisible();
	await page.keyboard.press('F4');
	await page.getByRole('combobox', { name: 'Which site?' }).fill('Marks and Spencer London W12');
	await page.getByRole('option', { name: 'Marks and Spencer London W12' }).click();
	await device.scan(barcode);
	await page.getByLabel('How many are wanted?').fill('6');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Ask for it' }).click();
	await expect(page.getByRole('heading', { level: 1, name: /^Transfer T/ })).toBeVisible();
	await open(/^Transfer/);
	await expect(page.getByRole('option').first()).toBeVisible();
	await take(device, 'transfer');

	await open(/^Adjust/);
	await device.scan(barcode);
	await expect(device.verdict).toContainText('Say why');
	await page.keyboard.press('F2');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /damaged/ })
		.first()
		.click();
	await expect(page.getByText(/^Why: /)).toBeVisible();
	await page.getByLabel('How many units?').fill('1');
	await take(device, 'adjust');

	await open(/^Move/);
	await device.scan(locationCode(bin));
	await device.scan(barcode);
	await device.scan(barcode);
	await expect(page.getByRole('listbox')).toBeVisible();
	await take(device, 'move');
}

async function takeCounting(
	device: Device,
	take: Take,
	open: (place: RegExp) => Promise<void>,
	[counted, ...others]: readonly [string, ...string[]],
): Promise<void> {
	const { page } = device;
	await open(/^Count/);
	await expect(page.getByRole('heading', { level: 1, name: 'Count', exact: true })).toBeVisible();
	await page.keyboard.press('F2');
	await expect(page.getByRole('heading', { level: 1, name: 'New count' })).toBeVisible();
	for (const barcode of [counted, ...others]) {
		await device.scan(barcode);
		await expect(device.verdict).toContainText('To be counted');
	}
	await page.getByRole('button', { name: /^Begin/ }).click();
	await device.scan(counted);
	await device.scan(counted);
	await take(device, 'counting');
	await open(/^Count/);
	await take(device, 'count-list');
}
