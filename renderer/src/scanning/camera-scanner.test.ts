import { expect, test } from 'vitest';
import { cameraCooldownMs, cameraFailure, createCooldown } from './camera-scanner.ts';

test('a code that stays before the camera counts once, and again when it comes back after the cooldown', () => {
	const isNew = createCooldown();
	expect(isNew('5012345678900', 0)).toBe(true);
	for (let now = 60; now < 5_000; now += 60) expect(isNew('5012345678900', now)).toBe(false);
	expect(isNew('9780804816632', 5_000)).toBe(true);
	expect(isNew('5012345678900', 4_980 + cameraCooldownMs)).toBe(true);
});

test.each([
	['NotAllowedError', 'permission_denied'],
	['NotFoundError', 'no_camera_found'],
	['NotReadableError', 'camera_in_use'],
	['TypeError', 'no_camera_here'],
])('%s tells the person: %s', (name, reason) => {
	expect(cameraFailure(new DOMException('', name))).toBe(reason);
});
