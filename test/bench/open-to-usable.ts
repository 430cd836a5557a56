import type { Bench } from './bench.ts';
import { type LoadedDevice, largeDevice } from './large-device.ts';
import { memoryOf } from './page-memory.ts';
import { quantile, rounded } from './quantiles.ts';

const reloads = 7;
const firstRow = '[role="option"][aria-posinset]';

/** From the reload to the Today list with its data, on the full replica; and a key that then moves in it. */
export const openToUsable: Bench = {
	name: 'open-to-usable',
	run: async (workshop) => {
		const { device, central } = await largeDevice(workshop);
		await openToday(device);
		const withServer = await reloaded(device);
		const memory = await memoryOf(device.page, device.session);
		await central.kill();
		const withoutServer = await reloaded(device);
		await central.startAgain();
		const { loadSeconds } = device;
		return {
			line:
				`open-to-usable: median ${withServer.usableMs} ms with the server, ${withoutServer.usableMs} ms without; ` +
				`memory of the page ${memory.jsHeap} MB heap, ${memory.process ?? '?'} MB process`,
			budget: '1,500 ms; 300 MB',
			figures: {
				withServer,
				withoutServer,
				memoryMegabytes: { jsHeap: memory.jsHeap, process: memory.process ?? 'unknown' },
				firstLoadOfLargeSiteSeconds: loadSeconds,
			},
		};
	},
};

async function openToday({ page }: LoadedDevice): Promise<void> {
	await page.evaluate(() => {
		window.location.hash = '#/';
	});
	await page.locator(firstRow).first().waitFor();
}

async function reloaded({ page }: LoadedDevice) {
	const usable: number[] = [];
	const keys: number[] = [];
	for (let run = 0; run < reloads; run += 1) {
		await page.reload({ waitUntil: 'commit' });
		usable.push(await page.evaluate((selector) => window.bench.painted(selector), firstRow));
		const began = performance.now();
		await page.keyboard.press('ArrowDown');
		await page.locator('[role="listbox"]:focus').waitFor({ timeout: 5000 });
		keys.push(performance.now() - began);
	}
	return {
		usableMs: Math.round(quantile(usable, 0.5)),
		slowestMs: Math.round(Math.max(...usable)),
		/** With the way from and to Node in it: shows only that keys work. */
		firstKeyMs: rounded(quantile(keys, 0.5), 0),
	};
}
