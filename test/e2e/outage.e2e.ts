import { orderState } from '../../shared/schema/order.ts';
import { storeOf } from './central.ts';
import { expect, test } from './story.ts';
import { enterLeadsTo, gotUnits, handOver, openPick, packAndShip, pickUnits, putOnShelf } from './work.ts';

const store = storeOf('LEEDS');

test('a store prepares a pickup, picks, packs and ships a parcel and hands over with the server killed in the middle; central confirms everything once', async ({
	newDevice,
	server,
	central,
}) => {
	const pickup = await central.placeOrder({ store, method: 'pickup', customer: 'Ada Pickup', quantities: [2, 1] });
	const parcel = await central.placeOrder({ store, method: 'ship', customer: 'Ben Parcel', quantities: [1, 2] });
	const [first, second] = parcel.products;
	if (first === undefined || second === undefined) throw new Error('The parcel has two products.');
	const ofLot = (lot: string) => ({ ...second, barcode: `(01)${second.barcode.padStart(14, '0')}(10)${lot}` });
	const device = await newDevice();
	const { page } = device;

	await test.step('with the network: sign in, prepare the pickup, begin the parcel', async () => {
		await device.startWork(store, 1);
		await openPick(device, pickup);
		await pickUnits(device, pickup.products);
		await expect(device.verdict).toContainText('Order complete');
		await putOnShelf(device, 'PU-07');
		await openPick(device, parcel);
		await pickUnits(device, [first]);
		await device.keptOffline();
		await device.allSent();
	});

	await server.kill();

	await test.step('cut off: reload, finish the parcel, hand the pickup over', async () => {
		await pickUnits(device, [{ ...ofLot('L-7'), quantity: 1 }]);
		await expect(device.status).toContainText('cut off since');
		await page.reload();
		await expect(page.getByRole('heading', { name: `Pick ${parcel.number}` })).toBeVisible();
		expect(await gotUnits(device)).toBe(2);
		await pickUnits(device, [{ ...ofLot('L-7'), quantity: 1 }]);
		await expect(device.verdict).toContainText('Order complete');
		await enterLeadsTo(device, /^Pack \d/);
		await device.scan(ofLot('L-9').barcode);
		await expect(page.getByRole('dialog')).toContainText('this is lot L-9. Picked was lot L-7.');
		await page.keyboard.press('1');
		await expect(device.verdict).toContainText('Left out');
		await packAndShip(device, [first, ofLot('L-7')], 'JD014600003828391');
		await handOver(device, pickup);
		await page.reload();
		await device.goTo('Sync');
		await expect(page.getByText('pieces of work wait to be sent')).toBeVisible();
		await expect(page.getByRole('option', { name: /handed over 3 of 3 items/ })).toContainText('saved here');
		await expect(page.getByRole('option', { name: /shipped a parcel/ })).toContainText('saved here');
		await expect(page.getByRole('option', { name: /handed over 3 of 3 items/ })).not.toContainText('confirmed');
	});

	await server.startAgain();

	await test.step('back again: everything is confirmed by itself', async () => {
		await device.allSent();
		await expect(page.getByText('Nothing waits: central has answered everything.')).toBeVisible();
		await expect(page.getByRole('option', { name: /handed over 3 of 3 items/ })).toContainText('confirmed');
		await expect(page.getByText('saved here')).toHaveCount(0);
		await expect(page.getByText('needs you')).toHaveCount(0);
	});

	await test.step('central: each piece of work once, in the order of the device, and a ledger that balances', async () => {
		for (const { number, products } of [pickup, parcel]) {
			const order = await central.order(number);
			expect(orderState(order)).toBe('fulfilled');
			expect(order.lines.map((line) => line.withCustomer)).toEqual(products.map(({ quantity }) => quantity));
		}
		const told = (await central.order(pickup.number)).timeline.map(({ what }) => what);
		expect(told.filter((what) => what === 'handed_over')).toHaveLength(1);
		const operations = await central.operationsOf(store.siteId);
		expect(operations.map(({ seq }) => seq)).toEqual(operations.map((_, index) => index + 1));
		expect(new Set(operations.map(({ op_id }) => op_id)).size).toBe(operations.length);
		expect(new Set(operations.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
		const types = operations.filter(({ order_id }) => order_id === parcel.id).map(({ type }) => type);
		expect(types.filter((type) => type !== 'start_picking' && type !== 'print_label')).toEqual([
			'pick',
			'pick',
			'pick',
			'pack',
			'ship',
		]);
		expect(await central.ledgerFaults()).toEqual([]);
		const skus = [...pickup.products, ...parcel.products].map(({ sku }) => sku);
		const left = await server.query(
			'SELECT sku, picked, staged FROM stock_position WHERE site_id = $1 AND sku = ANY ($2) AND (picked <> 0 OR staged <> 0)',
			[store.siteId, skus],
		);
		expect(left).toEqual([]);
		const gone = await server.query<{ units: number }>(
			`SELECT sum(quantity)::int AS units FROM movement WHERE site_id = $1 AND sku = ANY ($2) AND to_bucket = 'customer' AND order_id = ANY ($3)`,
			[store.siteId, skus, [pickup.id, parcel.id]],
		);
		expect(gone).toEqual([{ units: 6 }]);
		const lots = await server.query<{ lot: string | null; units: number }>(
			`SELECT identity ->> 'lot' AS lot, quantity::int AS units FROM movement WHERE sku = $1 AND to_bucket = 'customer' AND order_id = $2`,
			[second.sku, parcel.id],
		);
		expect(lots).toEqual([{ lot: 'L-7', units: 2 }]);
	});
});
