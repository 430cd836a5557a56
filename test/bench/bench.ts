import type { Spread } from './quantiles.ts';
import type { Workshop } from './workshop.ts';

export type Figure = number | string | Spread | { readonly [name: string]: Figure };
export type Figures = Readonly<Record<string, Figure>>;

/** What one bench saw. It judges nothing: a budget is only named beside the figures. */
export interface BenchResult {
	/** One sentence for a person, with the figures that matter. */
	readonly line: string;
	readonly budget: string;
	readonly figures: Figures;
	/** The bare thing that did the same in the same run. */
	readonly peer?: { readonly name: string; readonly figures: Figures };
	/** Ours in terms of the peer; `ratioOf` says which way. */
	readonly ratio?: number;
	readonly ratioOf?: string;
}

export interface Bench {
	readonly name: string;
	readonly run: (workshop: Workshop) => Promise<BenchResult>;
}
