import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { seeded } from './seeded.ts';

/**
 * Takes this process's clock and randomness over while `work` runs: central's ids, credentials, instants and PostgreSQL's own
 * `now()` then follow from the seed too, and production code needs no port for it.
 */
export async function ownProcess<T>(seed: number, nowMs: () => number, work: () => Promise<T>): Promise<T> {
	const random = seeded('process', seed);
	const ownTimeout = globalThis.setTimeout;
	const before = {
		now: Date.now,
		random: Math.random,
		getRandomValues: crypto.webcrypto.getRandomValues,
		randomBytes: crypto.randomBytes,
		randomUUID: crypto.randomUUID,
		randomInt: crypto.randomInt,
	};
	const fill = <A extends ArrayBufferView>(array: A): A => {
		new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(random.bytes(array.byteLength));
		return array;
	};
	const uuid = () => {
		const hex = Buffer.from(random.bytes(16)).toString('hex');
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
	};
	const own = (
		parts: Omit<typeof before, 'randomBytes' | 'randomUUID' | 'randomInt'>,
		builtin: Record<string, unknown>,
	) => {
		Date.now = parts.now;
		Math.random = parts.random;
		Object.defineProperty(globalThis.crypto, 'getRandomValues', {
			value: parts.getRandomValues,
			configurable: true,
			writable: true,
		});
		Object.assign(crypto, builtin);
		syncBuiltinESMExports();
	};
	const bound = before.getRandomValues.bind(crypto.webcrypto);
	own(
		{ now: () => Math.trunc(nowMs()), random: random.fraction, getRandomValues: fill as typeof before.getRandomValues },
		{
			randomBytes: (count: number) => Buffer.from(random.bytes(count)),
			randomUUID: uuid,
			randomInt: (low: number, high?: number) =>
				high === undefined ? random.below(low) : low + random.below(high - low),
		},
	);
	// PostgreSQL's own timers follow the simulated clock: after a leap they may be further away than a timer can be.
	globalThis.setTimeout = Object.assign(
		(run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
			ownTimeout(run, Math.min(ms ?? 0, 2 ** 31 - 1), ...args),
		ownTimeout,
	);
	try {
		return await work();
	} finally {
		globalThis.setTimeout = ownTimeout;
		const { randomBytes, randomUUID, randomInt } = before;
		own({ now: before.now, random: before.random, getRandomValues: bound }, { randomBytes, randomUUID, randomInt });
	}
}
