import { useMemo } from 'react';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import { useDeviceState } from './device-state.ts';
import { useFollowing } from './use-device-status.ts';

/** This device's latest operations, newest first. */
export function useOperations(limit: number): readonly JournaledOperation[] {
	useFollowing();
	const operations = useDeviceState((state) => state.operations);
	return useMemo(() => operations.slice(0, limit), [operations, limit]);
}
