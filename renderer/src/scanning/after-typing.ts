import { scanHub } from './use-scan.ts';
import { defaultWedgeSettings } from './wedge-detector.ts';

const waitMs = defaultWedgeSettings.maxKeyGapMs + 20;

/**
 * Acts on a key that was just pressed, once it is certain that a hand pressed it: a scan's first key reaches the page too, and a barcode
 * that begins with 1 must not choose the first answer. Takes 65 ms. Returns the way out.
 */
export function afterTyping(act: () => void): () => void {
	const hub = scanHub();
	const burstsBefore = hub.burstsBegun();
	let timer = 0;
	const wait = () => {
		const due = performance.now() + waitMs;
		timer = window.setTimeout(() => {
			// A late timer means a blocked page: the scan's other keys may be waiting behind it.
			if (performance.now() - due > 15) wait();
			else if (hub.burstsBegun() === burstsBefore) act();
		}, waitMs);
	};
	wait();
	return () => window.clearTimeout(timer);
}
