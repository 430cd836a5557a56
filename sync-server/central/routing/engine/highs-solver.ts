import type { Highs } from 'highs';
import type { MilpRequest } from './milp-solver.ts';

/** Loads HiGHS (WebAssembly; it works in the calling thread). Rejects where it can't be loaded. */
export async function loadHighs(): Promise<Highs> {
	const { default: load } = await import('highs');
	return load();
}

/** Solves a binary program within its time. */
export function solveWithHighs(
	highs: Highs,
	{ program, start, seconds, enoughGap }: MilpRequest,
): Float64Array | undefined {
	const { columns, rows } = program;
	const model = highs.createModel({
		numCols: columns,
		numRows: rows,
		colCost: program.cost,
		colLower: new Float64Array(columns),
		colUpper: new Float64Array(columns).fill(1),
		rowLower: program.rowLower,
		rowUpper: program.rowUpper,
		matrix: {
			format: 'csc',
			numCols: columns,
			numRows: rows,
			starts: program.starts,
			indices: program.rowOfEntry,
			values: program.values,
		},
		integrality: new Array(columns).fill(highs.constants.variableType.integer),
	});
	try {
		model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: enoughGap });
		model.setSolution({ colValue: start });
		model.run();
		const { colValue } = model.getSolution();
		return colValue.length === columns ? Float64Array.from(colValue) : undefined;
	} finally {
		model.dispose();
	}
}
