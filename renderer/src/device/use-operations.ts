import { useEffect, useMemo } from 'react';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import { type LastHeard, lastHeard } from './connection-history.ts';
import { listAllOperations, useDeviceState } from './device-state.ts';
import { oldestUnanswered } from './listed-operations.ts';
import { useFollowing } from './use-device-status.ts';

/** This device's latest operations, newest first. */
export function useOperations(limit: number): readonly JournaledOperation[] {
	useFollowing();
	const operations = useDeviceState((state) => state.operations);
	return useMemo(() => operations.slice(0, limit), [operations, limit]);
}

/** All that can be listed of this device's operations, newest first: the latest few thousand, and all that wait. */
export function useAllOperations(): readonly JournaledOperation[] {
	useFollowing();
	useEffect(() => {
		// The latest ones are here; that the older ones can't be fetched now takes nothing away.
		listAllOperations().catch((error: unknown) => console.error('The older operations could not be listed', error));
	}, []);
	return useDeviceState((state) => state.operations);
}

/** The oldest operation that central has not answered; null when nothing waits. */
export function useOldestUnanswered(): JournaledOperation | null {
	useFollowing();
	return useDeviceState((state) => oldestUnanswered(state.operations));
}

/** When central was last heard. */
export function useLastHeard(): LastHeard {
	useFollowing();
	const history = useDeviceState((state) => state.connectionHistory);
	return useMemo(() => lastHeard(history), [history]);
}
