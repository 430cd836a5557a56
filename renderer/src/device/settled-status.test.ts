import { expect, test } from 'vitest';
import type { DeviceStatus } from '../../../shared/device/device-client.ts';
import { settledStatus } from './settled-status.ts';
import { startingStatus } from './starting-status.ts';

const before: DeviceStatus = {
	...startingStatus,
	enrolled: { deviceId: 'D-1', deviceName: 'Counter 1', siteId: 'S-1', siteName: 'Leeds' },
	streams: { site: { epoch: 'e', position: 4, head: 4 }, shared: null },
};

test('a status that says the same as before is the same object', () => {
	expect(settledStatus(before, structuredClone(before))).toBe(before);
});

test('only the part that changed is new', () => {
	const after = settledStatus(before, { ...structuredClone(before), waiting: 1 });
	expect(after).toEqual({ ...before, waiting: 1 });
	expect(after.enrolled).toBe(before.enrolled);
	expect(after.streams).toBe(before.streams);
});
