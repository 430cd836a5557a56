import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryPostgres, openMemoryPostgres } from './memory-postgres.ts';
import { type Plant, plantNames, plants } from './plants.ts';
import { runStory } from './run-story.ts';

const shape = { devices: 4, sites: 2, steps: 80 };
const mostSeeds = 40;

/** The simulator is worth what it finds: each safeguard that is taken out must turn a story red. */
describe('a planted bug is caught', () => {
	let postgres: MemoryPostgres;
	beforeAll(async () => {
		postgres = await openMemoryPostgres();
	}, 120_000);
	afterAll(() => postgres.close());

	for (const name of plantNames) {
		const { words, caughtBy, shownBy = 0, faults }: Plant = plants[name];
		it(`${name}: ${words}`, { timeout: 600_000 }, async () => {
			for (let tried = 0; tried < mostSeeds; tried += 1) {
				const seed = (shownBy + tried) % mostSeeds;
				const { violation } = await runStory(postgres, { ...shape, ...(faults && { faults }), seed }, { plant: name });
				if (violation === null) continue;
				expect(caughtBy, violation.message).toContain(violation.invariant);
				return;
			}
			expect.unreachable(`${mostSeeds} stories did not notice it`);
		});
	}
});
