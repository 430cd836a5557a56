import { storeOf } from './central.ts';
import { deviceOf } from './device.ts';
import { expect, test } from './story.ts';
import { openPick, pickUnits } from './work.ts';

test('two tabs of one device show the same; when the one that leads is closed, the other goes on, and everything arrives once', async ({
	newDevice,
	central,
	server,
}) => {
	const store = storeOf('LONDON-SW11');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Tina Tabs', quantities: [5] });
	const [product] = order.products;
	if (product === undefined) throw new Error('The order has a product.');
	const first = await newDevice();
	await first.startWork(store, 3);
	await openPick(first, order);
	await pickUnits(first, [{ ...product, quantity: 1 }]);

	const second = await deviceOf(first.context, server.url, await first.context.newPage());
	await second.page.goto(first.page.url());
	await expect(second.page.getByText('1 of 5 units')).toBeVisible();
	await second.page.bringToFront();
	await pickUnits(second, [{ ...product, quantity: 1 }]);
	await expect(first.page.getByText('2 of 5 units')).toBeVisible();
	await first.allSent();
	await second.allSent();

	await first.cutOff();
	await pickUnits(second, [{ ...product, quantity: 1 }]);
	for (const tab of [first, second]) {
		await expect(tab.page.getByText('3 of 5 units')).toBeVisible();
		await expect(tab.status).toContainText('1 waiting');
	}
	await first.page.close();
	await pickUnits(second, [{ ...product, quantity: 2 }]);
	await second.context.setOffline(false);
	await second.allSent();
	await expect(second.page.getByText('5 of 5 units')).toBeVisible();
	const picks = (await central.operationsOf(store.siteId)).filter(({ type }) => type === 'pick');
	expect(picks.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'applied'));
	expect(await central.ledgerFaults()).toEqual([]);
});
