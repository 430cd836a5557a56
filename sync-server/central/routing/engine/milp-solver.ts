/** A minimization over variables of 0 or 1, by columns: variable `j` has its coefficients at `starts[j]` until `starts[j + 1]`. */
export interface BinaryProgram {
	readonly columns: number;
	readonly rows: number;
	readonly cost: Float64Array;
	readonly rowLower: Float64Array;
	readonly rowUpper: Float64Array;
	readonly starts: Int32Array;
	readonly rowOfEntry: Int32Array;
	readonly values: Float64Array;
}

export interface MilpRequest {
	readonly program: BinaryProgram;
	/** A feasible solution to start from. */
	readonly start: Float64Array;
	readonly seconds: number;
	/** A distance from the best possible cost that is good enough. */
	readonly enoughGap: number;
}

/** Solves binary programs; the engine works without one too, only less well. */
export interface MilpSolver {
	readonly name: string;
	/** @returns the best values found, or undefined where none were */
	readonly solve: (request: MilpRequest) => Promise<Float64Array | undefined>;
	/** Ends it, also in the middle of its work; what it was asked for resolves to undefined. */
	readonly close: () => void;
}

/** A solver, or why there is none. */
export type LoadedSolver = { readonly solver: MilpSolver } | { readonly missing: string };
