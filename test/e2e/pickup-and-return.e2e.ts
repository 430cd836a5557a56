import { locationCode } from '../../shared/codes/index.ts';
import { storeOf } from './central.ts';
import type { Device } from './device.ts';
import { expect, test } from './story.ts';
import { openPick, pickUnits, putOnShelf } from './work.ts';

const store = storeOf('LIVERPOOL');

async function says(device: Device, words: string): Promise<void> {
	await expect(device.verdict).toContainText(words);
}

test('a pickup is handed over in two parts, each after its own check, and never a third time; what comes back is paid back once', async ({
	central,
	newDevice,
}) => {
	const ada = await central.placeOrder({ store, method: 'pickup', customer: 'Ada Counter', quantities: [2, 1] });
	const bob = await central.placeOrder({ store, method: 'pickup', customer: 'Bob Counter', quantities: [1] });
	const [tea, jam] = ada.products;
	const [soap] = bob.products;
	if (tea === undefined || jam === undefined || soap === undefined)
		throw new Error('The orders have too few products.');
	const device = await newDevice();
	const { page } = device;
	const enter = (name: RegExp) => page.getByRole('button', { name }).click();
	await device.startWork(store, 1);

	await test.step('a pass before the goods are picked says so', async () => {
		await device.goTo('Pickup');
		await device.scan(ada.pass);
		await says(device, 'Not prepared yet');
	});

	await test.step('only the site’s own shelves take a pickup', async () => {
		await openPick(device, ada);
		await pickUnits(device, ada.products);
		await enter(/^Put it on the shelf/);
		await device.scan(locationCode('A-12-3'));
		await says(device, 'Not a pickup shelf');
		await device.scan(tea.barcode);
		await says(device, 'That is a product');
		await device.scan(locationCode('PU-03'));
		await says(device, 'PU-03 · ready');
		await openPick(device, bob);
		await pickUnits(device, bob.products);
		await putOnShelf(device, 'PU-04');
	});

	await test.step('nothing goes over the counter before who collects is checked', async () => {
		await device.goTo('Pickup');
		await device.scan(ada.receipt);
		await page.waitForURL(/handover/);
		await expect(page.getByText('PU-03').first()).toBeVisible();
		await expect(page.getByRole('button', { name: /^Hand over/ })).toHaveCount(0);
		await device.scan(bob.pass);
		await says(device, 'Wrong pass');
		// Right behind a scan an Enter is the scanner's own; a hand's comes later.
		await expect(async () => {
			await page.keyboard.press('Enter');
			await expect(page.getByRole('dialog')).toBeVisible({ timeout: 500 });
		}).toPass();
		// A barcode chooses no answer, whatever its first digit.
		await device.scan('12345670');
		await says(device, 'Wrong item');
		await expect(page.getByRole('dialog')).toBeVisible();
		await page.keyboard.press('2');
		await expect(page.getByText('Photo ID checked')).toBeVisible();
	});

	await test.step('a part goes, the rest stays on its shelf', async () => {
		await device.scan(tea.barcode);
		await says(device, '1 of 2');
		await device.scan(soap.barcode);
		await says(device, 'Wrong item');
		await enter(/^Hand over 1 item, 2 stay/);
		await says(device, '2 items stay at PU-03');
		await expect(page.getByText('Pass checked')).toHaveCount(0);
	});

	await test.step('the rest goes by the pass, and a third time nothing does', async () => {
		await device.scan(ada.pass);
		await says(device, 'Right pass');
		await enter(/^Hand over all 2 items/);
		await says(device, '2 items handed over');
		await device.scan(ada.pass);
		await says(device, 'Handed over already');
		await expect(page.getByRole('button', { name: /^Hand over/ })).toHaveCount(0);
	});

	await test.step('only what was sold comes back, and only once', async () => {
		await device.goTo('Return');
		await device.scan(ada.receipt);
		await expect(page.getByRole('region', { name: 'What was bought' })).toBeVisible();
		await device.scan(soap.barcode);
		await says(device, 'Wrong item');
		await device.scan(jam.barcode);
		await says(device, '1 of 1');
		await device.scan(jam.barcode);
		await says(device, 'More than was sold');
		await page.keyboard.press('1');
		await expect(page.getByText('In what condition is it?')).toBeVisible();
		await page.keyboard.press('2');
		await expect(page.getByText('Goes to: quarantine')).toBeVisible();
		await enter(/^Take back 1 item/);
		await says(device, '1 item taken back');
		await device.scan(jam.barcode);
		await says(device, 'Back already');
	});

	await test.step('another product is taken along in exchange, and the order tells of it', async () => {
		const other = await central.freeProduct(store);
		await page.keyboard.press('F6');
		await expect(page.getByRole('heading', { level: 1, name: 'Sell' })).toBeVisible();
		await expect(page.getByRole('region', { name: 'Exchange' })).toBeVisible();
		await device.scan(other.barcode);
		await says(device, other.name);
		await enter(/^Record the sale/);
		await says(device, '1 item sold');
		await expect(page.getByRole('region', { name: 'Exchange' })).toHaveCount(0);
		await device.goTo('Orders');
		await device.scan(ada.receipt);
		await expect(page.getByText('1 unit taken along in exchange', { exact: true })).toBeVisible();
	});

	await test.step('central has it all, without an exception', async () => {
		await device.allSent();
		const order = await central.order(ada.number);
		expect(order.lines.map(({ withCustomer, returned }) => [withCustomer, returned])).toEqual([
			[2, 0],
			[0, 1],
		]);
		const operations = (await central.operationsOf(store.siteId)).filter(({ order_id }) => order_id === ada.id);
		expect(operations.filter(({ type }) => type === 'hand_over')).toHaveLength(2);
		expect(operations.filter(({ type }) => type === 'return')).toHaveLength(1);
		expect(operations.every(({ outcome }) => outcome === 'applied')).toBe(true);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});
