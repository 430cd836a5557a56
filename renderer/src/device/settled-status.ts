import type { DeviceStatus } from '../../../shared/device/device-client.ts';

/**
 * The news with every part that says the same as before being the same object, and as a whole the one before when nothing has
 * changed: each status comes as a fresh copy from another thread, and only what has changed may draw a screen anew.
 */
export function settledStatus(before: DeviceStatus, news: DeviceStatus): DeviceStatus {
	const isSame = (key: keyof DeviceStatus) =>
		before[key] === news[key] || JSON.stringify(before[key]) === JSON.stringify(news[key]);
	const same = (Object.keys(news) as (keyof DeviceStatus)[]).filter(isSame);
	if (same.length === Object.keys(before).length && same.length === Object.keys(news).length) return before;
	return { ...news, ...Object.fromEntries(same.map((key) => [key, before[key]])) };
}
