import { storeOf } from './central.ts';
import { expect, test } from './story.ts';
import { openPick, pickUnits } from './work.ts';

const store = storeOf('CARDIFF');

test('two devices of a store see each other’s work, and the same line picked twice while cut off becomes a put back task and an exception in words', async ({
	newDevice,
	central,
	server,
}) => {
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Tina Two', quantities: [1, 1] });
	const [first, second] = order.products;
	if (first === undefined || second === undefined) throw new Error('The order has two products.');
	const [one, two] = [await newDevice(), await newDevice()];
	await one.startWork(store, 1, 0);
	await two.startWork(store, 2, 1);

	await test.step('what one does, the other sees', async () => {
		await openPick(one, order);
		await openPick(two, order);
		await pickUnits(one, [first]);
		await expect(two.page.getByText('1 of 2 units')).toBeVisible();
		await expect(two.verdict).toContainText(`${store.people[0]?.name} is picking this order too`);
		await one.allSent();
		await two.allSent();
	});

	await server.kill();
	for (const device of [one, two]) {
		await pickUnits(device, [second]);
		await expect(device.verdict).toContainText('Order complete');
		await expect(device.status).toContainText('cut off');
	}
	await server.startAgain();
	for (const device of [one, two]) await device.allSent();

	await test.step('the surplus unit is a put back task on both devices', async () => {
		for (const { page } of [one, two]) {
			await expect(page.getByText(`1 × ${second.name}`).first()).toBeVisible();
			await expect(page.getByText('Put back', { exact: true }).first()).toBeVisible();
		}
		await two.scan(second.barcode);
		await expect(two.verdict).toContainText('Put back');
		await expect.poll(async () => (await central.fulfillmentOrder(order.fulfillmentOrderId)).putBack).toEqual([]);
	});
	await test.step('the exception says in words what happened', async () => {
		for (const device of [one, two]) {
			await device.goTo('Sync');
			await expect(device.page.getByText('1 exception needs somebody')).toBeVisible();
		}
		const late = (await one.page.getByText('needs you').count()) > 0 ? one : two;
		await expect(late.page.getByText('needs you')).toHaveCount(1);
	});
	await test.step('central counted each unit once', async () => {
		const { lines } = await central.fulfillmentOrder(order.fulfillmentOrderId);
		expect(lines.map(({ quantities }) => quantities.picked)).toEqual([1, 1]);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});
