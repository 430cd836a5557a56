import { expect, test } from 'vitest';
import type { Connection } from '../../../shared/device/device-client.ts';
import { type Announced, announcementOf } from './announcement.ts';

const online: Connection = { kind: 'online' };
const cutOff: Connection = { kind: 'cut_off', sinceMs: 0, message: '' };

function said(...statuses: readonly (readonly [Connection, number])[]): readonly (string | null)[] {
	let announced: Announced | null = null;
	return statuses.map(([connection, waiting]) => {
		const next = announcementOf(announced, { connection, waiting, storageProblem: null });
		announced = next.announced;
		return next.say;
	});
}

test('a day with the network is silent, however much is recorded and sent', () => {
	expect(said([{ kind: 'starting' }, 0], [online, 0], [online, 1], [online, 0], [online, 2])).toEqual(
		Array.from({ length: 5 }, () => null),
	);
});

test('cut off and back again is said once each, and that what waited has gone', () => {
	expect(said([online, 0], [cutOff, 0], [cutOff, 1], [cutOff, 2], [online, 2], [online, 1], [online, 0])).toEqual([
		null,
		'connection',
		null,
		null,
		'connection',
		null,
		'nothing_waits',
	]);
});

test('an app that opens cut off says so', () => {
	expect(said([{ kind: 'starting' }, 3], [cutOff, 3])).toEqual([null, 'connection']);
});
