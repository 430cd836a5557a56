import { expect, test } from 'vitest';
import { startingStatus } from '../device/starting-status.ts';
import { standingNotices } from './standing-notices.ts';

const kinds = (change: Partial<typeof startingStatus>) =>
	standingNotices({ ...startingStatus, ...change }).map(({ kind }) => kind);
const note = { file: 'segment-1', bytes: 12, copiedTo: 'segment-1.damaged' };

test('a device with nothing wrong says nothing', () => {
	expect(kinds({ connection: { kind: 'online' }, server: 'same' })).toEqual([]);
	expect(kinds({ connection: { kind: 'cut_off', sinceMs: 1, message: '' } })).toEqual([]);
});

test('what stops work comes first, what is only good to know last', () => {
	expect(
		kinds({
			storageProblem: 'storage_full',
			clockWarning: { kind: 'off', offMs: 3_480_000 },
			recovery: [
				{ ...note, what: 'torn_tail' },
				{ ...note, what: 'damaged_middle' },
			],
			server: 'older',
		}),
	).toEqual(['storage', 'recovered_middle', 'clock_off', 'server_older', 'recovered_tail']);
});

test('an outdated app is told once what to do, not also that the server is newer', () => {
	expect(kinds({ connection: { kind: 'outdated', message: '' }, server: 'newer' })).toEqual(['outdated']);
});

test('a damaged replica says so while it is rebuilt; a rebuild without damage says only that', () => {
	expect(kinds({ replicaProblem: 'damaged', rebuilding: true })).toEqual(['replica_damaged']);
	expect(kinds({ rebuilding: true })).toEqual(['rebuilding']);
});

test('a clock notice that was put away comes again when the clock goes wrong anew, not when it drifts', () => {
	const [first] = standingNotices({ ...startingStatus, clockWarning: { kind: 'off', offMs: 3_600_000 } });
	const [drifted] = standingNotices({ ...startingStatus, clockWarning: { kind: 'off', offMs: 3_600_900 } });
	const [anew] = standingNotices({ ...startingStatus, clockWarning: { kind: 'off', offMs: -7_200_000 } });
	expect(drifted?.key).toBe(first?.key);
	expect(anew?.key).not.toBe(first?.key);
});
