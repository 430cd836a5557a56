import type { DeviceStatus } from './device-client.ts';
import type { DeviceClock } from './ports.ts';

/** Two clocks that differ by less are called the same. */
const tolerableMs = 2 * 60_000;

/** Both clocks of the device at the moment when central said what time it is. */
interface Anchor {
	readonly serverMs: number;
	readonly monotonicMs: number;
	readonly wallMs: number;
}

/**
 * What time it is at the server. Since it was last heard the monotonic clock counts on, so that a wall clock that jumps changes nothing. A
 * monotonic clock ends with its run of the device core: after a restart the wall clock and the last difference must do, until central is heard.
 */
export class ServerClock {
	readonly #clock: DeviceClock;
	readonly #lastOffsetMs: number | null;
	#anchor: Anchor | null = null;
	/** How far the server's clock runs behind the real time (a demonstration's does); null until a page told. */
	#shiftMs: number | null = null;

	/** `lastOffsetMs`: server clock minus wall clock when central was last heard before the start. */
	constructor(clock: DeviceClock, lastOffsetMs: number | null) {
		this.#clock = clock;
		this.#lastOffsetMs = lastOffsetMs;
	}

	/** Server clock minus this device's wall clock as it stands now, in milliseconds; null when it was never heard. */
	get offsetMs(): number | null {
		const anchor = this.#anchor;
		if (anchor === null) return this.#lastOffsetMs;
		return anchor.serverMs + (this.#clock.monotonicMs() - anchor.monotonicMs) - this.#clock.wallMs();
	}

	/** Wall clock minus real time, or by how much the wall clock jumped since central was heard. */
	get warning(): DeviceStatus['clockWarning'] {
		const anchor = this.#anchor;
		if (anchor === null) return null;
		const wallPassedMs = this.#clock.wallMs() - anchor.wallMs;
		const jumpedMs = Math.round(wallPassedMs - (this.#clock.monotonicMs() - anchor.monotonicMs));
		if (Math.abs(jumpedMs) > tolerableMs) return { kind: 'jumped', offMs: jumpedMs };
		if (this.#shiftMs === null) return null;
		const offMs = Math.round(-(this.offsetMs ?? 0) - this.#shiftMs);
		return Math.abs(offMs) > tolerableMs ? { kind: 'off', offMs } : null;
	}

	/** Central said what time it is. */
	heard(serverTime: string): void {
		const serverMs = Temporal.Instant.from(serverTime).epochMilliseconds;
		this.#anchor = { serverMs, monotonicMs: this.#clock.monotonicMs(), wallMs: this.#clock.wallMs() };
	}

	/** A page said how far the server's clock runs behind the real time; absent: not at all. */
	shiftHeard(clockShiftMs = 0): void {
		this.#shiftMs = clockShiftMs;
	}
}
