import { expect, it } from 'vitest';
import { openQuietSites } from './quiet-sites.ts';

function quietSites() {
	let seconds = 0;
	let found: readonly string[] = [];
	const counts = { read: 0, changed: 0 };
	const sites = openQuietSites({
		clock: { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z').add({ seconds }) },
		heardLast: async () => null,
		read: async () => {
			counts.read += 1;
			return new Set(found);
		},
		changed: () => {
			counts.changed += 1;
		},
	});
	return {
		sites,
		counts,
		async after(passed: number, quiet: readonly string[]) {
			seconds += passed;
			found = quiet;
			return [...(await sites.now())];
		},
	};
}

it('are read once for all who ask in the same five seconds, and answers are thrown away only when they have changed', async () => {
	const { sites, counts, after } = quietSites();
	expect(sites.known()).toBeUndefined();
	await Promise.all(Array.from({ length: 50 }, () => sites.now()));
	expect(counts).toEqual({ read: 1, changed: 0 });
	expect(await after(4, ['leeds'])).toEqual([]);
	expect(await after(1, ['leeds'])).toEqual(['leeds']);
	const known = sites.known();
	expect(await after(6, ['leeds'])).toEqual(['leeds']);
	expect(sites.known()).toBe(known);
	expect(counts).toEqual({ read: 3, changed: 1 });
	expect(await after(6, [])).toEqual([]);
	expect(counts).toEqual({ read: 4, changed: 2 });
});

it('are read again after a failure, by the next who asks, and when the clock was put back', async () => {
	let fails = true;
	let seconds = 0;
	const sites = openQuietSites({
		clock: { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z').add({ seconds }) },
		heardLast: async () => null,
		read: async () => {
			if (fails) throw new Error('The database is away.');
			return new Set(['leeds']);
		},
		changed: () => undefined,
	});
	await expect(sites.now()).rejects.toThrow('away');
	fails = false;
	expect([...(await sites.now())]).toEqual(['leeds']);
	seconds -= 3600;
	expect(sites.known()).toBeUndefined();
});

it('are in the first minute of a server those that were quiet when anybody was heard of last: central may have been away itself', async () => {
	let seconds = 0;
	const asked: string[] = [];
	const sites = openQuietSites({
		clock: { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z').add({ seconds }) },
		heardLast: async () => '2026-11-20T08:00:00Z',
		read: async (at) => {
			asked.push(at);
			return new Set();
		},
		changed: () => undefined,
	});
	for (const passed of [0, 54, 60]) {
		seconds = passed;
		await sites.now();
	}
	expect(asked).toEqual(['2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z', '2026-11-20T10:01:00Z']);
});
