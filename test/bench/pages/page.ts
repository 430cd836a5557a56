import type { StoreResult } from './bare-dexie-worker.ts';
import type { JournalResult } from './journal-worker.ts';

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
	journal: (count) => ask(new Worker(new URL('./journal-worker.ts', import.meta.url), { type: 'module' }), count),
	bareDexie: (products) =>
		ask(new Worker(new URL('./bare-dexie-worker.ts', import.meta.url), { type: 'module' }), products),
	replicaStore: (products) =>
		ask(new Worker(new URL('./replica-store-worker.ts', import.meta.url), { type: 'module' }), products),
};
Object.assign(window, { benchPage: page });
