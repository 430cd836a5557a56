import { useAppUpdate } from '../../app/app-update.ts';
import { saveFile } from '../../app/save-file.ts';
import { connectionHistory, openDeviceClient } from '../../device/index.ts';
import { type MachineFacts, supportBundle } from './support-bundle.ts';

/** More than a device does in a month. */
const operationsInBundle = 20_000;

/** Hands the file for support to the browser as a download, named after the day. */
export async function saveSupportBundle(): Promise<void> {
	const client = await openDeviceClient();
	const [status, operations, machine] = await Promise.all([
		client.status(),
		client.operations(operationsInBundle),
		machineFacts(),
	]);
	const bundle = supportBundle({ status, operations, connectionHistory: connectionHistory(), machine });
	const day = Temporal.Now.plainDateISO().toString();
	saveFile(JSON.stringify(bundle, null, '\t'), `backstock-support-${day}.json`, 'application/json');
}

async function machineFacts(): Promise<MachineFacts> {
	const storage = await navigator.storage?.estimate?.().catch(() => null);
	return {
		writtenAt: Temporal.Now.instant().toString(),
		userAgent: navigator.userAgent,
		language: navigator.language,
		timeZone: Temporal.Now.timeZoneId(),
		isInShell: import.meta.env.VITE_IN_SHELL === true,
		isAppKeptHere: useAppUpdate.getState().isKeptHere,
		storedBytes: storage?.usage ?? null,
		storableBytes: storage?.quota ?? null,
		isStoragePersistent: (await navigator.storage?.persisted?.().catch(() => null)) ?? null,
	};
}
