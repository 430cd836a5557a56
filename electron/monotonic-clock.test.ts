import { expect, it } from 'vitest';
import { monotonicClock } from './monotonic-clock.ts';

it('goes on while the machine sleeps, and never back', () => {
	let [running, uptime] = [1000, 50];
	const clock = monotonicClock(
		() => running,
		() => uptime,
	);
	expect(clock()).toBe(1000);
	[running, uptime] = [running + 500, uptime + 1];
	expect(clock()).toBe(1500);
	uptime += 8 * 3600;
	expect(clock()).toBe(1500 + 500 + 8 * 3_600_000);
	const asleep = clock();
	uptime -= 100;
	running += 10;
	expect(clock()).toBe(asleep + 10);
});
