import { storeOf } from './central.ts';
import { expect, test } from './story.ts';
import { gotUnits, openPick, packAndShip, pickUnits } from './work.ts';

test('a manager’s cancel that central must refuse is taken back on the device, with the reason in words', async ({
	newDevice,
	central,
}) => {
	const store = storeOf('SHEFFIELD');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Rita Refused', quantities: [1] });
	const [manager, packer] = [await newDevice(), await newDevice()];
	await manager.startWork(store, 1, 2);
	await packer.startWork(store, 2, 0);
	await openPick(packer, order);
	await pickUnits(packer, order.products);
	await packer.allSent();

	await test.step('cut off, the manager cancels what is being packed', async () => {
		await manager.allSent();
		await manager.cutOff();
		await manager.goTo('Orders');
		await manager.scan(order.receipt);
		await expect(manager.page.getByRole('heading', { name: `Order ${order.number}` })).toBeVisible();
		await manager.page.getByRole('button', { name: 'Cancel it here' }).click();
		await manager.page.getByLabel('Why?').fill('The customer changed her mind');
		await manager.page.getByRole('button', { name: `Cancel ${order.number}` }).click();
		await expect(manager.page.getByText('Cancelling is saved here. Central has the last word.')).toBeVisible();
		await expect(manager.status).toContainText('1 waiting');
		await manager.goTo('Pick');
	});
	await packAndShip(packer, order.products, 'JD014600009999001');
	await packer.allSent();

	await test.step('back again, the device takes the cancel back and says why', async () => {
		await manager.context.setOffline(false);
		await manager.allSent();
		await manager.goTo('Sync');
		const row = manager.page.getByRole('option', { name: /asked to cancel order/ });
		await expect(row).toContainText('needs you');
		await expect(row).toContainText('Central refused: the parcel had been shipped.');
		await manager.goTo('Orders');
		await manager.scan(order.receipt);
		await expect(manager.page.getByText(/1 unit shipped, tracking number JD014600009999001/)).toBeVisible();
		await expect(manager.page.getByText(/cancelled:/)).toHaveCount(0);
	});
});

test('a screen that is not on the device yet says so while it is cut off, and opens when the network is back', async ({
	newDevice,
}) => {
	const device = await newDevice({ serviceWorkers: 'block' });
	const { page } = device;
	await device.startWork(storeOf('NOTTINGHAM'), 1);
	await device.context.setOffline(true);
	const places = page.getByRole('navigation', { name: 'Places' });
	await places.getByRole('link', { name: /^Orders/ }).click();
	await expect(page.getByText('It is not on this device yet')).toBeVisible();
	await expect(places).toBeVisible();
	await device.context.setOffline(false);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Orders', exact: true })).toBeVisible();
});

test('with PostgreSQL lost the server says so in words, work goes on, and everything recovers by itself', async ({
	newDevice,
	central,
	server,
}) => {
	const store = storeOf('NORWICH');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Paul Postgres', quantities: [3] });
	const device = await newDevice();
	await device.startWork(store, 1);
	await openPick(device, order);
	await device.allSent();
	await server.killDatabase();
	try {
		expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
		expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
		await expect(central.order(order.number)).rejects.toThrow(/503 .*"message":"\w+ \w+ \w+/);
		await pickUnits(device, order.products);
		await expect(device.verdict).toContainText('Order complete');
		await expect(device.status).toContainText('waiting');
		await expect(device.status).not.toContainText('online');
	} finally {
		await server.startDatabase();
	}
	await device.allSent();
	await expect.poll(async () => (await central.fulfillmentOrder(order.fulfillmentOrderId)).state).toBe('picked');
	const picks = (await central.operationsOf(store.siteId)).filter(({ type }) => type === 'pick');
	expect(picks.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
	expect(await central.ledgerFaults()).toEqual([]);
});

test('a wiped replica is built anew from central, and the unsent work in the journal is untouched', async ({
	newDevice,
	central,
	server,
}) => {
	const store = storeOf('PLYMOUTH');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Wanda Wiped', quantities: [2] });
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 1);
	await openPick(device, order);
	await device.allSent();
	await device.cutOff();
	await pickUnits(device, order.products);
	await expect(device.status).toContainText('waiting');
	const here = page.url();
	await page.goto('about:blank');
	await device.session.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
	await device.context.setOffline(false);
	await page.goto(here);
	await expect(page.getByText('2 of 2 units')).toBeVisible();
	await device.allSent();
	const picks = (await central.operationsOf(store.siteId)).filter(({ type }) => type === 'pick');
	expect(picks.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
});

test('with the storage full a scan says that it is not saved, counts nothing, and counts again when there is room', async ({
	newDevice,
	central,
	server,
}) => {
	const store = storeOf('CAMBRIDGE');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Fay Full', quantities: [2] });
	const [product] = order.products;
	if (product === undefined) throw new Error('The order has a product.');
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 1);
	await openPick(device, order);
	await device.allSent();
	// Once before the journal has its first file, and once in the middle of it.
	for (const got of [0, 1]) {
		await device.session.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });
		await device.scan(product.barcode);
		await expect(page.getByText('Not saved. Nothing has been recorded.')).toBeVisible();
		await expect(page.getByText('The storage of this device is full.')).toBeVisible();
		expect(await gotUnits(device)).toBe(got);
		await device.session.send('Storage.overrideQuotaForOrigin', { origin: server.url });
		await pickUnits(device, [{ ...product, quantity: 1 }]);
		await expect(page.getByText('Not saved. Nothing has been recorded.')).toBeHidden();
	}
	await device.allSent();
	const picks = (await central.operationsOf(store.siteId)).filter(({ type }) => type === 'pick');
	expect(picks).toHaveLength(2);
});

test('a revoked device says so, is enrolled again, and what it had not sent arrives once', async ({
	newDevice,
	central,
	server,
}) => {
	const store = storeOf('ABERDEEN');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Rob Revoked', quantities: [2] });
	const device = await newDevice();
	const { page } = device;
	await device.startWork(store, 1);
	await openPick(device, order);
	await device.allSent();
	await server.query('UPDATE device SET revoked_at = now() WHERE site_id = $1', [store.siteId]);
	await pickUnits(device, order.products);
	await expect(device.status).toContainText('this device must be enrolled again');
	await page.getByRole('button', { name: 'Enroll it again' }).click();
	await page.getByLabel('Enrollment code').fill(store.code(2));
	await page.getByRole('button', { name: 'Enroll', exact: true }).click();
	await device.allSent();
	await expect(page.getByText('2 of 2 units')).toBeVisible();
	const operations = await central.operationsOf(store.siteId);
	expect(operations.filter(({ type }) => type === 'pick').map(({ outcome }) => outcome)).toEqual([
		'applied',
		'applied',
	]);
	expect(new Set(operations.map(({ lane_id }) => lane_id)).size).toBe(1);
	expect(operations.map(({ seq }) => seq)).toEqual(operations.map((_, index) => index + 1));
});
