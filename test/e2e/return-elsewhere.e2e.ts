import { storeOf } from './central.ts';
import { expect, test } from './story.ts';
import { openPick, packAndShip, pickUnits } from './work.ts';

const shipper = storeOf('SOUTHAMPTON');
const counter = storeOf('NEWCASTLE');

test('what one site shipped is taken back at another by its receipt: paid back once, in the stock of the second, known to the first', async ({
	central,
	newDevice,
	server,
}) => {
	const order = await central.placeOrder({
		store: shipper,
		method: 'ship',
		customer: 'Cleo Elsewhere',
		quantities: [1],
	});
	const unknownHere = await central.placeOrder({
		store: shipper,
		method: 'ship',
		customer: 'Dora Elsewhere',
		quantities: [1],
	});
	const [product] = order.products;
	if (product === undefined) throw new Error('The order has one product.');
	const unitsOf = async (siteId: string) => {
		const [row] = await server.query<{ available: number; customer: number }>(
			`SELECT coalesce((SELECT available FROM stock_position WHERE site_id = $1 AND sku = $2), 0)::int AS available,
			 coalesce((SELECT customer FROM outside_position WHERE site_id = $1 AND sku = $2), 0)::int AS customer`,
			[siteId, product.sku],
		);
		return row ?? { available: Number.NaN, customer: Number.NaN };
	};
	const shipping = await newDevice();
	const returning = await newDevice();
	const { page } = returning;

	await test.step('the first site ships it', async () => {
		await shipping.startWork(shipper, 1);
		await openPick(shipping, order);
		await pickUnits(shipping, order.products);
		await expect(shipping.verdict).toContainText('Order complete');
		await packAndShip(shipping, order.products, 'JD014600003828777');
		await shipping.allSent();
	});
	const before = { first: await unitsOf(shipper.siteId), second: await unitsOf(counter.siteId) };

	await test.step('the second site does not have it, asks central and opens its return', async () => {
		await returning.startWork(counter, 1);
		await returning.goTo('Return');
		await returning.scan('ORD-00000000');
		await expect(returning.verdict).toContainText('There is no such order');
		await returning.scan(order.receipt);
		await expect(page.getByRole('region', { name: 'What was bought' })).toBeVisible();
		await expect(page.getByText(product.name).first()).toBeVisible();
	});

	await test.step('it is scanned, answered, taken back and paid back', async () => {
		await returning.scan(product.barcode);
		await expect(returning.verdict).toContainText('1 of 1');
		await page.keyboard.press('1');
		await expect(page.getByText('In what condition is it?')).toBeVisible();
		await page.keyboard.press('1');
		await expect(page.getByText('Goes to: back into stock')).toBeVisible();
		await page.getByRole('button', { name: /^Take back 1 item/ }).click();
		await expect(returning.verdict).toContainText('1 item taken back');
		await expect(returning.verdict).toContainText(`to the original payment of order ${order.number}`);
		await returning.scan(product.barcode);
		await expect(returning.verdict).toContainText('Back already');
		await returning.allSent();
	});

	await test.step('the first site sees that nothing of it can come back any more', async () => {
		await shipping.goTo('Return');
		await expect(async () => {
			await shipping.scan(order.receipt);
			await expect(shipping.verdict).toContainText('Nothing of it can come back', { timeout: 1000 });
		}).toPass();
	});

	await test.step('one refund, and the unit stands in the stock of the second site', async () => {
		const cases = await server.query<{ site_id: string; minor: number }>(
			`SELECT site_id, (body->'refund'->>'minor')::int AS minor FROM return_case WHERE order_id = $1`,
			[order.id],
		);
		const [line] = (await central.order(order.number)).lines;
		expect(cases).toEqual([{ site_id: counter.siteId, minor: line?.unitPrice.minor }]);
		expect([line?.withCustomer, line?.returned]).toEqual([0, 1]);
		expect(await unitsOf(shipper.siteId)).toEqual(before.first);
		expect(await unitsOf(counter.siteId)).toEqual({
			available: before.second.available + 1,
			customer: before.second.customer - 1,
		});
		expect(await central.ledgerFaults()).toEqual([]);
	});

	await test.step('cut off, an order that is not here is told as such; with central back, its typed number brings it', async () => {
		await returning.goTo('Return');
		await server.kill();
		await returning.scan(unknownHere.receipt);
		await expect(returning.verdict).toContainText('central can’t be asked now');
		await server.startAgain();
		await expect(returning.status).toContainText('online', { timeout: 60_000 });
		const field = page.getByLabel('Find the order');
		await field.fill(unknownHere.number);
		await field.press('Enter');
		await expect(returning.verdict).toContainText('Nothing of it can come back');
	});
});
