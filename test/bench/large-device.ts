import { type Device, deviceOf } from '../e2e/device.ts';
import { openBrowser } from './bench-browser.ts';
import { benchAssociates, benchCodes, benchPin, largeSiteId } from './large-site.ts';
import { installInstruments } from './page-instruments.ts';
import { rounded } from './quantiles.ts';
import { type RunningCentral, startCentral } from './start-central.ts';
import type { Workshop } from './workshop.ts';

/** The built app in Chromium, enrolled at a site and signed in, with its whole replica. */
export interface LoadedDevice extends Device {
	readonly url: string;
	/** Seconds from the enrollment until each stream was whole. */
	readonly loadSeconds: { readonly site: number; readonly shared: number };
	/** The longest task of the main thread meanwhile, in milliseconds; 0 when none was longer than 50. */
	readonly longestTaskMs: number;
}

export async function openLoadedDevice(
	workshop: Workshop,
	central: RunningCentral,
	siteId: string,
	codeIndex: number,
): Promise<LoadedDevice> {
	const context = await openBrowser(workshop, `${siteId}-${codeIndex}`);
	await context.addInitScript(installInstruments);
	const device = await deviceOf(context, central.url);
	const { page } = device;
	await device.startWork(storeOf(siteId, codeIndex), 1);
	await page.waitForFunction(() => window.bench.load.site !== null && window.bench.load.shared !== null, undefined, {
		timeout: 180_000,
	});
	const { load, longTasks } = await page.evaluate(() => ({
		load: window.bench.load,
		longTasks: window.bench.longTasks,
	}));
	const began = load.enrolled ?? 0;
	const since = (at: number | null) => rounded(((at ?? Number.NaN) - began) / 1000);
	const during = longTasks.filter(({ at }) => at >= began && at <= Math.max(load.site ?? 0, load.shared ?? 0));
	return {
		...device,
		url: central.url,
		loadSeconds: { site: since(load.site), shared: since(load.shared) },
		longestTaskMs: Math.max(0, ...during.map(({ milliseconds }) => Math.round(milliseconds))),
	};
}

function storeOf(siteId: string, codeIndex: number) {
	return {
		siteId,
		name: siteId,
		code: () => benchCodes(siteId)[codeIndex]?.code ?? '',
		people: benchAssociates(siteId).map(({ id, name }) => ({ id, name, pin: benchPin })),
	};
}

export interface LargeDevice {
	readonly central: RunningCentral;
	readonly databaseUrl: string;
	readonly device: LoadedDevice;
}

const opened = new WeakMap<Workshop, Promise<LargeDevice>>();

/** One device at the large site for all benches that want one; loaded once. */
export function largeDevice(workshop: Workshop): Promise<LargeDevice> {
	const known = opened.get(workshop);
	if (known !== undefined) return known;
	const opening = (async () => {
		const databaseUrl = await workshop.copyOfLargeSite();
		const central = await startCentral(workshop, databaseUrl);
		return { databaseUrl, central, device: await openLoadedDevice(workshop, central, largeSiteId, 0) };
	})();
	opened.set(workshop, opening);
	return opening;
}
