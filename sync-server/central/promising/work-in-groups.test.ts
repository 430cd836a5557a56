import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { workInGroups } from './work-in-groups.ts';

/** Work that ends when the test says so. Items are named by what they contend for, and a number. */
function openWork(mostGroups = 2, mostTogether = 3) {
	const groups: string[] = [];
	const ends: (() => void)[] = [];
	const ask = workInGroups<string, string>({
		keysOf: (item) => [item.slice(0, 1)],
		work: async (group) => {
			groups.push(group.join(' '));
			await new Promise<void>((resolve) => ends.push(resolve));
			if (group.some((item) => item.endsWith('!'))) throw new Error(`failed: ${group.join(' ')}`);
			return group.map((item) => `${item} done`);
		},
		mostGroups,
		mostTogether,
	});
	const end = async () => {
		ends.shift()?.();
		await nextTurn();
	};
	return { ask, groups, end };
}

it('what arrives in one turn is served together, and each gets its own result', async () => {
	const { ask, groups, end } = openWork();
	const asked = Promise.all([ask('A1'), ask('B1')]);
	await nextTurn();
	await nextTurn();
	await end();
	expect(await asked).toEqual(['A1 done', 'B1 done']);
	expect(groups).toEqual(['A1 B1']);
});

it('what contends with a group under way waits for it, and goes together afterwards; other work does not wait', async () => {
	const { ask, groups, end } = openWork();
	const first = ask('A1');
	await nextTurn();
	await nextTurn();
	const rest = Promise.all([ask('A2'), ask('B1'), ask('A3')]);
	await nextTurn();
	await nextTurn();
	expect(groups).toEqual(['A1', 'B1']);
	await end();
	expect(groups).toEqual(['A1', 'B1', 'A2 A3']);
	await end();
	await end();
	await Promise.all([first, rest]);
});

it('no more groups and no larger ones are under way than may be', async () => {
	const { ask, groups, end } = openWork(1, 2);
	const asked = Promise.all(['A1', 'B1', 'C1', 'D1', 'E1'].map(ask));
	await nextTurn();
	await nextTurn();
	expect(groups).toEqual(['A1 B1']);
	await end();
	await end();
	await end();
	await asked;
	expect(groups).toEqual(['A1 B1', 'C1 D1', 'E1']);
});

it('when a group fails, all of it are told, and others are served', async () => {
	const { ask, end } = openWork(1);
	const failing = Promise.allSettled([ask('A1!'), ask('B1')]);
	await nextTurn();
	await nextTurn();
	const other = ask('A2');
	await end();
	await end();
	expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await other).toBe('A2 done');
});
