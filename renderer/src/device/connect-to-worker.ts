import type { DeviceEvents, DeviceReply } from '../../../shared/device/bridge-messages.ts';
import type { DeviceClient } from '../../../shared/device/device-client.ts';
import { remoteDevice } from '../../../shared/device/remote-device-client.ts';
import { newId } from './new-id.ts';

/** The device core in this tab's worker, or in that of the tab which leads. Rejects when the worker can't be started. */
export async function connectToWorker(): Promise<DeviceClient> {
	const worker = new Worker(new URL('./worker/device-worker.ts', import.meta.url), { type: 'module', name: 'device' });
	const { client, receive } = remoteDevice((call) => worker.postMessage(call), newId);
	worker.addEventListener('message', ({ data }: MessageEvent<DeviceReply | DeviceEvents>) => receive(data));
	const broken = new Promise<never>((_, reject) => {
		worker.addEventListener('error', (event) => reject(new Error(event.message || 'The device worker did not start')));
	});
	await Promise.race([client.status(), broken]);
	return client;
}
