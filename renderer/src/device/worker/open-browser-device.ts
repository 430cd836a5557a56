import { DeviceCore } from '../../../../shared/device/device-core.ts';
import type { ServedDevice } from '../../../../shared/device/device-service.ts';
import { httpCentral } from '../../../../shared/device/http-central.ts';
import { lazyReplica } from '../../../../shared/device/lazy-replica.ts';
import { unusableDevice } from '../../../../shared/device/unusable-device.ts';
import { openReplica } from '../../replica/replica-store.ts';
import { browserKeyStore } from './browser-key-store.ts';
import { browserClock, browserFetch, browserPins, browserRandom } from './browser-ports.ts';
import { opfsJournalFolder } from './opfs-journal-folder.ts';
import { opfsSecretStore } from './opfs-secret-store.ts';

/** The device core over the browser's own storage, or one that says why there is none (a private window, for instance). */
export async function openBrowserDevice(): Promise<ServedDevice> {
	try {
		const folder = await opfsJournalFolder('backstock-journal');
		const identity = await opfsJournalFolder('backstock-identity');
		return await DeviceCore.open({
			folder,
			secrets: opfsSecretStore(identity),
			keys: browserKeyStore(),
			central: httpCentral({ address: self.location.origin, fetch: browserFetch, clock: browserClock }),
			openReplica: (siteId) => lazyReplica(openReplica, siteId),
			clock: browserClock,
			random: browserRandom,
			pins: browserPins,
		});
	} catch (error) {
		console.error('The device has no storage', error);
		return unusableDevice('storage_unavailable');
	}
}
