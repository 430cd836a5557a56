import type { FetchLike, ResponseLike } from '../../shared/device/http-central.ts';
import type { AbortSignalLike } from '../../shared/device/ports.ts';
import { syncRoutes } from '../../shared/protocol/messages.ts';
import type { EventQueue } from './event-queue.ts';
import { type Seeded, seeded } from './seeded.ts';
import type { SimulatedRequest, SimulatedResponse } from './simulated-server.ts';

/** How the way between one device and central is: probabilities from 0 to 1. */
export interface Weather {
	readonly lost: number;
	readonly answerLost: number;
	readonly doubled: number;
	/** A request or an answer that takes seconds or minutes. */
	readonly late: number;
	readonly cut: boolean;
}
export const fairWeather: Weather = { lost: 0, answerLost: 0, doubled: 0, late: 0, cut: false };

/** Central, as far as the network reaches it. */
export interface Reachable {
	/** Null: it is down, or went down over this request. */
	serve(request: SimulatedRequest): Promise<SimulatedResponse | null>;
	listen(request: SimulatedRequest, send: (text: string) => void, end: () => void): Promise<(() => void) | null>;
}

export interface NetworkParts {
	readonly queue: EventQueue;
	readonly central: Reachable;
	readonly seed: number;
	readonly trace: (line: string) => void;
}

/** One device's way to central. It ends with the device's run: what comes later finds nobody. */
export interface DeviceLine {
	readonly fetch: FetchLike;
	weather: Weather;
	hangUp(): void;
}

class NetworkFailure extends Error {}

/** Carries requests and answers; loses, doubles and delays them as the weather of each line is. */
export function deviceLine({ queue, central, seed, trace }: NetworkParts, name: string): DeviceLine {
	let alive = true;
	let messages = 0;
	const delay = (random: Seeded, late: number) =>
		random.chance(late) ? random.between(2_000, 150_000) : random.between(3, 60);
	const line: DeviceLine = {
		weather: fairWeather,
		hangUp: () => {
			alive = false;
		},
		fetch: (url, { method, headers, body, signal }) => {
			const random = seeded(seed, name, messages++);
			const request: SimulatedRequest = { method, url, headers, body };
			const { promise, resolve, reject } = Promise.withResolvers<ResponseLike>();
			const giveUp = () => reject(new NetworkFailure('aborted'));
			signal.addEventListener('abort', giveUp);
			const { weather } = line;
			if (weather.cut) {
				// A dead network is told at once, or never.
				if (random.chance(0.7)) queue.after(5, () => reject(new NetworkFailure('no network')));
				return promise;
			}
			if (url === syncRoutes.events) {
				queue.after(delay(random, weather.late), async () => {
					const stream = await openStream(request, random, signal);
					if (stream === null) reject(new NetworkFailure('no stream'));
					else resolve(stream);
				});
				return promise;
			}
			const arrive = (answerTo: ((response: SimulatedResponse) => void) | null) => async () => {
				if (line.weather.cut) return;
				const response = await central.serve(request);
				trace(`${name} ${method} ${shortUrl(url)} ${response?.status ?? 'nothing'}`);
				if (response === null) {
					queue.after(20, () => reject(new NetworkFailure('connection refused')));
				} else answerTo?.(response);
			};
			const answer = (response: SimulatedResponse) => {
				if (random.chance(line.weather.answerLost)) return;
				queue.after(delay(random, line.weather.late), () => {
					if (alive && !line.weather.cut)
						resolve({ status: response.status, text: async () => response.body, body: null });
				});
			};
			if (!random.chance(weather.lost)) queue.after(delay(random, weather.late), arrive(answer));
			// Its second coming may be much later than the first.
			if (method === 'POST' && random.chance(weather.doubled)) {
				queue.after(delay(random, 0.5), arrive(null));
			}
			return promise;
		},
	};

	async function openStream(
		request: SimulatedRequest,
		random: Seeded,
		signal: AbortSignalLike,
	): Promise<ResponseLike | null> {
		const waiting: ((chunk: { done: boolean; value?: Uint8Array }) => void)[] = [];
		const chunks: { done: boolean; value?: Uint8Array }[] = [];
		let lastAtMs = 0;
		let isOver = false;
		const give = (chunk: { done: boolean; value?: Uint8Array }) => {
			const reader = waiting.shift();
			if (reader === undefined) chunks.push(chunk);
			else reader(chunk);
		};
		const send = (text: string) => {
			if (isOver || !alive) return;
			// In the order in which they were sent, as a connection delivers them.
			lastAtMs = Math.max(lastAtMs, queue.nowMs + delay(random, line.weather.late));
			const lost = random.chance(line.weather.lost);
			queue.after(lastAtMs - queue.nowMs, () => {
				if (alive && !line.weather.cut && !lost) give({ done: false, value: new TextEncoder().encode(text) });
			});
		};
		const end = () => {
			isOver = true;
			queue.after(10, () => give({ done: true }));
		};
		if (line.weather.cut || !alive) return null;
		const stop = await central.listen(request, send, end);
		if (stop === null) return null;
		const leave = () => {
			isOver = true;
			stop();
			give({ done: true });
		};
		signal.addEventListener('abort', leave);
		const read = () =>
			new Promise<{ done: boolean; value?: Uint8Array }>((resolve) => {
				const chunk = chunks.shift();
				if (chunk === undefined) waiting.push(resolve);
				else resolve(chunk);
			});
		return { status: 200, text: async () => '', body: { getReader: () => ({ read, cancel: async () => leave() }) } };
	}

	return line;
}

const shortUrl = (url: string) => url.replace('/sync/v1/', '').replace(/epoch=[^&]*&?/, '');
