import { expect, test } from 'vitest';
import type { Connection } from '../../../shared/device/device-client.ts';
import { type ConnectionChange, historyWith, keptChanges, lastHeard } from './connection-history.ts';
import { startingStatus } from './starting-status.ts';

const connections: Readonly<Record<string, Connection>> = {
	starting: { kind: 'starting' },
	online: { kind: 'online' },
	slow: { kind: 'slow', message: 'HTTP 503' },
	cut_off: { kind: 'cut_off', sinceMs: 1, message: 'Failed to fetch' },
};

function historyOf(...kinds: readonly (keyof typeof connections)[]): readonly ConnectionChange[] {
	return kinds.reduce<readonly ConnectionChange[]>((history, kind, index) => {
		const connection = connections[kind] ?? { kind: 'starting' };
		return historyWith(history, { ...startingStatus, connection, waiting: index }, index * 1000);
	}, []);
}

test('the history keeps changes only, and the latest of them', () => {
	expect(historyOf('starting', 'online', 'online', 'cut_off').map(({ kind }) => kind)).toEqual([
		'starting',
		'online',
		'cut_off',
	]);
	const long = historyOf(...Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? 'online' : 'slow')));
	expect(long).toHaveLength(keptChanges);
	expect(long.at(-1)).toEqual({ atMs: 499_000, kind: 'slow', waiting: 499 });
});

test('central was last heard when it fell silent, and not at all when the app was opened without it', () => {
	expect(lastHeard(historyOf('starting', 'online'))).toEqual({ kind: 'now' });
	expect(lastHeard(historyOf('starting', 'online', 'cut_off'))).toEqual({ kind: 'at', atMs: 2000 });
	expect(lastHeard(historyOf('starting', 'cut_off'))).toEqual({ kind: 'never' });
	expect(lastHeard([])).toEqual({ kind: 'never' });
});
