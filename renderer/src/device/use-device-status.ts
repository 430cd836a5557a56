import { useEffect } from 'react';
import type { DeviceStatus } from '../../../shared/device/device-client.ts';
import { followDevice, useDeviceState } from './device-state.ts';

/** The device as it stands; `connection.kind` is `starting` until the core has been heard. */
export function useDeviceStatus(): DeviceStatus {
	useFollowing();
	return useDeviceState((state) => state.status);
}

/** A core that can't be opened is told of by the boot, which awaits it itself. */
export function useFollowing(): void {
	useEffect(() => {
		followDevice().catch((error: unknown) => console.error('The device core could not be opened', error));
	}, []);
}
