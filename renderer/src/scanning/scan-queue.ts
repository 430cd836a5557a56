/** Takes work in the order in which it came and does one piece at a time. */
export interface ScanQueue {
	readonly add: (work: () => Promise<void>) => void;
	/** Resolves when nothing is waiting any more. */
	readonly idle: () => Promise<void>;
}

/**
 * A fast scanner sends the next code while the one before is still being saved. Judged at once, both would see the same need and count
 * one unit twice; one after the other, the second sees what the first has done. Work that fails is told to `failed`, and the next goes on.
 */
export function openScanQueue(failed: (error: unknown) => void): ScanQueue {
	let tail: Promise<void> = Promise.resolve();
	return {
		add: (work) => {
			tail = tail.then(work).catch(failed);
		},
		idle: () => tail,
	};
}
