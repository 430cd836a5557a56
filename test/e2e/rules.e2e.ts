import { storeOf } from './central.ts';
import { handSpeed } from './scanner-keys.ts';
import { expect, test } from './story.ts';

const site = storeOf('LONDON-EN3');

const twoSites = {
	params: { zoneUpperKm: [100], zoneFixed: [5, 8], zonePerUnit: [1, 2], splitPenalty: 3, unfilledPenalty: 50 },
	sites: [
		{ id: 'near', lat: 50, lon: 8, capacity: 9, handlingCost: 1 },
		{ id: 'far', lat: 53, lon: 8, capacity: 9, handlingCost: 1 },
	],
	stock: [
		{ site: 'near', sku: 'A', qty: 5 },
		{ site: 'far', sku: 'A', qty: 5 },
	],
	orders: [{ id: 'o1', lat: 50, lon: 8, lines: [{ sku: 'A', qty: 2 }] }],
};

test('operations keeps units of a product back: previewed, published, obeyed by every channel; others only read it, also while cut off', async ({
	central,
	newDevice,
}) => {
	await central.withdrawRules();
	const product = await central.freeProduct(site);
	const before = await central.availableAt(site, product.sku);
	const operations = await newDevice();
	const { page } = operations;
	const name = `Keep two of ${product.sku}`;

	await test.step('a rule is written with the keyboard alone, and is only a draft', async () => {
		await operations.startWork(site, 1, 3);
		await page.keyboard.press('Alt+7');
		await page.getByRole('option', { name: /^Rules/ }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Rules of promising' })).toBeVisible();
		await expect(page.getByRole('heading', { name: 'No rules' })).toBeVisible();
		await expect(page.getByRole('button', { name: 'New rule' })).toBeVisible();
		await page.keyboard.press('F2');
		const form = page.getByRole('dialog');
		await form.getByLabel('Name').focus();
		await page.keyboard.type(name, handSpeed);
		await form.getByLabel('Safety stock: units').focus();
		await page.keyboard.type('-2', handSpeed);
		await page.keyboard.press('Enter');
		await expect(form.getByText('A whole number, please.')).toBeVisible();
		await form.getByLabel('Safety stock: units').fill('2');
		await form.getByLabel('SKUs').focus();
		await page.keyboard.type(product.sku, handSpeed);
		await form.getByLabel('Sites', { exact: true }).first().fill(site.name);
		await expect(page.getByRole('option', { name: site.name })).toHaveCount(1);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await form.getByRole('button', { name: 'Save in the draft' }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByText(`“${name}” is in the draft.`)).toBeVisible();
		expect(await central.availableAt(site, product.sku)).toBe(before);
	});

	await test.step('a group of sites is made beside it, and its rules can speak of it', async () => {
		await page.keyboard.press('F4');
		const form = page.getByRole('dialog');
		await form.getByRole('button', { name: 'Save in the draft' }).click();
		await expect(form.getByText('This is needed.')).toBeVisible();
		await form.getByLabel('Name of the group').fill('Warehouses of the south');
		await form.getByLabel('Sites of “Warehouses of the south”').first().fill(site.name);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await form.getByRole('button', { name: 'Save in the draft' }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByText('The groups are in the draft.')).toBeVisible();
		await page.getByRole('option', { name: new RegExp(name) }).click();
		await expect(page.getByRole('dialog').getByLabel('Groups of sites').first()).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('option', { name: new RegExp(name) })).toBeFocused();
	});

	await test.step('the preview tells what it would do', async () => {
		await page.keyboard.press('F6');
		const largest = page.getByRole('table', { name: 'Largest changes' });
		await expect(largest.getByRole('row', { name: new RegExp(product.sku) })).toContainText(`${before}${before - 2}`);
		await expect(page.getByRole('table', { name: 'By site' })).toContainText(site.name);
	});

	await test.step('published, it holds for every channel at once', async () => {
		await page.keyboard.press('F8');
		await page.getByLabel('Why (for the history)').fill('Too many broken promises');
		await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
		await expect(page.getByText(/Version \d+ is published and holds now/)).toBeVisible();
		await expect.poll(() => central.availableAt(site, product.sku)).toBe(before - 2);
		await page.keyboard.press('F7');
		await expect(page.getByRole('region', { name: 'Who changed what' })).toContainText('Too many broken promises');
	});

	await test.step('a rule of routing excludes a site: orders go elsewhere from then on, and say by which rule', async () => {
		const { sku } = await central.freeProduct(site);
		const { order } = await central.routeOne(site, sku);
		const [usual] = order.fulfillments;
		if (usual === undefined) throw new Error('Nobody has the product.');
		await page.getByRole('link', { name: 'Where orders go' }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1, name: 'Rules of routing' })).toBeVisible();
		const holds = page.getByText(/^Version \d+, published by/);
		const before = /\d+/.exec((await holds.textContent()) ?? '')?.[0] ?? '';
		await page.keyboard.press('F2');
		const form = page.getByRole('dialog');
		await form.getByLabel('Name').fill('One site rests');
		await page.keyboard.press('Enter');
		await expect(form.getByText('The rule must say something')).toBeVisible();
		await form
			.getByRole('group', { name: 'Sites that are never asked' })
			.getByLabel('Sites')
			.first()
			.fill(usual.siteName);
		await expect(page.getByRole('option', { name: usual.siteName })).toHaveCount(1);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await form.getByRole('button', { name: 'Save in the draft' }).click();
		await expect(page.getByText('“One site rests” is in the draft.')).toBeVisible();
		const publish = async (why: string) => {
			await page.keyboard.press('F8');
			await page.getByLabel('Why (for the history)').fill(why);
			await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
			await expect(page.getByText(/Version \d+ is published and holds now/)).toBeVisible();
		};
		await publish('It takes stock');
		const routed = await central.routeOne(site, sku);
		expect(routed.order.fulfillments[0]?.siteId).not.toBe(usual.siteId);
		expect(routed.decision.rules).toContain('One site rests');
		expect(routed.decision.sites.find(({ siteId }) => siteId === usual.siteId)).toMatchObject({
			verdict: 'excluded_by_rule',
			rule: 'One site rests',
		});
		await page.keyboard.press('F7');
		await page.getByRole('button', { name: `Make version ${before} the draft` }).click();
		await expect(page.getByText(`Version ${before} is the draft now.`)).toBeVisible();
		await publish('It can send again');
		expect((await central.routeOne(site, sku)).decision.rules).not.toContain('One site rests');
		await page.getByRole('link', { name: 'What routing does' }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'Routing runs' })).toBeVisible();
		await expect(page.getByText('No run yet')).toBeVisible();
		await page.getByRole('link', { name: 'What may be promised' }).click();
		// Until central has answered, the rules are only read here.
		await expect(page.getByRole('button', { name: 'New rule' })).toBeVisible();
		await expect(page.getByRole('option', { name: new RegExp(name) })).toBeVisible();
	});

	await test.step('a file is replayed with a closed site, as tables and bars; a day that takes too long is called off', async () => {
		await page.getByRole('link', { name: 'Replay of a day' }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1, name: 'Replay of routing' })).toBeVisible();
		await page.getByLabel('What is replayed').selectOption('A file');
		await page.getByLabel('splitPenalty').press('Enter');
		await expect(page.getByText('Choose a file.')).toBeVisible();
		await page.locator('input[type=file]').setInputFiles({
			name: 'instance.json',
			mimeType: 'application/json',
			buffer: Buffer.from(JSON.stringify(twoSites)),
		});
		await page.getByLabel('Closed sites').first().fill('near');
		await page.keyboard.press('Enter');
		await page.getByLabel('splitPenalty').press('Enter');
		await expect(page.getByText('1 order of the file, routed twice')).toBeVisible();
		const totals = page.getByRole('table', { name: 'Totals' });
		await expect(totals.getByRole('row', { name: /^Cost / }).first()).toContainText('8.0013.00+5.00worse');
		await expect(page.getByRole('table', { name: 'Load of each site' })).toContainText('near');
		await expect(page.getByRole('table', { name: 'Orders that go elsewhere' })).toContainText('far: 2 units');
		await page.getByLabel('What is replayed').selectOption('A past day');
		await page.getByLabel('Which one').press('Enter');
		await expect(page.getByText(/^(Reading|Routing)/)).toBeVisible();
		await page.keyboard.press('F4');
		await expect(page.getByRole('heading', { name: 'Stopped' })).toBeVisible();
		await page.keyboard.press('Escape');
	});

	await test.step('an associate reads it, is told why it can’t be changed, and still knows it when cut off', async () => {
		const associate = await newDevice();
		await associate.startWork(site, 2, 0);
		await associate.page.goto(`${new URL(associate.page.url()).origin}/#/rules`);
		await expect(associate.page.getByText('Only operations can change them.')).toBeVisible();
		await expect(associate.page.getByRole('option', { name: new RegExp(name) })).toContainText('safety stock 2 units');
		await expect(associate.page.getByRole('button', { name: 'New rule' })).toHaveCount(0);
		await operations.cutOff();
		await page.reload();
		// Central is waited for before it counts as away.
		await expect(page.getByText('Central can’t be reached')).toBeVisible({ timeout: 30_000 });
		await expect(page.getByRole('option', { name: new RegExp(name) })).toContainText('safety stock 2 units');
	});
	await central.withdrawRules();
	await expect.poll(() => central.availableAt(site, product.sku)).toBe(before);
});
