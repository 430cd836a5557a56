import type { ReplicaReply } from '../../../shared/device/bridge-messages.ts';
import type { DeviceClient } from '../../../shared/device/device-client.ts';
import { remoteDevice } from '../../../shared/device/remote-device-client.ts';
import type { ShellBridge } from '../../../shared/device/shell-bridge.ts';
import { newId } from './new-id.ts';

/** The device core in the shell's main process. The replica stays with the page: a worker of it writes what the core stores. */
export async function connectToShell(bridge: ShellBridge): Promise<DeviceClient> {
	const { client, receive } = remoteDevice((call) => void bridge.callDevice(call).then(receive), newId);
	const replica = new Worker(new URL('./worker/replica-worker.ts', import.meta.url), {
		type: 'module',
		name: 'replica',
	});
	replica.addEventListener('message', ({ data }: MessageEvent<ReplicaReply>) => bridge.answerReplicaCall(data));
	bridge.onDeviceEvents(receive);
	bridge.onReplicaCall((call) => replica.postMessage(call));
	await client.status();
	return client;
}
