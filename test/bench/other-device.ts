import { join } from 'node:path';
import type { DeviceEvent } from '../../shared/device/device-client.ts';
import type { DeviceCore } from '../../shared/device/device-core.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import { type NodeDevice, startNodeDevice } from '../node-device.ts';
import type { Bench } from './bench.ts';
import { readSite } from './ingest-work.ts';
import { benchCodes, benchPin, smallSiteId } from './large-site.ts';
import { spreadOf } from './quantiles.ts';
import { startCentral } from './start-central.ts';
import type { Workshop } from './workshop.ts';

const samples = 300;
const siteId = smallSiteId(7);

/** Two whole device cores in Node: from saved on the one's disk to stored in the other's replica. */
export const otherDevice: Bench = {
	name: 'other-device',
	run: async (workshop) => {
		const databaseUrl = await workshop.copyOfLargeSite();
		const central = await startCentral(workshop, databaseUrl);
		const [writer, reader] = [await openDevice(workshop, central.url, 0), await openDevice(workshop, central.url, 1)];
		const { fulfillmentOrders } = await readSite(databaseUrl, siteId);
		const times: number[] = [];
		for (const work of [...fulfillmentOrders.values()].filter(({ method }) => method === 'ship')) {
			if (times.length >= samples) break;
			times.push(...(await timesOf(work, writer.core, reader.core)));
		}
		await writer.close();
		await reader.close();
		await central.kill();
		const seen = spreadOf(times);
		return {
			line: `other-device: saved here, seen there p50 ${seen.p50} ms, p99 ${seen.p99} ms (${seen.count} operations)`,
			budget: 'p99 100 ms',
			figures: { milliseconds: seen },
		};
	},
};

/** Picks an FO unit by unit; each time in milliseconds until the other device has it. */
async function timesOf(work: FulfillmentOrder, writer: DeviceCore, reader: DeviceCore): Promise<readonly number[]> {
	const target = { fulfillmentOrderId: work.id, orderId: work.orderId };
	const times: number[] = [];
	for (const { lineId, sku, ordered } of work.lines) {
		for (let unit = 0; unit < ordered; unit += 1) {
			const seen = nextStored(reader, work.id);
			const recorded = await writer.record('pick', { ...target, lineId, sku, quantity: 1 });
			if (!recorded.ok) throw new Error(`Nothing was saved: ${recorded.message}`);
			const savedAt = performance.now();
			times.push((await seen) - savedAt);
			await new Promise((resolve) => setTimeout(resolve, 10 + ((times.length * 17) % 40)));
		}
	}
	return times;
}

function nextStored(reader: DeviceCore, documentId: string): Promise<number> {
	return new Promise((resolve) => {
		const leave = reader.subscribe((event: DeviceEvent) => {
			if (event.kind !== 'stored' || !event.changed.some(({ id }) => id === documentId)) return;
			leave();
			resolve(performance.now());
		});
	});
}

function openDevice(workshop: Workshop, url: string, index: number): Promise<NodeDevice> {
	const dataFolder = join(workshop.folder, `other-device-${index}`);
	const code = benchCodes(siteId)[index]?.code ?? '';
	return startNodeDevice({ dataFolder, serverAddress: url }, { code, pin: benchPin, person: index });
}
