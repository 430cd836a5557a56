import { expect, it } from 'vitest';
import { ConnectionWatch } from './connection-watch.ts';
import { simulatedClock } from './simulated/clock.ts';

it('wakes nobody again and again while one way to central works and another does not', async () => {
	const clock = simulatedClock();
	let wakes = 0;
	const watch = new ConnectionWatch(clock, (cameBack) => {
		if (cameBack) wakes += 1;
	});
	for (let turn = 0; turn < 100; turn += 1) {
		watch.heard('sending', { kind: 'unreachable', message: 'cut' });
		watch.heard('shared', null);
	}
	expect(wakes).toBe(1);
	await clock.pass(6000);
	watch.heard('sending', { kind: 'unreachable', message: 'cut' });
	watch.heard('shared', null);
	expect(wakes).toBe(2);
});
