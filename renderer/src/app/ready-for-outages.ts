import type { DeviceStatus } from '../../../shared/device/device-client.ts';
import { useDeviceValues } from '../device/index.ts';
import { useReplicaReady } from '../replica/index.ts';
import { useAppUpdate } from './app-update.ts';

/** Whether everything that a stream holds is on this device. */
function isComplete(progress: DeviceStatus['streams']['site']): boolean {
	return progress !== null && progress.position >= progress.head;
}

export type OutageReadiness =
	/** The app opens and works without a network: it and its site's data are on this device. */
	| 'ready'
	/** The site's data is still coming. */
	| 'loading_data'
	/** The data is here, but a browser would not open the app without the server yet. */
	| 'keeping_app';

/** What is missing until this device works without a network. */
export function useOutageReadiness(): OutageReadiness {
	const isKeptHere = useAppUpdate((state) => state.isKeptHere);
	const hasWork = useReplicaReady();
	const { hasProducts } = useDeviceValues(({ streams, connection }) => ({
		// Cut off, there is no news of the stream's end: what was loaded before is what there is.
		hasProducts: connection.kind === 'cut_off' || isComplete(streams.shared),
	}));
	if (!hasWork || !hasProducts) return 'loading_data';
	return isKeptHere ? 'ready' : 'keeping_app';
}
