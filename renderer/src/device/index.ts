export { followDevice } from './device-state.ts';
export { newId } from './new-id.ts';
export { openDeviceClient } from './open-device-client.ts';
export { useDeviceStatus } from './use-device-status.ts';
export { useOperations } from './use-operations.ts';
export { useRecord } from './use-record.ts';
