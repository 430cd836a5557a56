import { storeOf } from './central.ts';
import type { Device } from './device.ts';
import { handSpeed } from './scanner-keys.ts';
import { expect, test } from './story.ts';
import { enterLeadsTo, openPick, packAndShip, pickUnits, putOnShelf } from './work.ts';

async function sign(device: Device): Promise<void> {
	const { page } = device;
	await page.getByText('They may sign here').waitFor();
	const pad = await page.locator('[class*=signaturePad]').boundingBox();
	if (pad === null) throw new Error('There is no place to sign.');
	await page.mouse.move(pad.x + 20, pad.y + 40);
	await page.mouse.down();
	for (let step = 1; step <= 12; step++) await page.mouse.move(pad.x + 20 + step * 15, pad.y + 40 + (step % 3) * 12);
	await page.mouse.up();
	await expect(page.getByRole('img', { name: 'Signed' })).toBeVisible();
}

/** Types as hands do: an Enter right behind a digit is taken for a scanner's. */
async function typeSlowly(device: Device, text: string): Promise<void> {
	await device.page.keyboard.type(text, handSpeed);
	await device.page.waitForTimeout(300);
}

test('a pickup that two cut-off counters hand over shows the manager both signatures, side by side', async ({
	newDevice,
	central,
}) => {
	const store = storeOf('MANCHESTER-M2');
	const [counter, other] = [await newDevice(), await newDevice()];
	await counter.startWork(store, 1, 0);
	await other.startWork(store, 2, 2);
	const pickup = await central.placeOrder({ store, method: 'pickup', customer: 'Tilly Twice', quantities: [1, 1] });
	await openPick(counter, pickup);
	await pickUnits(counter, pickup.products);
	await putOnShelf(counter, 'PU-03');
	await counter.allSent();
	await other.goTo('Pickup');
	await expect(other.page.getByText('PU-03')).toBeVisible();
	for (const device of [counter, other]) await device.cutOff();
	for (const device of [counter, other]) {
		await device.goTo('Pickup');
		await device.scan(pickup.pass);
		await expect(device.page.getByRole('heading', { name: 'Hand over' })).toBeVisible();
		await sign(device);
		await device.page.getByRole('button', { name: 'Hand over all 2 items' }).click();
		await expect(device.page.getByText('2 items handed over').first()).toBeVisible();
	}
	for (const device of [counter, other]) {
		await device.context.setOffline(false);
		await device.allSent();
	}
	await other.goTo('Sync');
	const proofs = other.page.getByRole('region', { name: 'Both handovers' });
	await expect(proofs.getByRole('img', { name: 'Signature of Tilly Twice' })).toHaveCount(2);
	await expect(proofs).toContainText('First handover');
	await expect(proofs).toContainText('Second handover');
	const { lines } = await central.order(pickup.number);
	expect(lines.map(({ withCustomer }) => withCustomer)).toEqual([1, 1]);
});

test('an address edited after its label was printed: the packer is told, asked before it leaves, and prints a new one', async ({
	newDevice,
	central,
}) => {
	const store = storeOf('BIRMINGHAM');
	const [packer, desk] = [await newDevice(), await newDevice()];
	await packer.startWork(store, 1, 0);
	await desk.startWork(store, 2, 3);
	const parcel = await central.placeOrder({ store, method: 'ship', customer: 'Mona Moved', quantities: [1] });
	await openPick(packer, parcel);
	await pickUnits(packer, parcel.products);
	await enterLeadsTo(packer, /^Pack \d/);
	for (const { barcode } of parcel.products) await packer.scan(barcode);
	await expect(packer.verdict).toContainText('All is in the box');
	await packer.page.getByLabel('Weight in grams').fill('900');
	await expect(async () => {
		await packer.page.keyboard.press('Enter');
		await expect(packer.verdict).toContainText('is closed', { timeout: 1000 });
	}).toPass();
	await expect(packer.page.getByText(/The slip (went to the printer|is in the downloads)/)).toBeVisible();
	await packer.allSent();

	await desk.goTo('Orders');
	await desk.scan(parcel.receipt);
	await expect(desk.page.getByRole('heading', { name: `Order ${parcel.number}` })).toBeVisible();
	await desk.page.keyboard.press('F8');
	await expect(desk.page.getByLabel('Street and number')).toBeFocused();
	await desk.page.keyboard.press('Control+A');
	await typeSlowly(desk, '7 Hill Road');
	await desk.page.keyboard.press('Enter');
	await expect(desk.page.getByText(/Address changed: 7 Hill Road/)).toBeVisible();

	await expect(packer.verdict).toContainText('Label void');
	await packer.scan('JD014600009999777');
	await expect(packer.page.getByText('This label is void')).toBeVisible();
	await packer.page.waitForTimeout(300);
	await packer.page.keyboard.press('1');
	await expect(packer.page.getByText('Label void: print a new one')).toHaveCount(0);
	await packer.scan('JD014600009999777');
	await expect(packer.verdict).toContainText('Shipped');
	await packer.allSent();
	const order = await central.order(parcel.number);
	expect(order.shipTo.line1).toBe('7 Hill Road');
	const { packages } = await central.fulfillmentOrder(parcel.fulfillmentOrderId);
	expect(packages.map(({ label }) => label?.shipTo.line1)).toEqual(['7 Hill Road']);
});

test('a product is counted with the keyboard alone, twice when the books have another number', async ({
	newDevice,
	central,
}) => {
	const store = storeOf('MANCHESTER-M41');
	const device = await newDevice();
	await device.startWork(store, 1, 0);
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Connie Count', quantities: [1] });
	const [product] = order.products;
	if (product === undefined) throw new Error('An order has a product');
	const { page } = device;
	await openPick(device, order);
	await page.keyboard.press('Control+k');
	await typeSlowly(device, product.sku);
	const found = page.getByRole('option', { name: /^Count/ });
	await expect(found).toBeVisible();
	const options = page.getByRole('listbox', { name: 'What this may mean' }).getByRole('option');
	const row = (await options.allTextContents()).findIndex((text) => text.startsWith('Count'));
	for (let above = 0; above <= row; above++) await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('Units on the shelf')).toBeFocused();
	for (const answer of ['Count once more', 'counted']) {
		await typeSlowly(device, '900');
		await page.keyboard.press('Enter');
		await expect(device.verdict).toContainText(answer);
		await expect(page.getByLabel('Units on the shelf')).toHaveValue('');
	}
	await device.allSent();
	await device.goTo('Sync');
	await expect(page.getByText('A count found another number than the books had.').first()).toBeVisible();
	expect(await central.ledgerFaults()).toEqual([]);
});

test('a return at the counter says by what evidence, and a second one elsewhere finds it', async ({
	newDevice,
	central,
}) => {
	const store = storeOf('LONDON-E15');
	const device = await newDevice();
	await device.startWork(store, 1, 0);
	const parcel = await central.placeOrder({ store, method: 'ship', customer: 'Rhea Returns', quantities: [1] });
	await openPick(device, parcel);
	await pickUnits(device, parcel.products);
	await packAndShip(device, parcel.products, 'JD014600009999888');
	await device.goTo('Return');
	await device.scan(parcel.receipt);
	await expect(device.page.getByRole('heading', { level: 1, name: 'Return' })).toBeVisible();
	for (const { barcode } of parcel.products) await device.scan(barcode);
	await expect(device.page.getByText('Receipt scanned')).toBeVisible();
	for (const question of ['Why does it come back?', 'In what condition is it?']) {
		await expect(device.page.getByText(question)).toBeVisible();
		await typeSlowly(device, '1');
	}
	await device.page.keyboard.press('F9');
	await expect(device.page.getByLabel('What should somebody know who was not here?')).toBeFocused();
	await typeSlowly(device, 'The box is open');
	await device.page.keyboard.press('Enter');
	await expect(device.page.getByText('“The box is open”')).toBeVisible();
	await device.page.getByRole('button', { name: /^Take back 1 item/ }).click();
	await expect(device.verdict).toContainText('1 item taken back');
	await device.allSent();
	const { returns } = await central.order(parcel.number);
	expect(returns).toMatchObject([
		{ siteId: store.siteId, evidence: { proof: 'receipt_scanned', conditionNote: 'The box is open' } },
	]);
});
