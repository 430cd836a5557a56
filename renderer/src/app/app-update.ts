/// <reference types="vite-plugin-pwa/client" />
import { create } from 'zustand';

interface AppUpdate {
	/** Set when a new version is ready; it takes over when this is called, and the page loads anew. */
	readonly apply: (() => void) | null;
}

/** Whether a new version waits. It never takes over by itself: somebody may be in the middle of a pick. */
export const useAppUpdate = create<AppUpdate>()(() => ({ apply: null }));

/** Lets the browser keep the app itself, so that it opens with the server dead. The shell has it on disk. */
export function keepOffline(): void {
	if (import.meta.env.VITE_IN_SHELL || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	void import('virtual:pwa-register').then(({ registerSW }) => {
		const update = registerSW({
			immediate: true,
			onNeedRefresh: () => useAppUpdate.setState({ apply: () => void update(true) }),
		});
	});
}
