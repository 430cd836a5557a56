import type { AbortSignalLike, DeviceClock, DeviceRandom } from './ports.ts';
import { StopSignal } from './stop-signal.ts';

/** A pause of one loop that somebody else may cut short. A wake-up while the loop works is kept for its next pause. */
export class Pause {
	readonly #clock: DeviceClock;
	readonly #stop: AbortSignalLike;
	#current: StopSignal | null = null;
	#woken = false;

	constructor(clock: DeviceClock, stop: AbortSignalLike) {
		this.#clock = clock;
		this.#stop = stop;
		stop.addEventListener('abort', () => this.wake());
	}

	wake(): void {
		this.#woken = true;
		this.#current?.stop();
	}

	/** Resolves after this time, at a wake-up, or when the loop is stopped. */
	async wait(milliseconds: number): Promise<void> {
		if (!this.#woken && !this.#stop.aborted) {
			this.#current = new StopSignal();
			await this.#clock.sleep(milliseconds, this.#current);
			this.#current = null;
		}
		this.#woken = false;
	}
}

/** How long to wait after this many failures in a row: doubling from half a second to `limitMs`, minus up to half at random. */
export function backoffMs(failures: number, random: DeviceRandom, limitMs = 10_000): number {
	const whole = Math.min(limitMs, 500 * 2 ** Math.min(failures - 1, 20));
	return whole * (1 - random.fraction() / 2);
}
