import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { FetchLike } from '../shared/device/http-central.ts';
import type { AbortSignalLike, DeviceClock, DeviceRandom, PinCheck } from '../shared/device/ports.ts';
import { hashPin, pinSaltBytes, verifyPin } from '../shared/pin.ts';
import { monotonicClock } from './monotonic-clock.ts';

export const nodeClock: DeviceClock = {
	wallMs: () => Temporal.Now.instant().epochMilliseconds,
	monotonicMs: monotonicClock(() => performance.now(), uptime),
	sleep: (milliseconds, signal) =>
		new Promise((resolve) => {
			if (signal.aborted) return resolve();
			const done = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', done);
				resolve();
			};
			const timer = setTimeout(done, Math.min(milliseconds, 0x7fffffff));
			signal.addEventListener('abort', done);
		}),
};

export const nodeRandom: DeviceRandom = {
	bytes: (count) => new Uint8Array(randomBytes(count)),
	fraction: () => Math.random(),
};

export const nodePins: PinCheck = {
	makeVerifier: (pin) => hashPin(pin, nodeRandom.bytes(pinSaltBytes)),
	matches: verifyPin,
};

export const nodeFetch: FetchLike = async (url, { method, headers, body, signal }) =>
	await fetch(url, { method, headers, body: body ?? null, signal: platformSignal(signal), redirect: 'error' });

function platformSignal(signal: AbortSignalLike): AbortSignal {
	const controller = new AbortController();
	if (signal.aborted) controller.abort();
	signal.addEventListener('abort', () => controller.abort());
	return controller.signal;
}
