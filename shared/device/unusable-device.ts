import type { DeviceClient, DeviceStatus } from './device-client.ts';
import type { StorageProblem } from './storage-problem.ts';

/** A device without storage: it can do nothing, and says so to every call. */
export function unusableDevice(storageProblem: StorageProblem): DeviceClient {
	const status: DeviceStatus = {
		enrolled: null,
		associates: [],
		signedIn: null,
		connection: { kind: 'starting' },
		waiting: 0,
		serverOffsetMs: null,
		streams: { site: null, shared: null },
		recovery: [],
		replay: null,
		clockWarning: null,
		server: null,
		replicaGeneration: null,
		replicaProblem: null,
		rebuilding: false,
		storageProblem,
	};
	return {
		status: async () => status,
		subscribe: () => () => undefined,
		enroll: async () => ({ ok: false, reason: 'storage', message: storageProblem }),
		signIn: async () => ({ ok: false, reason: 'unavailable', attemptsLeft: null, lockedUntilMs: null }),
		signOut: async () => undefined,
		record: async () => ({ ok: false, reason: 'storage', message: storageProblem }),
		operations: async () => [],
		bringOrder: async () => ({ ok: false, reason: 'refused', message: storageProblem }),
		ask: async () => ({ ok: false, reason: 'refused', message: storageProblem }),
		rightsLeft: async (skus) => skus.map(() => 0),
		retryNow: async () => undefined,
		exportJournal: async () => new Uint8Array(0),
	};
}
