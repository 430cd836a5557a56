import { create } from 'zustand';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';

export const syncFilters = ['all', 'waiting', 'attention'] as const;
export type SyncFilter = (typeof syncFilters)[number];

/** Which operations are shown and which one is chosen, while the app is open. */
export const useSyncPlace = create<{ readonly filter: SyncFilter; readonly chosen: string | null }>()(() => ({
	filter: 'all',
	chosen: null,
}));

/** The operations of each filter; whatever is drawn of them, they are sorted only when one of them changes. */
export function filteredOperations(
	operations: readonly JournaledOperation[],
	needSomebody: readonly JournaledOperation[],
): Readonly<Record<SyncFilter, readonly JournaledOperation[]>> {
	return { all: operations, waiting: operations.filter(({ state }) => state === 'saved'), attention: needSomebody };
}
