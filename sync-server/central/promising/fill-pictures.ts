import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { isDatabaseAway } from '../../database/transaction.ts';
import type { PictureCache } from './picture-cache.ts';

const nextSkus = prepared<{ sku: string }>(
	'skus_to_remember',
	'SELECT sku FROM product WHERE sku > $1 ORDER BY sku LIMIT $2',
);

/** The first questions after a start are not kept waiting for all of it. */
const firstPauseMs = 2000;
const smallestBatch = 5;
const largestBatch = 200;
/** Others wait as long for their turn. */
const batchMs = 40;

export interface FillParts {
	readonly db: Kysely<Tables>;
	readonly cache: Pick<PictureCache, 'pictures' | 'bytes'>;
	/** The rest is for what is asked for, and for answers. */
	readonly mostBytes: number;
	/** Before it begins. */
	readonly pauseMs?: number;
	readonly log: (line: string) => void;
}

export interface Filling {
	/** What was remembered is gone: it is read again. */
	again(): void;
	stop(): Promise<void>;
}

/** Reads the pictures of all SKUs into memory, as many as there is room for, at half of the speed at which it could. */
export function fillPictures({ db, cache, mostBytes, pauseMs = firstPauseMs, log }: FillParts): Filling {
	let ending = new AbortController();
	let running = fill(ending.signal);

	async function fill(signal: AbortSignal): Promise<void> {
		try {
			await delay(pauseMs, undefined, { signal, ref: false });
			let last = '';
			let batch = smallestBatch;
			while (cache.bytes < mostBytes) {
				const began = performance.now();
				const rows = await nextSkus(db, [last, batch]);
				const skus = rows.map(({ sku }) => sku);
				if (signal.aborted || skus.length === 0) return;
				await cache.pictures(skus);
				last = skus.at(-1) ?? last;
				const tookMs = performance.now() - began;
				batch = Math.round(Math.min(largestBatch, Math.max(smallestBatch, (batch * batchMs) / tookMs)));
				await delay(tookMs, undefined, { signal, ref: false });
			}
		} catch (error) {
			// Nobody waits for it: what was not read is read when it is asked for.
			if (!signal.aborted && !isDatabaseAway(error)) log(`The stock could not be read ahead: ${String(error)}`);
		}
	}

	async function stop(): Promise<void> {
		ending.abort();
		await running;
	}

	return {
		again() {
			ending.abort();
			ending = new AbortController();
			const { signal } = ending;
			running = running.then(() => fill(signal));
		},
		stop,
	};
}
