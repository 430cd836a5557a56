import type { AbortSignalLike, DeviceClock, DeviceRandom } from '../ports.ts';

export interface SimulatedClock extends DeviceClock {
	/** Lets this much time pass, in steps: who sleeps is woken in order, and may work before the next wakes. */
	pass(milliseconds: number): Promise<void>;
	/** Lets everything run that waits for no time. */
	settle(): Promise<void>;
	setWall(milliseconds: number): void;
}

/** A clock that stands still until it is told to go. */
export function simulatedClock(startMs = 1_795_370_000_000): SimulatedClock {
	let now = 0;
	let wallOffset = startMs;
	const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
	// Enough turns for the longest chain of promises between two sleeps.
	const settle = async (): Promise<void> => {
		for (let turn = 0; turn < 400; turn++) await Promise.resolve();
	};
	return {
		wallMs: () => wallOffset + now,
		monotonicMs: () => now,
		sleep: (milliseconds: number, signal: AbortSignalLike) =>
			new Promise((resolve) => {
				if (signal.aborted) return resolve();
				const sleeper = {
					until: now + milliseconds,
					wake: () => {
						sleepers.delete(sleeper);
						signal.removeEventListener('abort', sleeper.wake);
						resolve();
					},
				};
				sleepers.add(sleeper);
				signal.addEventListener('abort', sleeper.wake);
			}),
		pass: async (milliseconds) => {
			const end = now + milliseconds;
			await settle();
			for (;;) {
				const next = [...sleepers].sort((a, b) => a.until - b.until)[0];
				if (next === undefined || next.until > end) break;
				now = Math.max(now, next.until);
				next.wake();
				await settle();
			}
			now = end;
		},
		settle,
		setWall: (milliseconds) => {
			wallOffset = milliseconds - now;
		},
	};
}

/** The same "random" numbers at every run. */
export function simulatedRandom(seed = 1): DeviceRandom {
	let state = seed;
	const next = (): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	return { bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)), fraction: next };
}
