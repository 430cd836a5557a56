import type { DeviceStatus } from './device-client.ts';
import type { IdentityKeeper } from './device-identity.ts';
import type { AbortSignalLike, DeviceClock } from './ports.ts';
import { ServerClock } from './server-clock.ts';

const lookEveryMs = 10_000;
/** Smaller movements are the network's. */
const noticeableMs = 1000;

export interface ClockWatchParts {
	readonly clock: DeviceClock;
	readonly identity: IdentityKeeper;
	/** The offset or the warning is another; by how much the wall clock jumped, 0 when central was heard. */
	readonly changed: (wallJumpedMs: number) => void;
}

/** Compares the device's clock with the server's, and keeps their difference for the next start. */
export class ClockWatch {
	readonly #parts: ClockWatchParts;
	readonly #serverClock: ServerClock;
	#warning: DeviceStatus['clockWarning'] = null;

	constructor(parts: ClockWatchParts) {
		this.#parts = parts;
		this.#serverClock = new ServerClock(parts.clock, parts.identity.current.serverOffsetMs);
	}

	/** Server clock minus wall clock at this moment, in whole milliseconds, or null. */
	get offsetMs(): number | null {
		const offsetMs = this.#serverClock.offsetMs;
		return offsetMs === null ? null : Math.round(offsetMs);
	}

	get warning(): DeviceStatus['clockWarning'] {
		return this.#warning;
	}

	/** Central said what time it is; a page of the feed also says how far that is behind the real time. */
	heard(serverTime: string, clockShiftMs?: number): void {
		this.#serverClock.heard(serverTime);
		if (clockShiftMs !== undefined) this.#serverClock.shiftHeard(clockShiftMs);
		this.#judge(true);
	}

	/** Whether the wall clock jumped since the last look. */
	look(): void {
		this.#judge(false);
	}

	/** Looks until it is stopped. */
	async run(stop: AbortSignalLike): Promise<void> {
		while (!stop.aborted) {
			await this.#parts.clock.sleep(lookEveryMs, stop);
			this.look();
		}
	}

	#judge(isHeard: boolean): void {
		const { identity, changed } = this.#parts;
		const serverOffsetMs = this.offsetMs;
		const before = identity.current.serverOffsetMs;
		const movedMs = serverOffsetMs === null || before === null ? 0 : serverOffsetMs - before;
		const isMoved = serverOffsetMs !== null && (before === null || Math.abs(movedMs) >= noticeableMs);
		if (isMoved) void identity.change((current) => ({ ...current, serverOffsetMs })).catch(() => undefined);
		const warning = this.#serverClock.warning;
		const isOther =
			warning?.kind !== this.#warning?.kind ||
			Math.abs((warning?.offMs ?? 0) - (this.#warning?.offMs ?? 0)) >= noticeableMs;
		if (isOther) this.#warning = warning;
		if (isMoved || isOther) changed(isMoved && !isHeard ? -movedMs : 0);
	}
}
