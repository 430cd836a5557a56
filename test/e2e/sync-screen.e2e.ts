import { readFileSync } from 'node:fs';
import { storeOf } from './central.ts';
import type { Device } from './device.ts';
import { expect, test } from './story.ts';
import { handOver, openPick, packAndShip, pickUnits, putOnShelf } from './work.ts';

const store = storeOf('NOTTINGHAM');

/** The rows of the Sync screen whose sentence this is. */
const rowOf = (device: Device, sentence: RegExp) => rowsOf(device).filter({ hasText: sentence });
const rowsOf = ({ page }: Device) =>
	page.getByRole('listbox', { name: 'What was done on this device' }).getByRole('option');

test('work without a network is told in sentences with its state and its age, and each word turns when central answers', async ({
	newDevice,
	central,
}) => {
	const pickup = await central.placeOrder({ store, method: 'pickup', customer: 'Olive Offline', quantities: [2, 1] });
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 1);
	await openPick(device, pickup);
	await pickUnits(device, pickup.products);
	await putOnShelf(device, 'PU-03');
	await device.allSent();
	await device.keptOffline();

	await test.step('cut off: the indicator says so on every screen, and the sentence says saved here', async () => {
		await device.cutOff();
		await handOver(device, pickup);
		await expect(device.status).toContainText(/cut off since \d\d:\d\d/);
		await expect(device.status).toContainText('1 waiting');
		await device.goTo('Sync');
		const row = rowOf(device, /You handed over 3 of 3 items of order .* to /);
		await expect(row).toContainText(`order ${pickup.number}`);
		await expect(row).toContainText('saved here');
		await expect(page.getByText(/1 piece of work waits to be sent, since \d\d:\d\d/)).toBeVisible();
		await expect(page.getByRole('row', { name: /Not at central yet/ })).toContainText(/1 operation, since/);
		await expect(page.getByRole('row', { name: /Without a network/ })).toContainText('ready to work');
	});

	await test.step('the filter shows what waits, and the chosen one says what its word means and what can be done', async () => {
		await page.getByText(/^Waiting · 1$/).click();
		await expect(rowsOf(device)).toHaveCount(1);
		await rowsOf(device).click();
		const card = page.getByRole('region', { name: 'The chosen operation' });
		await expect(card).toContainText('It is on this device’s disk');
		await expect(card.getByRole('button', { name: 'Send now' })).toBeVisible();
	});

	await test.step('back again it is confirmed, and nothing is missing on either side', async () => {
		await device.context.setOffline(false);
		await page.keyboard.press('F8');
		await device.allSent();
		await expect(page.getByRole('heading', { name: 'Nothing waits', exact: true })).toBeVisible();
		await expect(page.getByRole('region', { name: 'The chosen operation' })).toContainText('confirmed');
		await page.getByText(/^All · \d+$/).click();
		await expect(rowOf(device, /You handed over 3 of 3 items/)).toContainText('confirmed');
		await expect(page.getByRole('row', { name: /Not at central yet/ })).toContainText('nothing');
		await expect(page.getByRole('row', { name: /Not here yet/ })).toContainText('Orders and stock: up to date');
		await expect(page.getByRole('row', { name: /Last heard/ })).toContainText('now: it answers');
	});
});

test('a refused request says why, can be set aside with a reason, and then asks for nobody; the file for support names nobody', async ({
	newDevice,
	central,
}) => {
	const customer = 'Zebedee Quillfeather';
	const order = await central.placeOrder({ store, method: 'ship', customer, quantities: [1] });
	const [manager, packer] = [await newDevice(), await newDevice()];
	const { page } = manager;
	await manager.startWork(store, 2, 2);
	await packer.startWork(store, 3, 0);
	await openPick(packer, order);
	await pickUnits(packer, order.products);
	await packer.allSent();
	await manager.allSent();
	await manager.cutOff();
	await manager.goTo('Orders');
	await manager.scan(order.receipt);
	await page.getByRole('button', { name: 'Cancel it here' }).click();
	await page.getByLabel('Why?').fill(`${customer} changed her mind`);
	await page.getByRole('button', { name: `Cancel ${order.number}` }).click();
	await expect(manager.status).toContainText('1 waiting');
	await packAndShip(packer, order.products, 'JD014600008888001');
	await packer.allSent();
	await manager.context.setOffline(false);
	await manager.allSent();

	await test.step('Today tells of it, and the Sync screen says why', async () => {
		await manager.goTo('Today');
		await expect(page.getByText('1 thing went otherwise than planned and needs somebody.')).toBeVisible();
		await page.getByRole('button', { name: 'See what, and what to do' }).click();
		await expect(rowOf(manager, /You asked to cancel order/)).toContainText('needs you');
		await expect(rowOf(manager, /You asked to cancel order/)).toContainText(
			'Central refused: the parcel had been shipped.',
		);
	});

	await test.step('set aside with a reason, it asks for nobody any more and says by whom', async () => {
		await page.getByText(/^To look at · 1$/).click();
		await rowsOf(manager).click();
		await page.keyboard.press('F7');
		await page.getByLabel('Why can it be left as it is?').fill('The customer sends it back');
		await page.getByRole('button', { name: 'Set it aside' }).click();
		await expect(page.getByRole('heading', { name: 'Nothing to look at' })).toBeVisible();
		await page.getByText(/^All · \d+$/).click();
		const row = rowOf(manager, /^You asked to cancel order/);
		await expect(row).toContainText(/Set aside by .*: The customer sends it back/);
		await expect(row).not.toContainText('needs you');
		await expect(rowOf(manager, /You set aside: “You asked to cancel order/)).toBeVisible();
		await manager.allSent();
		await manager.goTo('Today');
		await expect(page.getByText(/went otherwise than planned/)).toHaveCount(0);
		await manager.goTo('Sync');
	});

	await test.step('the file for support says how each operation stands, and names nobody', async () => {
		const coming = page.waitForEvent('download');
		await page.keyboard.press('F10');
		const download = await coming;
		expect(download.suggestedFilename()).toMatch(/^backstock-support-\d{4}-\d\d-\d\d\.json$/);
		const text = readFileSync(await download.path(), 'utf8');
		const bundle = JSON.parse(text) as { readonly operations: readonly Readonly<Record<string, unknown>>[] };
		expect(bundle.operations).toContainEqual(
			expect.objectContaining({ type: 'cancel', outcome: 'refused', reason: 'already_shipped' }),
		);
		for (const name of [customer, ...store.people.map((person) => person.name), 'changed her mind', 'Counter 2'])
			expect(text).not.toContain(name);
	});
});
