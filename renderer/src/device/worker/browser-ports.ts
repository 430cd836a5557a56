import type { FetchLike } from '../../../../shared/device/http-central.ts';
import type { AbortSignalLike, DeviceClock, DeviceRandom, PinCheck } from '../../../../shared/device/ports.ts';
import { hashPin, pinSaltBytes, verifyPin } from '../../../../shared/pin.ts';

export const browserClock: DeviceClock = {
	wallMs: () => Temporal.Now.instant().epochMilliseconds,
	monotonicMs: () => performance.now(),
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

export const browserRandom: DeviceRandom = {
	bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
	fraction: () => Math.random(),
};

export const browserPins: PinCheck = {
	makeVerifier: (pin) => hashPin(pin, browserRandom.bytes(pinSaltBytes)),
	matches: verifyPin,
};

export const browserFetch: FetchLike = async (url, { method, headers, body, signal }) =>
	await fetch(url, {
		method,
		headers,
		body: body ?? null,
		signal: platformSignal(signal),
		cache: 'no-store',
		credentials: 'omit',
		redirect: 'error',
	});

function platformSignal(signal: AbortSignalLike): AbortSignal {
	const controller = new AbortController();
	if (signal.aborted) controller.abort();
	signal.addEventListener('abort', () => controller.abort());
	return controller.signal;
}
