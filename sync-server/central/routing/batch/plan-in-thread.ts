import { answerInThread } from '../engine/answer-in-thread.ts';
import type { BatchQuestion } from './batch-question.ts';
import type { BatchPlan } from './plan-batch.ts';

/**
 * Plans a batch in a thread of its own, from the building of its problem on, so that the caller's stays responsive.
 * @param signal ends it in the middle, and the promise rejects
 */
export function planInThread(question: BatchQuestion, signal?: AbortSignal): Promise<BatchPlan> {
	return answerInThread(new URL('./batch-worker.ts', import.meta.url), question, { signal });
}
