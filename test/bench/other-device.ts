import { join } from 'node:path';
import { nodeJournalFolder } from '../../electron/journal-folder.ts';
import { nodeKeyStore } from '../../electron/key-store.ts';
import type { DeviceEvent } from '../../shared/device/device-client.ts';
import { DeviceCore } from '../../shared/device/device-core.ts';
import { httpCentral } from '../../shared/device/http-central.ts';
import type { Replica } from '../../shared/device/ports.ts';
import { hashPin, pinSaltBytes, verifyPin } from '../../shared/pin.ts';
import type { Checkpoint } from '../../shared/protocol/messages.ts';
import type { StreamName } from '../../shared/schema/documents.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { Bench } from './bench.ts';
import { readSite } from './ingest-work.ts';
import { benchAssociates, benchCodes, benchPin, smallSiteId } from './large-site.ts';
import { nodeClock, nodeFetch, nodeRandom } from './node-ports.ts';
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
		const [writer, reader] = [await openCore(workshop, central.url, 0), await openCore(workshop, central.url, 1)];
		const { fulfillmentOrders } = await readSite(databaseUrl, siteId);
		const times: number[] = [];
		for (const work of [...fulfillmentOrders.values()].filter(({ method }) => method === 'ship')) {
			if (times.length >= samples) break;
			times.push(...(await timesOf(work, writer, reader)));
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

async function openCore(workshop: Workshop, url: string, index: number): Promise<DeviceCore> {
	let secret: string | null = null;
	const core = await DeviceCore.open({
		folder: await nodeJournalFolder(join(workshop.folder, `other-device-${index}`)),
		secrets: {
			read: async () => secret,
			write: async (text) => {
				secret = text;
			},
		},
		keys: nodeKeyStore({ read: async () => null, write: async () => undefined }),
		central: httpCentral({ address: url, fetch: nodeFetch, clock: nodeClock }),
		openReplica: checkpointsOnly,
		clock: nodeClock,
		random: nodeRandom,
		pins: { makeVerifier: (pin) => hashPin(pin, nodeRandom.bytes(pinSaltBytes)), matches: verifyPin },
	});
	const enrolled = await core.enroll(benchCodes(siteId)[index]?.code ?? '', `Bench device ${index}`);
	if (!enrolled.ok) throw new Error(`The device was not enrolled: ${enrolled.message}`);
	const signedIn = await core.signIn(benchAssociates(siteId)[index]?.id ?? '', benchPin);
	if (!signedIn.ok) throw new Error(`Nobody could sign in: ${signedIn.reason}`);
	await wholeReplica(core);
	return core;
}

/** Keeps how far it is and forgets the documents: what IndexedDB costs is in the first replication. */
function checkpointsOnly(): Replica {
	const checkpoints = new Map<StreamName, Checkpoint>();
	return {
		checkpoint: async (stream) => checkpoints.get(stream) ?? null,
		store: async ({ stream, epoch, position }) => {
			checkpoints.set(stream, { epoch, position });
		},
		clear: async (stream) => {
			checkpoints.delete(stream);
		},
	};
}

function wholeReplica(core: DeviceCore): Promise<void> {
	return new Promise((resolve) => {
		const leave = core.subscribe((event) => {
			if (event.kind !== 'status') return;
			const { site, shared } = event.status.streams;
			const isWhole = [site, shared].every((each) => each !== null && each.head > 0 && each.position >= each.head);
			if (!isWhole) return;
			leave();
			resolve();
		});
	});
}
