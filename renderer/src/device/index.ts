export type { ConnectionChange, LastHeard } from './connection-history.ts';
export { connectionHistory, followDevice } from './device-state.ts';
export { newId } from './new-id.ts';
export { openDeviceClient } from './open-device-client.ts';
export {
	type OperationAction,
	type OperationFate,
	operationActions,
	operationFate,
} from './operation-fate.ts';
export { type Attention, useAttention } from './use-attention.ts';
export { useDeviceStatus, useDeviceValues } from './use-device-status.ts';
export {
	useAllOperations,
	useLastHeard,
	useOldestUnanswered,
	useOperations,
} from './use-operations.ts';
export { useRecord } from './use-record.ts';
