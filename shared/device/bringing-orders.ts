import type { BringOrderResult } from './device-client.ts';
import type { CentralFailure, DeviceClock } from './ports.ts';
import { StopSignal } from './stop-signal.ts';

/** How long an order that central has published may take to come down. */
const comesDownMs = 10_000;

export interface Arrival {
	readonly clock: DeviceClock;
	readonly isReached: () => boolean;
	/** Calls the listener whenever `isReached` may have changed; gives the way to stop. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Asks central for what is new. */
	readonly fetchNow: () => void;
}

/** Fetches now; true when it has arrived, false when that takes too long. */
export async function arrives({ clock, isReached, subscribe, fetchNow }: Arrival): Promise<boolean> {
	const reached = Promise.withResolvers<void>();
	const forget = subscribe(() => {
		if (isReached()) reached.resolve();
	});
	fetchNow();
	const patience = new StopSignal();
	if (!isReached()) await Promise.race([reached.promise, clock.sleep(comesDownMs, patience)]);
	patience.stop();
	forget();
	return isReached();
}

/** Why central gave no order. */
export function notBrought(failure: CentralFailure): BringOrderResult {
	const isAway = failure.kind === 'unreachable' || failure.kind === 'unavailable';
	const isUnknown = failure.kind === 'refused' && failure.error === 'unknown_order';
	return {
		ok: false,
		reason: isAway ? 'unreachable' : isUnknown ? 'unknown_order' : 'refused',
		message: failure.message,
	};
}
