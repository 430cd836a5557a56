import type { DeviceStatus } from '../../../shared/device/device-client.ts';

/** What is known before the device core has been heard. */
export const startingStatus: DeviceStatus = {
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
	storageProblem: null,
};
