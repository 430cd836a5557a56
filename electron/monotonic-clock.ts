/** The system's uptime is coarse; a smaller difference is no sleep. */
const noticeableMs = 2000;

/**
 * Milliseconds that never go back and go on while the machine sleeps. `runningMs` may stand still meanwhile, as `performance.now()` does
 * on Linux and macOS; `uptimeSeconds` may be coarse.
 */
export function monotonicClock(runningMs: () => number, uptimeSeconds: () => number): () => number {
	const first = uptimeSeconds() * 1000 - runningMs();
	let sleptMs = 0;
	return () => {
		const now = runningMs();
		const behindMs = uptimeSeconds() * 1000 - now - first;
		if (behindMs - sleptMs > noticeableMs) sleptMs = behindMs;
		return now + sleptMs;
	};
}
