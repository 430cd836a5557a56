import { type DeviceHost, openDeviceHost } from '../../electron/device-host.ts';
import type { ReplicaCall } from '../../shared/device/bridge-messages.ts';
import type { DeviceClient, DeviceEvent, DeviceStatus, JournaledOperation } from '../../shared/device/device-client.ts';
import { remoteDevice } from '../../shared/device/remote-device-client.ts';
import { answerReplicaCall } from '../../shared/device/remote-replica.ts';
import { type MemoryReplica, memoryReplica } from '../../shared/device/simulated/memory-replica.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';

/** The shell's device without its window: real journal on the disk, real network, a replica in memory. */
export interface NodeDevice {
	readonly client: DeviceClient;
	readonly replica: MemoryReplica;
	/** What it last heard of each of its operations. */
	readonly operations: ReadonlyMap<string, JournaledOperation>;
	status(): Promise<DeviceStatus>;
	/** The FOs of its site. */
	work(): readonly FulfillmentOrder[];
	/** Resolves with the status for which this holds; asks central again and again meanwhile. */
	until(isReached: (status: DeviceStatus) => boolean, limitMs?: number): Promise<DeviceStatus>;
	close(): Promise<void>;
}

let ids = 0;

export async function openNodeDevice(dataFolder: string, serverAddress: string): Promise<NodeDevice> {
	const replica = memoryReplica();
	const operations = new Map<string, JournaledOperation>();
	const host: DeviceHost = await openDeviceHost({ dataFolder, serverAddress, keychain: null, say: () => undefined });
	const page = remoteDevice(
		(call) => void host.call(structuredClone(call)).then((reply) => page.receive(structuredClone(reply))),
		() => {
			ids += 1;
			const time = Temporal.Now.instant().epochMilliseconds.toString(16).padStart(12, '0');
			return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${ids.toString(16).padStart(12, '0')}`;
		},
	);
	host.attach({
		sendEvents: (events) => page.receive(events),
		callReplica: async (call: ReplicaCall) => host.replicaReplied(await answerReplicaCall(async () => replica, call)),
	});
	const { client } = page;
	client.subscribe((event: DeviceEvent) => {
		if (event.kind !== 'operations') return;
		for (const each of event.operations) operations.set(each.operation.opId, each);
	});
	return {
		client,
		replica,
		operations,
		status: () => client.status(),
		work: () =>
			[...replica.documents.values()]
				.filter(({ collection, id }) => collection === 'work' && id !== '')
				.map(({ body }) => body as FulfillmentOrder)
				.filter(({ kind }) => kind === 'fulfillment_order'),
		until: (isReached, limitMs = 60_000) => until(client, isReached, limitMs),
		close: () => host.close(),
	};
}

async function until(
	client: DeviceClient,
	isReached: (status: DeviceStatus) => boolean,
	limitMs: number,
): Promise<DeviceStatus> {
	const late = performance.now() + limitMs;
	for (let turn = 1; ; turn += 1) {
		const status = await client.status();
		if (isReached(status)) return status;
		if (performance.now() > late) {
			throw new Error(`Not reached within ${limitMs} ms: ${JSON.stringify({ ...status, associates: [] })}`);
		}
		if (turn % 20 === 0) await client.retryNow();
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}

/** Whether both streams are stored as far as they reach. */
export function isWhole({ connection, streams }: DeviceStatus): boolean {
	return connection.kind === 'online' && [streams.site, streams.shared].every((each) => each?.position === each?.head);
}

/** Enrolls with a demo code, signs the first associate in, and loads the site. */
export async function startNodeDevice(dataFolder: string, serverAddress: string, code: string): Promise<NodeDevice> {
	const device = await openNodeDevice(dataFolder, serverAddress);
	const enrolled = await device.client.enroll(code, `Device ${code}`);
	if (!enrolled.ok) throw new Error(`${code} was not enrolled: ${enrolled.message}`);
	const [person] = (await device.status()).associates;
	const signedIn = await device.client.signIn(person?.id ?? '', '1111');
	if (!signedIn.ok) throw new Error(`Nobody could sign in: ${signedIn.reason}`);
	await device.until((status) => isWhole(status) && (status.streams.site?.head ?? 0) > 0);
	return device;
}
