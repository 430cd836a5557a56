import { expect, test } from 'vitest';
import { claimDataFolder, findRunning } from './data-folder-claim.ts';

test('a second start of the same data folder is told where the first one runs', async () => {
	const folder = `/nowhere/${crypto.randomUUID()}`;
	const first = await claimDataFolder(folder);
	if (!first.claimed) throw new Error('the folder should have been free');
	first.announce('http://localhost:7420');
	expect(await claimDataFolder(folder)).toEqual({
		claimed: false,
		processId: process.pid,
		address: 'http://localhost:7420',
	});
	await first.release();
	expect(await findRunning(folder)).toBeUndefined();
});

test('of two starts at once exactly one gets the data folder', async () => {
	const folder = `/nowhere/${crypto.randomUUID()}`;
	const claims = await Promise.all([claimDataFolder(folder), claimDataFolder(folder), claimDataFolder(folder)]);
	expect(claims.filter((claim) => claim.claimed)).toHaveLength(1);
	for (const claim of claims) if (claim.claimed) await claim.release();
});
