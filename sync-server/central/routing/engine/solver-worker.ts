import { parentPort } from 'node:worker_threads';
import { loadHighs, solveWithHighs } from './highs-solver.ts';
import type { MilpRequest } from './milp-solver.ts';

/** What the solver's thread says: that it is ready, why it isn't, or the answer to the last request. */
export type SolverMessage =
	| { readonly kind: 'ready' }
	| { readonly kind: 'missing'; readonly reason: string }
	| { readonly kind: 'solved'; readonly values: Float64Array | undefined };

const say = (message: SolverMessage) => parentPort?.postMessage(message);

try {
	const highs = await loadHighs();
	parentPort?.on('message', (request: MilpRequest) => {
		let values: Float64Array | undefined;
		try {
			values = solveWithHighs(highs, request);
		} catch {
			// A time limit can end it before there is any solution; then what there was stays.
		}
		say({ kind: 'solved', values });
	});
	say({ kind: 'ready' });
} catch (error) {
	say({ kind: 'missing', reason: error instanceof Error ? error.message : String(error) });
}
