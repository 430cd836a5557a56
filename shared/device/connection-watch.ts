import type { Connection } from './device-client.ts';
import type { CentralFailure, DeviceClock } from './ports.ts';

/** Judges from central's answers how the device is connected. "Online" means that central answered lately. */
export class ConnectionWatch {
	readonly #clock: DeviceClock;
	readonly #changed: (cameBack: boolean) => void;
	#current: Connection = { kind: 'starting' };
	/** What keeps operations from being taken although central answers. */
	#sending: CentralFailure | null = null;
	#contact: CentralFailure | null | 'none yet' = 'none yet';
	#silentSinceMs: number | null = null;

	constructor(clock: DeviceClock, changed: (cameBack: boolean) => void) {
		this.#clock = clock;
		this.#changed = changed;
	}

	get current(): Connection {
		return this.#current;
	}

	/** Central took operations, or did not. */
	heardWhenSending(failure: CentralFailure | null): void {
		const isOfSending = failure !== null && ['lane_frozen', 'gap', 'refused'].includes(failure.kind);
		if (isOfSending) this.#sending = failure;
		else if (failure === null) this.#sending = null;
		this.heard(isOfSending ? null : failure);
	}

	/** Central answered, or did not. */
	heard(failure: CentralFailure | null): void {
		this.#contact = failure;
		const wasSilent = this.#silentSinceMs !== null;
		if (failure?.kind !== 'unreachable') this.#silentSinceMs = null;
		else this.#silentSinceMs ??= this.#clock.wallMs();
		const before = this.#current;
		this.#current = this.#judge();
		const cameBack = wasSilent && this.#silentSinceMs === null;
		if (cameBack || JSON.stringify(before) !== JSON.stringify(this.#current)) this.#changed(cameBack);
	}

	/** The device has a new credential: what was wrong before is forgotten. */
	startAnew(): void {
		this.#sending = null;
		this.#contact = 'none yet';
		this.#silentSinceMs = null;
		this.#current = { kind: 'starting' };
		this.#changed(false);
	}

	#judge(): Connection {
		const failure = this.#contact;
		if (failure === 'none yet') return { kind: 'starting' };
		if (failure?.kind === 'credential') return { kind: 'credential', message: failure.message };
		if (failure?.kind === 'unreachable') {
			return { kind: 'cut_off', sinceMs: this.#silentSinceMs ?? this.#clock.wallMs(), message: failure.message };
		}
		if (this.#sending?.kind === 'lane_frozen') return { kind: 'lane_frozen', message: this.#sending.message };
		const slow = failure ?? this.#sending;
		return slow === null ? { kind: 'online' } : { kind: 'slow', message: slow.message };
	}
}
