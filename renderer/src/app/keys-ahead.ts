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
 * Quick hands press a key of the next screen before it is there: the key waits for that screen, in place of being lost or acting on the one
 * that is being left.
 */
export function keepKeysAhead(router: typeof appRouter): void {
	let ahead: KeyAhead[] = [];
	window.addEventListener(
		'keydown',
		(event) => {
			if (router.state.status !== 'pending' || !functionKey.test(event.key)) return;
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
		// One that leads to a further screen makes those after it wait again.
		for (const { key, pressedAt } of due)
			if (performance.now() - pressedAt < longestWaitMs)
				window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
	});
}
