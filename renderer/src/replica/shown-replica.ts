import type { DeviceClient, DeviceEvent } from '../../../shared/device/device-client.ts';
import type { CollectionName } from '../../../shared/schema/documents.ts';
import { type ConnectedReplica, connectToReplica } from './connected-replica.ts';
import { openShownGeneration } from './generation-reader.ts';

let connected: ConnectedReplica | null = null;
let opening: Promise<void> = Promise.resolve();
let stopListening: () => void = () => undefined;
const listeners = new Set<() => void>();
const catalogListeners = new Set<() => void>();

const tellAll = (all: ReadonlySet<() => void>) => {
	for (const listener of [...all]) listener();
};
const tell = () => tellAll(listeners);

/** The replica of the device's site; null before it is open. */
export function shownReplica(): ConnectedReplica | null {
	return connected;
}

/** Calls the listener whenever something that is shown may have changed. */
export function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Calls the listener whenever products were stored, or another generation is shown. */
export function onCatalogChange(listener: () => void): void {
	catalogListeners.add(listener);
}

/** What is not held in memory changes on the disk alone: those who show it read it again. */
function follow(event: DeviceEvent): void {
	if (event.kind === 'swapped') tellAll(catalogListeners);
	if (event.kind !== 'stored' || connected?.reader?.number !== event.generation) return;
	const has = (name: CollectionName) => event.changed.some(({ collection }) => collection === name);
	if (has('catalog')) tellAll(catalogListeners);
	if (has('stock')) tell();
}

/** Opens the replica of the device's site for the screens. Called by the boot; again after the device moved to another site. */
export function showReplica(client: DeviceClient, siteId: string): Promise<void> {
	opening = opening.then(async () => {
		if (connected?.siteId === siteId) return;
		stopListening();
		await connected?.close();
		connected = await connectToReplica({
			client,
			siteId,
			openShown: openShownGeneration,
			pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
			onChange: tell,
		});
		stopListening = client.subscribe(follow);
		tellAll(catalogListeners);
		tell();
	});
	return opening;
}
