import { randomFillSync } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FetchLike } from '../../shared/device/http-central.ts';
import type { DeviceClock, DeviceRandom } from '../../shared/device/ports.ts';

export const nodeClock: DeviceClock = {
	wallMs: () => Temporal.Now.instant().epochMilliseconds,
	monotonicMs: () => performance.now(),
	sleep: async (milliseconds, signal) => {
		if (signal.aborted) return;
		const stop = new AbortController();
		const abort = () => stop.abort();
		signal.addEventListener('abort', abort);
		await delay(milliseconds, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
		signal.removeEventListener('abort', abort);
	},
};

export const nodeRandom: DeviceRandom = {
	bytes: (count) => randomFillSync(new Uint8Array(count)),
	fraction: () => Math.random(),
};

export const nodeFetch: FetchLike = async (url, { method, headers, body, signal }) => {
	const stop = new AbortController();
	const abort = () => stop.abort();
	signal.addEventListener('abort', abort);
	if (signal.aborted) stop.abort();
	return fetch(url, { method, headers, ...(body === undefined ? {} : { body }), signal: stop.signal });
};
