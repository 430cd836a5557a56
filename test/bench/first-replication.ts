import type { Bench } from './bench.ts';
import { inBenchPage, serveBenchPages } from './bench-pages.ts';
import { openLoadedDevice } from './large-device.ts';
import { largeSize, smallSiteId } from './large-site.ts';
import type { StoreResult } from './pages/answers.ts';
import { rounded } from './quantiles.ts';
import { startCentral } from './start-central.ts';

/** A new device's first load: the catalog through the real feed into the real replica, against bare Dexie in the same Chromium. */
export const firstReplication: Bench = {
	name: 'first-replication',
	run: async (workshop) => {
		const central = await startCentral(workshop, await workshop.copyOfLargeSite());
		const device = await openLoadedDevice(workshop, central, smallSiteId(0), 1);
		const { loadSeconds, longestTaskMs } = device;
		const url = await serveBenchPages(workshop);
		const bare: StoreResult[] = [];
		const stored: StoreResult[] = [];
		const page = await device.context.newPage();
		for (let run = 0; run < 2; run += 1) {
			bare.push(await inBenchPage<StoreResult>(page, url, 'bareDexie', largeSize.products));
			stored.push(await inBenchPage<StoreResult>(page, url, 'replicaStore', largeSize.products));
		}
		await device.close();
		await central.kill();
		const bareSeconds = fastest(bare);
		const storeSeconds = fastest(stored);
		const ratio = rounded(loadSeconds.shared / bareSeconds);
		return {
			line:
				`first-replication: ${largeSize.products} products in ${loadSeconds.shared} s (bare Dexie ${bareSeconds} s): ` +
				`${ratio} × bare; the replica's store alone ${storeSeconds} s; longest task of the main thread ${longestTaskMs} ms`,
			budget: '1.3 × bare Dexie, no freeze over 100 ms',
			figures: {
				seconds: loadSeconds.shared,
				longestTaskMs,
				products: largeSize.products,
				withoutFeed: {
					seconds: storeSeconds,
					ratio: rounded(storeSeconds / bareSeconds),
					runs: millisecondsOf(stored),
				},
			},
			peer: {
				name: 'bare Dexie: the same rows from memory, bulkPut in pages of 1,000 in a worker',
				figures: { seconds: bareSeconds, runs: millisecondsOf(bare) },
			},
			ratio,
			ratioOf: 'seconds, ours by bare',
		};
	},
};

function fastest(runs: readonly StoreResult[]): number {
	return rounded(Math.min(...runs.map(({ milliseconds }) => milliseconds)) / 1000);
}

function millisecondsOf(runs: readonly StoreResult[]): string {
	return runs.map(({ milliseconds }) => Math.round(milliseconds)).join(', ');
}
