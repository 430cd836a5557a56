import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from '../../../database/transaction.ts';
import { unfinishedRun } from './routing-runs.ts';
import { type BatchContext, resumeBatch, runBatch } from './run-batch.ts';

export interface RoutingWatch {
	/** Begins a run, unless one is under way at this or another server: then it tells that one. */
	readonly runNow: () => Promise<BegunRun>;
	/** Breaks off what is planned, lets a move come to its end, and waits for that. */
	readonly stop: () => Promise<void>;
}

export interface BegunRun {
	readonly runId: string;
	readonly isNew: boolean;
}

/** Between the lock of another server and the row of its run. */
const lookAgainMs = 50;
const mostLooks = 100;

/** Finishes what a run has left undone, and re-optimizes every few minutes; with 0, only when it is asked. */
export function watchRouting(context: BatchContext, everyMinutes: number): RoutingWatch {
	const stopping = new AbortController();
	const { signal } = stopping;
	let running: Promise<void> = Promise.resolve();
	const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
		const result = running.then(work);
		running = result.then(
			() => undefined,
			(error: unknown) => {
				// The next time is early enough; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) context.log(`Orders could not be routed anew: ${String(error)}`);
			},
		);
		return result;
	};
	const attempt = (work: () => Promise<unknown>) => void inTurn(work).catch(() => undefined);
	attempt(() => resumeBatch(context, { signal }));
	const timer =
		everyMinutes > 0
			? setInterval(() => attempt(() => runBatch(context, { signal })), everyMinutes * 60_000).unref()
			: undefined;
	let beginning: Promise<string | undefined> | undefined;
	const begin = () =>
		new Promise<string | undefined>((resolve, reject) => {
			inTurn(() => runBatch(context, { signal, began: resolve })).then(resolve, reject);
		});
	const runNow = async (): Promise<BegunRun> => {
		for (let look = 0; look < mostLooks; look += 1) {
			const known = beginning === undefined ? await unfinishedRun(context.db) : undefined;
			if (known !== undefined) return { runId: known.id, isNew: false };
			const isNew = beginning === undefined;
			beginning ??= begin().finally(() => {
				beginning = undefined;
			});
			const begun = await beginning;
			if (begun !== undefined) return { runId: begun, isNew };
			await delay(lookAgainMs);
		}
		throw new Error('Another server keeps its routing run to itself.');
	};
	return {
		runNow,
		async stop() {
			clearInterval(timer);
			stopping.abort(new Error('The server was stopped.'));
			await running;
		},
	};
}
