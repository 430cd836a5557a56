import { answerInThread } from './answer-in-thread.ts';
import type { BatchResult, BatchTime } from './route-batch.ts';
import type { RoutingProblem } from './routing-problem.ts';
import type { TakenUnits } from './taken-units.ts';

/** What comes back from the thread: as a batch's result, with what each order takes in place of the engine's own tables. */
export interface ThreadedBatch extends Omit<BatchResult, 'offers' | 'plans'> {
	/** In the sequence of the problem's orders. */
	readonly takes: readonly (readonly TakenUnits[])[];
}

/**
 * Routes a batch in a thread of its own, so that the caller's stays responsive.
 * @param signal ends it in the middle; nothing of it is left, and the promise rejects
 */
export function routeInThread(
	problem: RoutingProblem,
	options: { readonly time?: BatchTime; readonly signal?: AbortSignal } = {},
): Promise<ThreadedBatch> {
	const { time, signal } = options;
	return answerInThread(new URL('./routing-worker.ts', import.meta.url), { problem, time }, { signal });
}
