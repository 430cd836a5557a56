import { join } from 'node:path';
import { nodeJournalFolder } from '../electron/journal-folder.ts';
import { nodeKeyStore } from '../electron/key-store.ts';
import { nodeClock, nodeFetch, nodePins, nodeRandom } from '../electron/node-ports.ts';
import { secretFile } from '../electron/secret-file.ts';
import type { DeviceStatus, JournaledOperation } from '../shared/device/device-client.ts';
import { DeviceCore } from '../shared/device/device-core.ts';
import { httpCentral } from '../shared/device/http-central.ts';
import type { DeviceClock } from '../shared/device/ports.ts';
import { type MemoryReplica, memoryReplica } from '../shared/device/simulated/memory-replica.ts';
import type { FulfillmentOrder } from '../shared/schema/fulfillment-order.ts';

/** A whole device core with the shell's adapters: journal, identity and key on the disk, real network; only its replica is in memory. */
export interface NodeDevice {
	readonly core: DeviceCore;
	readonly replica: MemoryReplica;
	/** What it last said of each of its operations. */
	readonly operations: ReadonlyMap<string, JournaledOperation>;
	/** The FOs of its site. */
	work(): readonly FulfillmentOrder[];
	/** Resolves with the status for which this holds; asks central again and again meanwhile. */
	until(isReached: (status: DeviceStatus) => boolean, limitMs?: number): Promise<DeviceStatus>;
	close(): Promise<void>;
}

export interface NodeDeviceOptions {
	readonly dataFolder: string;
	readonly serverAddress: string;
	/** Instead of this machine's. */
	readonly clock?: DeviceClock;
}

export async function openNodeDevice(options: NodeDeviceOptions): Promise<NodeDevice> {
	const { dataFolder, serverAddress, clock = nodeClock } = options;
	const replica = memoryReplica();
	const operations = new Map<string, JournaledOperation>();
	const keep = (name: string) => secretFile(join(dataFolder, name), null, () => undefined);
	const core = await DeviceCore.open({
		folder: await nodeJournalFolder(join(dataFolder, 'journal')),
		secrets: keep('identity.json'),
		keys: nodeKeyStore(keep('key.json')),
		central: httpCentral({ address: serverAddress, fetch: nodeFetch, clock: nodeClock }),
		openReplica: () => replica,
		clock,
		random: nodeRandom,
		pins: nodePins,
	});
	core.subscribe((event) => {
		if (event.kind !== 'operations') return;
		for (const each of event.operations) operations.set(each.operation.opId, each);
	});
	return {
		core,
		replica,
		operations,
		work: () =>
			[...replica.documents.values()]
				.filter(({ collection }) => collection === 'work')
				.map(({ body }) => body as FulfillmentOrder)
				.filter(({ kind }) => kind === 'fulfillment_order'),
		until: (isReached, limitMs = 60_000) => until(core, isReached, limitMs),
		close: () => core.close(),
	};
}

async function until(
	core: DeviceCore,
	isReached: (status: DeviceStatus) => boolean,
	limitMs: number,
): Promise<DeviceStatus> {
	const late = performance.now() + limitMs;
	for (let turn = 1; ; turn += 1) {
		const status = await core.status();
		if (isReached(status)) return status;
		if (performance.now() > late) {
			throw new Error(`Not reached within ${limitMs} ms: ${JSON.stringify({ ...status, associates: [] })}`);
		}
		if (turn % 20 === 0) await core.retryNow();
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}

/** Whether both streams are stored as far as they reach. */
export function isWhole({ connection, streams }: DeviceStatus): boolean {
	const areStored = [streams.site, streams.shared].every((each) => each !== null && each.position === each.head);
	return connection.kind === 'online' && areStored;
}

/** Enrolls, signs in somebody with this PIN, and loads the site. */
export async function startNodeDevice(
	options: NodeDeviceOptions,
	{ code, pin = '1111', person = 0 }: { readonly code: string; readonly pin?: string; readonly person?: number },
): Promise<NodeDevice> {
	const device = await openNodeDevice(options);
	const enrolled = await device.core.enroll(code, `Device ${code}`);
	if (!enrolled.ok) throw new Error(`${code} was not enrolled: ${enrolled.message}`);
	const associate = (await device.core.status()).associates[person];
	const signedIn = await device.core.signIn(associate?.id ?? '', pin);
	if (!signedIn.ok) throw new Error(`Nobody could sign in: ${signedIn.reason}`);
	await device.until((status) => isWhole(status) && (status.streams.site?.head ?? 0) > 0);
	return device;
}
