import type { StreamName } from '../schema/documents.ts';
import type { Connection } from './device-client.ts';
import type { CentralFailure, DeviceClock } from './ports.ts';

/** The three ways in which the device keeps asking central. */
export type Channel = 'sending' | StreamName;

const betweenWakesMs = 5000;

/** Judges from central's answers how the device is connected. "Online" means that central answered lately. */
export class ConnectionWatch {
	readonly #clock: DeviceClock;
	readonly #changed: (cameBack: boolean) => void;
	#current: Connection = { kind: 'starting' };
	/** What is wrong on a channel although central answers; it stands until the same channel works. */
	readonly #standing = new Map<Channel, CentralFailure>();
	#wokenMs = Number.NEGATIVE_INFINITY;
	#silence: { readonly sinceMs: number; readonly message: string } | null = null;

	constructor(clock: DeviceClock, changed: (cameBack: boolean) => void) {
		this.#clock = clock;
		this.#changed = changed;
	}

	get current(): Connection {
		return this.#current;
	}

	/** Central answered on this channel (null: as it should), or did not. */
	heard(channel: Channel, failure: CentralFailure | null): void {
		const wasSilent = this.#silence !== null;
		if (failure?.kind === 'unreachable') {
			this.#silence = { sinceMs: this.#silence?.sinceMs ?? this.#clock.wallMs(), message: failure.message };
		} else {
			this.#silence = null;
			if (failure === null) this.#standing.delete(channel);
			else this.#standing.set(channel, failure);
		}
		const before = JSON.stringify(this.#current);
		this.#current = this.#judge();
		const cameBack = wasSilent && this.#silence === null && this.#mayWake();
		if (cameBack || before !== JSON.stringify(this.#current)) this.#changed(cameBack);
	}

	/** The wall clock was set: the silence began at another reading of it. */
	wallJumped(byMs: number): void {
		if (this.#silence === null || byMs === 0) return;
		this.#silence = { ...this.#silence, sinceMs: this.#silence.sinceMs + byMs };
		this.#current = this.#judge();
	}

	/** The device has a new credential: what was wrong before is forgotten. */
	startAnew(): void {
		this.#standing.clear();
		this.#silence = null;
		this.#current = { kind: 'starting' };
		this.#changed(false);
	}

	/** One way may work while another doesn't: each answer would then cut short the pause of the one that fails. */
	#mayWake(): boolean {
		const now = this.#clock.monotonicMs();
		if (now - this.#wokenMs < betweenWakesMs) return false;
		this.#wokenMs = now;
		return true;
	}

	#judge(): Connection {
		if (this.#silence !== null) return { kind: 'cut_off', ...this.#silence };
		const failures = [...this.#standing.values()];
		for (const kind of ['credential', 'lane_frozen', 'outdated'] as const) {
			const failure = failures.find((each) => each.kind === kind);
			if (failure !== undefined) return { kind, message: failure.message };
		}
		const [failure] = failures;
		return failure === undefined ? { kind: 'online' } : { kind: 'slow', message: failure.message };
	}
}
