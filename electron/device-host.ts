import { join } from 'node:path';
import {
	type DeviceCall,
	type DeviceEvents,
	type DeviceReply,
	deviceMethods,
	type ReplicaCall,
	type ReplicaReply,
} from '../shared/device/bridge-messages.ts';
import { DeviceCore } from '../shared/device/device-core.ts';
import { answerCall, forwardEvents, type ServedDevice } from '../shared/device/device-service.ts';
import { httpCentral } from '../shared/device/http-central.ts';
import { remoteReplica } from '../shared/device/remote-replica.ts';
import { unusableDevice } from '../shared/device/unusable-device.ts';
import { nodeJournalFolder } from './journal-folder.ts';
import { nodeKeyStore } from './key-store.ts';
import { nodeClock, nodeFetch, nodePins, nodeRandom } from './node-ports.ts';
import { type Keychain, secretFile } from './secret-file.ts';

export interface DeviceHostOptions {
	/** The folder of journal and identity; nothing else writes there. */
	readonly dataFolder: string;
	/** Without a path, for instance http://localhost:7420. */
	readonly serverAddress: string;
	readonly keychain: Keychain | null;
	readonly say: (line: string) => void;
}

/** The page that is open, as the device core reaches it. */
export interface HostedPage {
	sendEvents(events: DeviceEvents): void;
	callReplica(call: ReplicaCall): void;
}

export interface DeviceHost {
	/** Takes whatever a page sends; rejects what is no call. */
	call(call: unknown): Promise<DeviceReply>;
	replicaReplied(reply: unknown): void;
	/** This page holds the replica from now on. */
	attach(page: HostedPage): void;
	/** The page is gone or loads anew; the journal goes on. */
	detach(): void;
	close(): Promise<void>;
}

/** The device core in the main process, over the disk and the network of this machine. */
export async function openDeviceHost(options: DeviceHostOptions): Promise<DeviceHost> {
	let page: HostedPage | null = null;
	const replica = remoteReplica((call) => {
		if (page === null) replica.receive({ kind: 'replica_reply', id: call.id, ok: false, error: 'no page is open' });
		else page.callReplica(call);
	});
	const core = await openCore(options, (siteId) => replica.open(siteId));
	const device: ServedDevice = core ?? unusableDevice('storage_failed');
	const stopEvents = forwardEvents(device, (events) => page?.sendEvents(events));
	return {
		call: async (call) => {
			if (!isCall(call)) throw new TypeError('that is no call');
			return await answerCall(device, call);
		},
		replicaReplied: (reply) => {
			if (isReplicaReply(reply)) replica.receive(reply);
		},
		attach: (opened) => {
			page = opened;
			void device.retryNow();
		},
		detach: () => {
			page = null;
			replica.abandon();
		},
		close: async () => {
			page = null;
			replica.abandon();
			stopEvents();
			await core?.close();
		},
	};
}

async function openCore(options: DeviceHostOptions, openReplica: ReturnType<typeof remoteReplica>['open']) {
	const { dataFolder, serverAddress, keychain, say } = options;
	try {
		const folder = await nodeJournalFolder(join(dataFolder, 'journal'));
		return await DeviceCore.open({
			folder,
			secrets: secretFile(join(dataFolder, 'identity.json'), keychain, say),
			// What there is to say of the keychain is said of the identity.
			keys: nodeKeyStore(secretFile(join(dataFolder, 'key.json'), keychain, () => undefined)),
			central: httpCentral({ address: serverAddress, fetch: nodeFetch, clock: nodeClock }),
			openReplica,
			clock: nodeClock,
			random: nodeRandom,
			pins: nodePins,
		});
	} catch (error) {
		say(`The device can't use its folder ${dataFolder}: ${String(error)}`);
		return null;
	}
}

function isCall(message: unknown): message is DeviceCall {
	if (!hasKind(message, 'call') || !('id' in message && 'method' in message && 'args' in message)) return false;
	const isMethod = deviceMethods.some((method) => method === message.method);
	return typeof message.id === 'string' && isMethod && Array.isArray(message.args);
}

function isReplicaReply(message: unknown): message is ReplicaReply {
	return hasKind(message, 'replica_reply') && 'id' in message && typeof message.id === 'number' && 'ok' in message;
}

function hasKind(message: unknown, kind: string): message is { readonly kind: string } {
	return typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind;
}
