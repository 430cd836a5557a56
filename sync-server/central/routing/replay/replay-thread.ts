import { Worker } from 'node:worker_threads';
import type { ReplayProgress, ReplayResult, ReplayTask } from './replay-task.ts';

type Told = { readonly progress: ReplayProgress } | { readonly result: ReplayResult };

/**
 * Replays in a thread of its own, so that the caller's stays responsive.
 * @param signal ends it in the middle; nothing of it is left, and the promise rejects
 */
export function replayInThread(
	task: ReplayTask,
	options: { readonly signal?: AbortSignal; readonly tell?: (progress: ReplayProgress) => void } = {},
): Promise<ReplayResult> {
	const { signal, tell } = options;
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(signal.reason);
			return;
		}
		const worker = new Worker(new URL('./replay-worker.ts', import.meta.url), { workerData: task });
		const stop = () => {
			reject(signal?.reason);
			void worker.terminate();
		};
		signal?.addEventListener('abort', stop, { once: true });
		worker.on('message', (told: Told) => {
			if ('progress' in told) {
				tell?.(told.progress);
				return;
			}
			resolve(told.result);
			void worker.terminate();
		});
		worker.once('error', reject);
		worker.once('exit', (code) => {
			signal?.removeEventListener('abort', stop);
			reject(new Error(`The thread of a replay ended with code ${code} before it had a result.`));
		});
	});
}
