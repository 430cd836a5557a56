import { type Central, type PlacedOrder, type Store, storeOf } from './central.ts';
import type { Device } from './device.ts';
import { type DiskDevice, damageJournal, flipByteOfIndexedDb, newDiskDevice, wipeIndexedDb } from './disk-device.ts';
import { expect, test } from './story.ts';
import { openPick, pickUnits } from './work.ts';

const picksOf = async (central: Central, store: Store, order: PlacedOrder) =>
	(await central.operationsOf(store.siteId)).filter((each) => each.type === 'pick' && each.order_id === order.id);

/** Enrolls, picks one unit that central has, and cut off as many others as there are. The browser is closed then. */
async function workCutOff(disk: DiskDevice, store: Store, order: PlacedOrder): Promise<string> {
	const device = await disk.open();
	await device.startWork(store, 3);
	await openPick(device, order);
	const [first, ...others] = order.products;
	if (first === undefined) throw new Error('The order has products.');
	await pickUnits(device, [{ ...first, quantity: 1 }]);
	await device.allSent();
	await device.cutOff();
	await pickUnits(device, [{ ...first, quantity: first.quantity - 1 }, ...others]);
	await expect(device.status).toContainText('waiting');
	const address = device.page.url();
	await disk.shut();
	return address;
}

/** Opens the app again, still cut off, so that what it says of its disk stands until it can be mended. */
async function openedCutOff(disk: DiskDevice, address: string): Promise<Device> {
	const device = await disk.open();
	await device.context.setOffline(true);
	await device.page.goto(address);
	return device;
}

const accidents = [
	['the databases of the browser wiped', 'MANCHESTER-M2', wipeIndexedDb],
	['one byte of the log of the browser’s databases flipped', 'MANCHESTER-M41', flipByteOfIndexedDb],
] as const;

for (const [accident, place, happen] of accidents) {
	test(`with ${accident} between two starts it is found at once and said, all is loaded anew, and unsent work arrives once`, async ({
		central,
		server,
	}) => {
		const store = storeOf(place);
		const order = await central.placeOrder({ store, method: 'ship', customer: 'Dora Disk', quantities: [3] });
		const disk = newDiskDevice(server.url);
		try {
			const address = await workCutOff(disk, store, order);
			happen(disk);
			const device = await openedCutOff(disk, address);
			await expect(
				device.page.getByText(/copy of the site’s data (is gone|was damaged)\. It is being loaded again/).first(),
			).toBeVisible({ timeout: 30_000 });
			await expect(device.status).toContainText('2 waiting');
			await device.context.setOffline(false);
			await device.allSent();
			await expect(device.page.getByText('3 of 3 units')).toBeVisible({ timeout: 30_000 });
			await expect(device.page.getByText(/copy of the site’s data/)).toHaveCount(0);
			const picks = await picksOf(central, store, order);
			expect(picks.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
			expect(await central.ledgerFaults()).toEqual([]);
		} finally {
			await disk.remove();
		}
	});
}

test('a journal whose last record is torn is mended and told, and everything before it arrives once', async ({
	central,
	server,
}) => {
	const store = storeOf('HALESOWEN');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Terry Torn', quantities: [4] });
	const disk = newDiskDevice(server.url);
	try {
		const address = await workCutOff(disk, store, order);
		await damageJournal(await disk.open(), server.url, { what: 'tear' });
		await disk.shut();
		const device = await openedCutOff(disk, address);
		await expect(device.page.getByText(/the end of its journal was incomplete.* and was mended/).first()).toBeVisible();
		await expect(device.page.getByText('3 of 4 units')).toBeVisible();
		await device.goTo('Sync');
		await expect(
			device.page.getByText(/At the start the incomplete end of lane-.* was cut \([\d,]+ bytes, kept in/),
		).toBeVisible();
		await device.context.setOffline(false);
		await device.allSent();
		expect((await picksOf(central, store, order)).map(({ outcome }) => outcome)).toEqual([
			'applied',
			'applied',
			'applied',
		]);
	} finally {
		await disk.remove();
	}
});

test('a journal with a flipped byte in its middle is told, its place in the lane is filled with that news, and what came after it arrives once', async ({
	central,
	server,
}) => {
	const store = storeOf('IRLAM');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Flo Flipped', quantities: [5] });
	const disk = newDiskDevice(server.url);
	try {
		const address = await workCutOff(disk, store, order);
		await damageJournal(await disk.open(), server.url, { what: 'flip', fromEnd: 2 });
		await disk.shut();
		const device = await openedCutOff(disk, address);
		await expect(device.page.getByText(/1 place in its journal was damaged/).first()).toBeVisible();
		await device.goTo('Sync');
		await expect(device.page.getByText(/At the start a damaged place of lane-.* was stepped over/)).toBeVisible();
		await device.context.setOffline(false);
		await device.allSent();
		await expect(
			device.page.getByRole('option', { name: /A damaged record stood here in this device’s journal/ }),
		).toContainText('needs you');
		const operations = await central.operationsOf(store.siteId);
		expect(operations.map(({ seq }) => seq)).toEqual(operations.map((_, index) => index + 1));
		const picks = operations.filter(({ type }) => type === 'pick');
		expect(picks.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied', 'applied']);
		expect(operations.filter(({ type }) => type === 'unreadable_record')).toHaveLength(1);
		expect(await central.ledgerFaults()).toEqual([]);
	} finally {
		await disk.remove();
	}
});
