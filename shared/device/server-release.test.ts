import { expect, test } from 'vitest';
import { release } from '../protocol/release.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type { Central } from './ports.ts';
import { besideOwnRelease, hearingRelease } from './server-release.ts';
import { simulatedClock } from './simulated/clock.ts';
import { memoryCentral } from './simulated/memory-central.ts';

test('a server of the same, an older and a newer release is told apart; none is guessed before it was heard', () => {
	expect(besideOwnRelease(null)).toBe(null);
	expect(besideOwnRelease(release)).toBe('same');
	expect(besideOwnRelease(release - 1)).toBe('older');
	expect(besideOwnRelease(release + 1)).toBe('newer');
});

test('the release is heard from pages and from answers to pushes; a server that names none is older than releases are', async () => {
	const heard: number[] = [];
	const central = memoryCentral();
	const old: Central = {
		...central,
		async push(operations) {
			const answer = await central.push(operations);
			if (!answer.ok) return answer;
			const { release: _release, ...value } = answer.value;
			return { ok: true, value };
		},
	};
	await hearingRelease(central, (serverRelease) => heard.push(serverRelease)).pull('shared', null, 10);
	await hearingRelease(old, (serverRelease) => heard.push(serverRelease)).push([]);
	expect(heard).toEqual([release, 0]);
});

test('a device that is too old is connected as outdated while its work is sent, and as wrongly enrolled before that', () => {
	const watch = new ConnectionWatch(simulatedClock(), () => undefined);
	watch.heard('sending', null);
	watch.heard('site', { kind: 'outdated', message: 'update' });
	watch.heard('sending', null);
	expect(watch.current).toEqual({ kind: 'outdated', message: 'update' });
	watch.heard('shared', { kind: 'credential', message: 'enroll' });
	expect(watch.current).toEqual({ kind: 'credential', message: 'enroll' });
	watch.heard('shared', null);
	watch.heard('site', null);
	expect(watch.current).toEqual({ kind: 'online' });
});
