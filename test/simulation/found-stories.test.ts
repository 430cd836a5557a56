import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision, DecisionKind } from './decision.ts';
import { type MemoryPostgres, openMemoryPostgres } from './memory-postgres.ts';
import { runStory } from './run-story.ts';

/** Stories that the simulator once found to fail, in their smallest form. */
const found: Readonly<Record<string, readonly (DecisionKind | readonly [DecisionKind, number])[]>> = {
	'an answered operation comes again when the identity is lost and the backup knows neither device nor lane': [
		['lose_identity', 0],
		'wait',
		'back_up',
		'work',
		'wait',
		'capture',
		'work',
		'wait',
		'work',
		'work',
		'wait',
		'lose_identity',
		'wait',
		'restore',
	],
	'a device whose copy was enrolled anew has not heard that it was withdrawn, and is taken for one at rest': [
		'balance',
		'wait',
		'copy_disk',
		'capture',
		'balance',
	],
	'rights that were asked back while the disk was full stay with the device': [
		'balance',
		'wait',
		'full_disk',
		'balance',
		'balance',
	],
	'a pick without a start is undone': ['capture', 'wait', 'work', 'work', 'work', 'work', 'work'],
};

describe('a story that failed once', () => {
	let postgres: MemoryPostgres;
	beforeAll(async () => {
		postgres = await openMemoryPostgres();
	}, 120_000);
	afterAll(() => postgres.close());

	for (const [words, kinds] of Object.entries(found)) {
		it(words, { timeout: 120_000 }, async () => {
			const decisions = (seed: number) =>
				kinds.map((each, index): Decision => {
					const [kind, whose] = typeof each === 'string' ? ([each, 0] as const) : each;
					return { afterMs: 2_000, kind, whose, roll: seed * 1_000 + index };
				});
			for (let seed = 0; seed < 8; seed += 1) {
				const shape = { seed, devices: 1, sites: 1, steps: kinds.length };
				const { violation, story } = await runStory(postgres, shape, { decisions: decisions(seed) });
				expect(violation, story.join('\n')).toBeNull();
			}
		});
	}
});
