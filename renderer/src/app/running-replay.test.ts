import { expect, test } from 'vitest';
import { runningReplay } from './running-replay.ts';

const replay = { done: 0, total: 5000 };

test('nothing is said to be on its way while central can’t be reached', () => {
	expect(runningReplay({ replay, connection: { kind: 'online' } })).toBe(replay);
	expect(runningReplay({ replay, connection: { kind: 'outdated', message: '' } })).toBe(replay);
	expect(runningReplay({ replay, connection: { kind: 'cut_off', sinceMs: 0, message: '' } })).toBeNull();
	expect(runningReplay({ replay, connection: { kind: 'lane_frozen', message: '' } })).toBeNull();
	expect(runningReplay({ replay: null, connection: { kind: 'online' } })).toBeNull();
});
