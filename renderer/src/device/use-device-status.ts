import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { DeviceStatus } from '../../../shared/device/device-client.ts';
import { followDevice, useDeviceState } from './device-state.ts';

/** The device as it stands; `connection.kind` is `starting` until the core has been heard. */
export function useDeviceStatus(): DeviceStatus {
	useFollowing();
	return useDeviceState((state) => state.status);
}

/**
 * What a component shows of the status. It is drawn again only when one of these values changes, not for each operation that is
 * recorded, sent or confirmed.
 */
export function useDeviceValues<T extends object>(pick: (status: DeviceStatus) => T): T {
	useFollowing();
	return useDeviceState(useShallow((state) => pick(state.status)));
}

/** A core that can't be opened is told of by the boot, which awaits it itself. */
export function useFollowing(): void {
	useEffect(() => {
		followDevice().catch((error: unknown) => console.error('The device core could not be opened', error));
	}, []);
}
