import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { storeOf } from './central.ts';
import { buildChangedApp } from './changed-schema.ts';
import { openDevice } from './device.ts';
import { expect, test } from './story.ts';
import { openPick, pickUnits } from './work.ts';

/** From now on the context is given this build of the app instead of the server's; `but` are the server's own paths. */
async function serveApp(context: BrowserContext, url: string, folder: string, but: RegExp): Promise<void> {
	await context.route(`${url}/**`, async (route) => {
		const { pathname } = new URL(route.request().url());
		if (but.test(pathname)) return route.fallback();
		await route.fulfill({ path: join(folder, pathname === '/' ? 'index.html' : pathname) });
	});
}

const replicas = (page: Page) =>
	page.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name = '' }) => name.split('--')[0] ?? '');
		return [...new Set(names.filter((name) => name.includes('backstock-replica-')))].sort();
	});

test('after an update that changes the schemas people work on the old data, a new generation takes its place, and a full journal arrives once', async ({
	browser,
	central,
	server,
}) => {
	test.setTimeout(240_000);
	const store = storeOf('LONDON-E15');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Una Updated', quantities: [4] });
	const [product] = order.products;
	if (product === undefined) throw new Error('The order has a product.');
	const folder = mkdtempSync(join(tmpdir(), 'backstock-changed-app-'));
	// A service worker would go on serving the build before.
	const device = await openDevice(browser, server.url, { serviceWorkers: 'block' });
	const { page, context } = device;
	try {
		await buildChangedApp(folder);
		await device.startWork(store, 2);
		await openPick(device, order);
		await pickUnits(device, [{ ...product, quantity: 1 }]);
		await device.allSent();
		await expect(page.getByText(/being loaded/)).toHaveCount(0);
		const before = await replicas(page);
		expect(before).toHaveLength(1);

		let isCut = true;
		await context.route(`${server.url}/sync/**`, (route) => (isCut ? route.abort() : route.fallback()));
		await pickUnits(device, [{ ...product, quantity: 2 }]);
		await expect(device.status).toContainText('2 waiting');
		await serveApp(context, server.url, folder, /^\/(sync|api|healthz|readyz)\b/);
		await page.reload();
		await expect(page.getByText('3 of 4 units')).toBeVisible({ timeout: 30_000 });
		await expect(page.getByText(/loaded anew beside what you see\. You can go on working/).first()).toBeVisible();
		await pickUnits(device, [{ ...product, quantity: 1 }]);
		await expect(device.status).toContainText('3 waiting');
		expect(await replicas(page)).toEqual(expect.arrayContaining(before));

		isCut = false;
		await device.allSent();
		await expect(page.getByText('4 of 4 units')).toBeVisible();
		await expect(page.getByText(/loaded anew beside/)).toHaveCount(0, { timeout: 60_000 });
		await expect.poll(() => replicas(page), { timeout: 30_000 }).toHaveLength(1);
		expect(await replicas(page)).not.toEqual(before);
		const picks = (await central.operationsOf(store.siteId)).filter(({ type }) => type === 'pick');
		expect(picks.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied', 'applied']);
	} finally {
		await device.close();
		rmSync(folder, { recursive: true, force: true });
	}
});
