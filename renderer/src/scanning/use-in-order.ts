import { useRef, useState } from 'react';
import { openScanQueue } from './scan-queue.ts';

/**
 * The screen's queue of scans: does one piece of work after the other, in the order in which it came. `failed` hears of work that threw;
 * without it, the failure is reported as an error of the page.
 */
export function useInOrder(failed: (error: unknown) => void = reportError): (work: () => Promise<void>) => void {
	const latest = useRef(failed);
	latest.current = failed;
	const [queue] = useState(() => openScanQueue((error) => latest.current(error)));
	return queue.add;
}
