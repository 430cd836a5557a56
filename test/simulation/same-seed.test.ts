import { afterAll, beforeAll, expect, it } from 'vitest';
import { decisionsOf } from './decision.ts';
import { type MemoryPostgres, openMemoryPostgres } from './memory-postgres.ts';
import { runStory } from './run-story.ts';
import { shrinkStory } from './shrink-story.ts';

let postgres: MemoryPostgres;
beforeAll(async () => {
	postgres = await openMemoryPostgres();
}, 120_000);
afterAll(() => postgres.close());

const shape = { devices: 4, sites: 2, steps: 60 };

it('two runs of one seed tell the same story to the last message, whatever was told before', {
	timeout: 300_000,
}, async () => {
	for (const seed of [3, 17]) {
		const first = await runStory(postgres, { ...shape, seed });
		await runStory(postgres, { ...shape, seed: seed + 1000 });
		const again = await runStory(postgres, { ...shape, seed });
		expect(again.trace).toEqual(first.trace);
		expect(again.traceHash).toBe(first.traceHash);
	}
	const other = await runStory(postgres, { ...shape, seed: 4 });
	expect(other.traceHash).not.toBe((await runStory(postgres, { ...shape, seed: 5 })).traceHash);
});

it('a story is shrunk to the steps without which it would not fail', async () => {
	const decisions = decisionsOf({ ...shape, seed: 1 });
	const guilty = [decisions[7], decisions[31], decisions[58]];
	const smallest = await shrinkStory(decisions, async (part) =>
		guilty.every((one) => one !== undefined && part.includes(one)),
	);
	expect(smallest).toEqual(guilty);
});
