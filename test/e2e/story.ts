import type { BrowserContextOptions, Page } from 'playwright';
import { test as base } from 'playwright/test';
import { type BackstockServer, openBackstock } from './backstock-server.ts';
import { type Central, centralOf } from './central.ts';
import { type Device, openDevice } from './device.ts';

type WorkerParts = { readonly server: BackstockServer; readonly central: Central };
type TestParts = {
	/** A device of its own: a browser context that shares nothing with any other. */
	readonly newDevice: (options?: BrowserContextOptions) => Promise<Device>;
};

/** One server for the whole run; after a failed test the next one gets a fresh one. */
export const test = base.extend<TestParts, WorkerParts>({
	server: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names
		async ({}, use) => {
			const server = await openBackstock();
			await use(server);
			await server.stop();
		},
		{ scope: 'worker', timeout: 240_000 },
	],
	central: [async ({ server }, use) => use(centralOf(server)), { scope: 'worker' }],
	newDevice: async ({ browser, server }, use, story) => {
		// A code enrolls one device: stories that share a store, and the server, would find it used.
		await server.query('UPDATE enrollment_code SET device_id = NULL, asked_device_id = NULL');
		const devices: Device[] = [];
		await use(async (options) => {
			const device = await openDevice(browser, server.url, options);
			devices.push(device);
			return device;
		});
		if (story.status !== story.expectedStatus) {
			for (const [index, { page }] of devices.entries())
				console.log(`Device ${index + 1} shows:\n${await shownOn(page)}`);
			console.log(`The server said:\n${server.said()}`);
		}
		for (const device of devices) await device.close();
	},
});

/** What somebody who can't see it would hear of the page; whoever reads a failed run has no more than its words. */
const shownOn = (page: Page): Promise<string> =>
	page
		.locator('body')
		.ariaSnapshot({ timeout: 2_000 })
		.catch((error: unknown) => `It can't be read: ${String(error)}`);

export { expect } from 'playwright/test';
