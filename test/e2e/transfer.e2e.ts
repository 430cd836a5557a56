import { storeOf } from './central.ts';
import { expect, test } from './story.ts';

const sender = storeOf('SOUTHAMPTON');
const asker = storeOf('NEWCASTLE');

test('a site asks another for goods; they are picked, boxed and sent while the sender is cut off, and received before central has heard that they left', async ({
	central,
	newDevice,
	server,
}) => {
	const product = await central.freeProduct(sender);
	const unitsAt = async (siteId: string) => {
		const [row] = await server.query<Record<string, number>>(
			`SELECT coalesce(sum(available), 0)::int AS available, coalesce(sum(allocated), 0)::int AS allocated,
			 coalesce(sum(in_transit), 0)::int AS in_transit, coalesce(sum(damaged), 0)::int AS damaged,
			 coalesce((SELECT other_site FROM outside_position WHERE site_id = $1 AND sku = $2), 0)::int AS other_site
			 FROM stock_position WHERE site_id = $1 AND sku = $2`,
			[siteId, product.sku],
		);
		return row ?? {};
	};
	const before = { there: await unitsAt(sender.siteId), here: await unitsAt(asker.siteId) };
	const asking = await newDevice();
	const sending = await newDevice();

	const number = await test.step('a manager asks for three', async () => {
		const { page } = asking;
		await asking.startWork(asker, 2, 2);
		await asking.goTo('Stock');
		await page.getByRole('option', { name: /^Transfer/ }).click();
		await page.keyboard.press('F4');
		await page.getByRole('combobox', { name: 'Which site?' }).fill(sender.name);
		await page.getByRole('option', { name: sender.name }).click();
		await asking.scan(product.barcode);
		await page.getByLabel('How many are wanted?').fill('3');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Ask for it' }).click();
		const heading = page.getByRole('heading', { level: 1, name: /^Transfer T/ });
		await expect(heading).toBeVisible();
		await asking.allSent();
		return ((await heading.textContent()) ?? '').replace('Transfer ', '');
	});
	expect((await unitsAt(sender.siteId)).allocated).toBe((before.there.allocated ?? 0) + 3);

	await test.step('the other site opens it, and is cut off', async () => {
		const { page } = sending;
		await sending.startWork(sender, 3);
		await sending.keptOffline();
		await sending.goTo('Stock');
		await page.getByRole('option', { name: /^Transfer/ }).click();
		await page.getByRole('option', { name: new RegExp(number) }).click();
		await expect(page.getByRole('heading', { level: 1, name: `Transfer ${number}` })).toBeVisible();
		await sending.cutOff();
	});

	await test.step('cut off: three are picked, boxed and sent; the app is loaded again', async () => {
		const { page } = sending;
		for (const said of ['2 more', '1 more', 'All of it is picked']) {
			await sending.scan(product.barcode);
			await expect(sending.verdict).toContainText(said);
		}
		await sending.scan(product.barcode);
		await expect(sending.verdict).toContainText('One too many');
		await page.keyboard.press('F7');
		await expect(sending.verdict).toContainText('Boxed: 3 units');
		await page.getByRole('button', { name: 'Send it' }).click();
		await page.getByRole('button', { name: 'Yes, it leaves now' }).click();
		await expect(sending.verdict).toContainText('3 units are on their way');
		await page.reload();
		await expect(page.getByText('sent 3')).toBeVisible();
	});

	await test.step('the goods are there before the news: two good ones and a damaged one are counted, and it ends', async () => {
		const { page } = asking;
		await page.getByRole('button', { name: 'Receive it' }).click();
		await expect(page.getByText(/Central has not heard yet/)).toBeVisible();
		await asking.scan(product.barcode);
		await page.getByLabel('How many came?').fill('2');
		await page.keyboard.press('Enter');
		await expect(asking.verdict).toContainText('2 of 3');
		await page.keyboard.press('F4');
		await asking.scan(product.barcode);
		await page.getByLabel('How many are damaged?').fill('1');
		await page.keyboard.press('Enter');
		await expect(asking.verdict).toContainText('1 damaged');
		await page.keyboard.press('F10');
		await page.getByRole('button', { name: /^Nothing more is to come/ }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Receive', exact: true })).toBeVisible();
		await asking.allSent();
	});

	await test.step('the sender is back: the books of both sites are right', async () => {
		await sending.context.setOffline(false);
		await sending.allSent();
		const there = await unitsAt(sender.siteId);
		const here = await unitsAt(asker.siteId);
		expect(there).toEqual({
			...before.there,
			available: (before.there.available ?? 0) - 3,
			other_site: (before.there.other_site ?? 0) + 3,
		});
		expect(here).toEqual({
			...before.here,
			available: (before.here.available ?? 0) + 2,
			damaged: (before.here.damaged ?? 0) + 1,
			other_site: (before.here.other_site ?? 0) - 3,
		});
		expect(await central.ledgerFaults()).toEqual([]);
	});

	await test.step('cut off: the manager sends two back, which nobody asked for; the other site sees them come', async () => {
		const { page } = asking;
		await asking.keptOffline();
		await asking.goTo('Stock');
		await page.getByRole('option', { name: /^Transfer/ }).click();
		await asking.cutOff();
		await page.keyboard.press('F6');
		await page.getByRole('combobox', { name: 'To which site?' }).fill(sender.name);
		await page.getByRole('option', { name: sender.name }).click();
		await page.getByRole('button', { name: 'Go on' }).click();
		await expect(page.getByRole('heading', { level: 1, name: /^Transfer T/ })).toBeVisible();
		await asking.scan(product.barcode);
		await asking.scan(product.barcode);
		await expect(asking.verdict).toContainText('2 in hand');
		await page.getByRole('button', { name: 'Send it' }).click();
		await page.getByRole('button', { name: 'Yes, it leaves now' }).click();
		await expect(asking.verdict).toContainText('2 units are on their way');
		await asking.context.setOffline(false);
		await asking.allSent();
		expect((await unitsAt(sender.siteId)).in_transit).toBe((before.there.in_transit ?? 0) + 2);
		expect(await central.ledgerFaults()).toEqual([]);
	});
});
