import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { RecordResult } from '../../shared/device/device-client.ts';
import { DeviceCore } from '../../shared/device/device-core.ts';
import { type FetchLike, httpCentral } from '../../shared/device/http-central.ts';
import type { DeviceClock } from '../../shared/device/ports.ts';
import { type MemoryReplica, memoryReplica } from '../../shared/device/simulated/memory-replica.ts';
import { quickPins } from '../../shared/device/simulated/simulated-device.ts';
import {
	type SimulatedKeyPair,
	type SimulatedKeys,
	simulatedKeys,
} from '../../shared/device/simulated/simulated-keys.ts';
import { releaseHeader } from '../../shared/protocol/release.ts';
import { operationKinds } from '../../shared/schema/operation.ts';
import type { Plant } from './plants.ts';
import { seeded } from './seeded.ts';
import { type SimulatedDisk, simulatedDisk } from './simulated-disk.ts';
import { type DeviceLine, deviceLine, fairWeather, type NetworkParts, type Weather } from './simulated-network.ts';
import { openWindow, type SimulatedWindow } from './simulated-window.ts';
import type { Work } from './user-work.ts';

/** The simulated world's first moment, by the true clock. */
export const beginningMs = Date.UTC(2026, 10, 23, 8);

export interface MachineParts extends NetworkParts {
	readonly name: string;
	readonly siteId: string;
	readonly disk?: SimulatedDisk;
	/** Of which machine it has the key, when it is a copy. */
	readonly keyOf?: string;
	readonly plant: Plant | null;
}

/** One computer of a site with its device core, which can lose its power at any moment. */
export class Machine {
	readonly name: string;
	readonly siteId: string;
	/** The name of the machine that first had its key. */
	readonly keyOf: string;
	readonly #parts: MachineParts;
	disk: SimulatedDisk;
	replica: MemoryReplica = memoryReplica();
	core: DeviceCore | null = null;
	window: SimulatedWindow | null = null;
	/** The device's wall clock minus the true one. */
	clockErrorMs = 0;
	/** Somebody is enrolling it or signing in: nothing else is done meanwhile. */
	isBusy = false;
	starts = 0;
	readonly keys: SimulatedKeys;
	/** Of the app that is installed: null for the newest. */
	release: number | null = null;
	#line: DeviceLine | null = null;
	#weather: Weather = fairWeather;
	#sleepers = new Set<() => void>();

	constructor(parts: MachineParts) {
		this.#parts = parts;
		this.name = parts.name;
		this.siteId = parts.siteId;
		this.keyOf = parts.keyOf ?? parts.name;
		this.disk = parts.disk ?? simulatedDisk();
		this.keys = simulatedKeys((number) => seededKey(`${parts.seed} ${this.keyOf} ${number}`));
	}

	get weather(): Weather {
		return this.#weather;
	}
	set weather(weather: Weather) {
		this.#weather = weather;
		if (this.#line !== null) this.#line.weather = weather;
	}

	/** Starts the app. Nothing of it waits for the network. */
	async start(): Promise<void> {
		if (this.core !== null) return;
		this.starts += 1;
		this.isBusy = false;
		const clock = this.#clock();
		const line = deviceLine(this.#parts, `${this.name}.${this.starts}`);
		line.weather = this.#weather;
		this.#line = line;
		const random = seeded(this.#parts.seed, this.name, 'start', this.starts);
		const { plant } = this.#parts;
		const central = httpCentral({ address: '', fetch: this.#asReleased(line.fetch), clock });
		const core = await DeviceCore.open({
			folder: plant?.folder?.(this.disk.folder) ?? this.disk.folder,
			secrets: plant?.secrets?.(this.disk.secrets) ?? this.disk.secrets,
			central: plant?.central?.(central) ?? central,
			openReplica: () => plant?.replica?.(this.replica) ?? this.replica,
			keys: this.keys,
			clock,
			random,
			pins: quickPins,
		});
		this.core = core;
		await this.openWindow();
	}

	async openWindow(): Promise<void> {
		const enrolled = (await this.core?.status())?.enrolled;
		if (this.core === null || !enrolled) return;
		this.window?.close();
		this.window = openWindow(this.core, enrolled.siteId, () => this.replica);
	}

	/** The power is gone, or the process killed: whatever it was about to do never happens. */
	stop(kept: number): void {
		this.#line?.hangUp();
		for (const forget of this.#sleepers) forget();
		this.#sleepers.clear();
		this.window?.close();
		this.window = null;
		this.core = null;
		this.disk = this.disk.afterPowerCut(kept);
	}

	/** Another disk is put in, while it is off. */
	putIn(disk: SimulatedDisk): void {
		this.disk = disk;
	}

	/** The replica is gone, as when the browser throws its storage away. */
	wipeReplica(): void {
		this.replica = memoryReplica();
	}

	/** Null when it is off. */
	record(work: Work): Promise<RecordResult> | null {
		const newest: { version: number } = operationKinds[work.type];
		const { version } = newest;
		try {
			// The device core writes the version down before it first waits.
			if (this.release !== null) newest.version = 1;
			return this.core?.record(work.type, work.payload) ?? null;
		} finally {
			newest.version = version;
		}
	}

	#asReleased(fetch: FetchLike): FetchLike {
		const { release } = this;
		if (release === null) return fetch;
		return (url, init) => fetch(url, { ...init, headers: { ...init.headers, [releaseHeader]: String(release) } });
	}

	#clock(): DeviceClock {
		const { queue } = this.#parts;
		const sleepers = new Set<() => void>();
		this.#sleepers = sleepers;
		const startedMs = queue.nowMs;
		return {
			wallMs: () => beginningMs + queue.nowMs + this.clockErrorMs,
			monotonicMs: () => queue.nowMs - startedMs,
			sleep: (milliseconds, signal) =>
				new Promise((resolve) => {
					if (signal.aborted) return resolve();
					const wake = () => {
						forget();
						signal.removeEventListener('abort', wake);
						sleepers.delete(forget);
						resolve();
					};
					const forget = queue.after(milliseconds, wake);
					sleepers.add(forget);
					signal.addEventListener('abort', wake);
				}),
		};
	}
}

const derPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A real Ed25519 key that follows from a word. */
function seededKey(word: string): SimulatedKeyPair {
	const seed = createHash('sha256').update(word).digest();
	const key = createPrivateKey({ key: Buffer.concat([derPrefix, seed]), format: 'der', type: 'pkcs8' });
	const publicKey = createPublicKey(key).export({ format: 'jwk' }).x ?? '';
	return { publicKey, sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)) };
}
