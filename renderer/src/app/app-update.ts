/// <reference types="vite-plugin-pwa/client" />
import { create } from 'zustand';

interface AppUpdate {
	/** Set when a new version is ready; it takes over when this is called, and the page loads anew. */
	readonly apply: (() => void) | null;
	/** The app itself is on this device: it opens with the server dead. */
	readonly isKeptHere: boolean;
	/** It came to this device since the page was opened. */
	readonly isKeptJustNow: boolean;
}

/** Whether a new version waits. It never takes over by itself: somebody may be in the middle of a pick. */
export const useAppUpdate = create<AppUpdate>()(() => ({
	apply: null,
	isKeptHere: import.meta.env.VITE_IN_SHELL === true,
	isKeptJustNow: false,
}));

/** Lets the browser keep the app itself, so that it opens with the server dead. The shell has it on disk. */
export function keepOffline(): void {
	if (import.meta.env.VITE_IN_SHELL || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	if (navigator.serviceWorker.controller !== null) useAppUpdate.setState({ isKeptHere: true });
	void import('virtual:pwa-register').then(({ registerSW }) => {
		const update = registerSW({
			immediate: true,
			onNeedRefresh: () => useAppUpdate.setState({ apply: () => void update(true) }),
			onOfflineReady: () => useAppUpdate.setState({ isKeptHere: true, isKeptJustNow: true }),
		});
	});
}
