import { decisionsOf, type StoryShape } from './decision.ts';
import { type MemoryPostgres, openMemoryPostgres } from './memory-postgres.ts';
import type { PlantName } from './plants.ts';
import { runStory, type StoryResult } from './run-story.ts';
import { shrinkStory } from './shrink-story.ts';
import type { Invariant } from './violation.ts';
import type { Figures } from './world.ts';

export interface SeedFailure {
	readonly seed: number;
	readonly invariant: Invariant;
	readonly message: string;
	/** The smallest story that breaks the same invariant, in words; the whole one when it was not shrunk. */
	readonly story: readonly string[];
	readonly steps: number;
}

export interface SeedsResult {
	readonly seeds: number;
	readonly milliseconds: number;
	readonly figures: Figures & { readonly crashes: number };
	readonly failures: readonly SeedFailure[];
}

export const noFigures: SeedsResult['figures'] = {
	steps: 0,
	operations: 0,
	requests: 0,
	powerCuts: 0,
	restores: 0,
	clones: 0,
	moves: 0,
	crashes: 0,
};

export function addFigures(a: SeedsResult['figures'], b: SeedsResult['figures']): SeedsResult['figures'] {
	const names = Object.keys(noFigures) as (keyof typeof noFigures)[];
	return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as SeedsResult['figures'];
}

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
