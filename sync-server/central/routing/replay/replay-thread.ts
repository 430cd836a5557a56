import { answerInThread } from '../engine/answer-in-thread.ts';
import type { ReplayProgress, ReplayResult, ReplayTask } from './replay-task.ts';

/**
 * Replays in a thread of its own, so that the caller's stays responsive.
 * @param options.signal ends it in the middle; nothing of it is left, and the promise rejects
 */
export function replayInThread(
	task: ReplayTask,
	options: { readonly signal?: AbortSignal; readonly tell?: (progress: ReplayProgress) => void } = {},
): Promise<ReplayResult> {
	return answerInThread<ReplayResult, ReplayProgress>(new URL('./replay-worker.ts', import.meta.url), task, options);
}
