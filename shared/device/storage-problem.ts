import { StorageFullError } from './ports.ts';

/** Words for `DeviceStatus.storageProblem`, and the screens' catalog has a text for each. */
export type StorageProblem = 'storage_full' | 'storage_unavailable' | 'storage_failed';

export function storageProblemOf(error: unknown): StorageProblem {
	return error instanceof StorageFullError ? 'storage_full' : 'storage_failed';
}
