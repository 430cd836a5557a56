import { useEffect } from 'react';
import type { DeviceClient } from '../../../shared/device/device-client.ts';

/** After this long without a key, a scan or a touch the session locks. */
export const idleLockMs = 15 * 60_000;

const signsOfLife = ['keydown', 'pointerdown', 'wheel', 'touchstart'] as const;

/** Signs out after the pause. Nothing is lost: the journal, what waits and what was typed all stay. */
export function useIdleLock(client: DeviceClient, isSignedIn: boolean): void {
	useEffect(() => {
		if (!isSignedIn) return;
		// A sleeping machine stops timers, not this clock: the check after waking sees the whole pause.
		let lastSign = Date.now();
		const noteLife = () => {
			lastSign = Date.now();
		};
		const check = setInterval(() => {
			if (Date.now() - lastSign >= idleLockMs) void client.signOut();
		}, 10_000);
		for (const name of signsOfLife) window.addEventListener(name, noteLife, { capture: true, passive: true });
		return () => {
			clearInterval(check);
			for (const name of signsOfLife) window.removeEventListener(name, noteLife, { capture: true });
		};
	}, [client, isSignedIn]);
}
