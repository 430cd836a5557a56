import { type ComponentType, useEffect, useState } from 'react';

/** The code of a screen is neither on this device nor to be had now. */
export class ScreenNotHere extends Error {
	constructor(cause: unknown) {
		super('The code of this screen could not be fetched.', { cause });
	}
}

/**
 * Fetches a screen's code when it is first needed. Where it can't be had, the screen says so, and the next attempt fetches again. The router's own
 * lazy component loads the page anew instead: without a network the app would be gone, as long as the browser has not kept it yet.
 */
export function lazyScreen(fetchScreen: () => Promise<ComponentType>) {
	let Screen: ComponentType | undefined;
	const load = async () => {
		Screen ??= await fetchScreen().catch((error: unknown) => {
			throw new ScreenNotHere(error);
		});
	};
	function LazyScreen() {
		const [failure, setFailure] = useState<unknown>(null);
		const [, setLoaded] = useState(Screen !== undefined);
		useEffect(() => {
			load().then(() => setLoaded(true), setFailure);
		}, []);
		if (failure !== null) throw failure;
		return Screen === undefined ? null : <Screen />;
	}
	// The router waits for it before it shows the screen, which tells of a failure itself.
	return Object.assign(LazyScreen, { preload: () => load().catch(() => undefined) });
}
