import type { JournalResult, StoreResult } from './answers.ts';

/** What the benches in Node call in this page; each runs in a worker of its own, as the app's device core does. */
export interface BenchPage {
	readonly journal: (count: number) => Promise<JournalResult>;
	readonly bareDexie: (products: number) => Promise<StoreResult>;
	readonly replicaStore: (products: number) => Promise<StoreResult>;
}

function ask<T>(worker: Worker, question: unknown): Promise<T> {
	return new Promise((resolve, reject) => {
		worker.addEventListener('message', ({ data }: MessageEvent<T>) => {
			worker.terminate();
			resolve(data);
		});
		worker.addEventListener('error', (event) => reject(new Error(event.message)));
		worker.postMessage(question);
	});
}

const page: BenchPage = {
	journal: (count) =>
		ask(new Worker(new URL('./worker/journal-worker.ts', import.meta.url), { type: 'module' }), count),
	bareDexie: (products) =>
		ask(new Worker(new URL('./worker/bare-dexie-worker.ts', import.meta.url), { type: 'module' }), products),
	replicaStore: (products) =>
		ask(new Worker(new URL('./worker/replica-store-worker.ts', import.meta.url), { type: 'module' }), products),
};
Object.assign(window, { benchPage: page });
