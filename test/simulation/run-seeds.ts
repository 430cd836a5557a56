import { decisionsOf, type StoryShape } from './decision.ts';
import { type MemoryPostgres, openMemoryPostgres } from './memory-postgres.ts';
import type { PlantName } from './plants.ts';
import { runStory, type StoryResult } from './run-story.ts';
import { addFigures, noFigures, type SeedFailure, type SeedsResult } from './seeds-result.ts';
import { shrinkStory } from './shrink-story.ts';

export interface SeedsOptions {
	readonly seeds: readonly number[];
	readonly shape: Omit<StoryShape, 'seed'>;
	readonly plant: PlantName | null;
	readonly shrink: boolean;
	readonly told?: (seed: number, result: StoryResult) => void;
	/** No more seeds once this many have failed. */
	readonly mostFailures?: number;
}

/** Tells the stories of these seeds, one after the other, on one PostgreSQL in memory. */
export async function runSeeds(
	options: SeedsOptions,
	open: () => Promise<MemoryPostgres> = openMemoryPostgres,
): Promise<SeedsResult> {
	const { shape, plant, mostFailures = Number.POSITIVE_INFINITY } = options;
	const postgres = await open();
	const startedAt = performance.now();
	let figures = noFigures;
	let seeds = 0;
	const failures: SeedFailure[] = [];
	try {
		for (const seed of options.seeds) {
			if (failures.length >= mostFailures) break;
			const result = await runStory(postgres, { ...shape, seed }, { plant });
			options.told?.(seed, result);
			figures = addFigures(figures, result.figures);
			seeds += 1;
			if (result.violation !== null) failures.push(await failureOf(postgres, seed, result, options));
		}
	} finally {
		await postgres.close();
	}
	return { seeds, milliseconds: performance.now() - startedAt, figures, failures };
}

async function failureOf(
	postgres: MemoryPostgres,
	seed: number,
	result: StoryResult,
	{ shape, plant, shrink }: SeedsOptions,
): Promise<SeedFailure> {
	const { violation } = result;
	if (violation === null) throw new Error('The story has not failed.');
	let last = result;
	let steps = shape.steps;
	if (shrink) {
		const whole = decisionsOf({ ...shape, seed });
		const smallest = await shrinkStory(whole, async (decisions) => {
			const again = await runStory(postgres, { ...shape, seed }, { plant, decisions });
			const fails = again.violation?.invariant === violation.invariant;
			if (fails) last = again;
			return fails;
		});
		steps = smallest.length;
	}
	const { invariant, message } = last.violation ?? violation;
	return { seed, invariant, message, story: last.story, steps };
}
