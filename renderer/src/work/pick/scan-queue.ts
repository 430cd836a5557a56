/** Takes work in the order in which it came and does one piece at a time. */
export interface ScanQueue<T> {
	readonly add: (item: T) => void;
	/** Resolves when nothing is waiting any more. */
	readonly idle: () => Promise<void>;
}

/**
 * A fast scanner sends the next code while the one before is still being saved. Judged at once, both would see the same need and count
 * one unit twice; one after the other, the second sees what the first has done.
 */
export function openScanQueue<T>(handle: (item: T) => Promise<void>, failed: (error: unknown) => void): ScanQueue<T> {
	let tail: Promise<void> = Promise.resolve();
	return {
		add: (item) => {
			tail = tail.then(() => handle(item)).catch(failed);
		},
		idle: () => tail,
	};
}
