import type { ScanHub } from '../scanning/index.ts';
import type { router as appRouter } from './router.tsx';

/** A screen that takes longer to come would surprise with what a hand wanted long ago. */
const longestWaitMs = 3000;
const functionKey = /^F\d{1,2}$/;

interface KeyAhead {
	readonly key: string;
	/** On the clock of events, in milliseconds. */
	readonly pressedAt: number;
}

/**
 * Quick hands press a key of the next screen, or scan for it, before it is there: both wait for that screen, in place of being lost or acting on
 * the one that is being left.
 */
export function waitForScreens(router: typeof appRouter, scans: ScanHub): void {
	let ahead: KeyAhead[] = [];
	const isComing = () => router.state.status === 'pending';
	scans.waitWhile(isComing);
	window.addEventListener(
		'keydown',
		(event) => {
			if (!isComing() || !functionKey.test(event.key)) return;
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			event.preventDefault();
			event.stopImmediatePropagation();
			if (!event.repeat) ahead.push({ key: event.key, pressedAt: event.timeStamp });
		},
		{ capture: true },
	);
	router.subscribe('onResolved', () => {
		const due = ahead;
		ahead = [];
		// As with scans, one that leads to a further screen makes those after it wait again.
		for (const { key, pressedAt } of due)
			if (performance.now() - pressedAt < longestWaitMs)
				window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
		scans.goOn();
	});
}
