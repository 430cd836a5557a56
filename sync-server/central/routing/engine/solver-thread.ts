import { Worker } from 'node:worker_threads';
import type { LoadedSolver, MilpRequest, MilpSolver } from './milp-solver.ts';
import type { SolverMessage } from './solver-worker.ts';

/** Loads HiGHS in a thread of its own, so that it works beside the engine. Never rejects: without it the engine works on, and says so. */
export function startSolverThread(): Promise<LoadedSolver> {
	return new Promise((resolve) => {
		const worker = new Worker(new URL('./solver-worker.ts', import.meta.url));
		let answer: ((values: Float64Array | undefined) => void) | undefined;
		const reply = (values: Float64Array | undefined) => {
			answer?.(values);
			answer = undefined;
		};
		const solver: MilpSolver = {
			name: 'HiGHS',
			solve: (request: MilpRequest) => {
				worker.postMessage(request);
				return new Promise((solved) => {
					answer = solved;
				});
			},
			close: () => {
				reply(undefined);
				void worker.terminate();
			},
		};
		worker.on('message', (message: SolverMessage) => {
			if (message.kind === 'ready') resolve({ solver });
			else if (message.kind === 'solved') reply(message.values);
			else {
				resolve({ missing: message.reason });
				void worker.terminate();
			}
		});
		worker.on('error', (error: unknown) => {
			resolve({ missing: error instanceof Error ? error.message : String(error) });
			reply(undefined);
		});
		worker.on('exit', () => {
			resolve({ missing: 'its thread ended' });
			reply(undefined);
		});
	});
}
