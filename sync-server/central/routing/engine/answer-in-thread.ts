import { parentPort, Worker } from 'node:worker_threads';

type Message<Answer, Progress> = { readonly progress: Progress } | { readonly answer: Answer };

/**
 * What a worker thread answers to what it is given; it ends with its answer.
 * @param signal ends it in the middle; nothing of it is left, and the promise rejects
 * @param tell what it says before its answer
 */
export function answerInThread<Answer, Progress = never>(
	file: URL,
	workerData: unknown,
	{
		signal,
		tell,
	}: { readonly signal?: AbortSignal | undefined; readonly tell?: ((progress: Progress) => void) | undefined },
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(signal.reason);
			return;
		}
		const worker = new Worker(file, { workerData });
		const stop = () => {
			reject(signal?.reason);
			void worker.terminate();
		};
		signal?.addEventListener('abort', stop, { once: true });
		worker.on('message', (message: Message<Answer, Progress>) => {
			if ('progress' in message) {
				tell?.(message.progress);
				return;
			}
			resolve(message.answer);
			void worker.terminate();
		});
		worker.once('error', reject);
		worker.once('exit', (code) => {
			signal?.removeEventListener('abort', stop);
			reject(new Error(`The thread ended with code ${code} before it had an answer.`));
		});
	});
}

/** In the thread: the one answer, or what is to be known before it. */
export function answerCaller<Answer, Progress = never>(message: Message<Answer, Progress>): void {
	parentPort?.postMessage(message);
}
