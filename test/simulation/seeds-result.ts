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
