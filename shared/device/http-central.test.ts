import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { release, releaseHeader } from '../protocol/release.ts';
import { type FetchLike, httpCentral } from './http-central.ts';
import type { DeviceClock } from './ports.ts';
import { StopSignal } from './stop-signal.ts';

const problem = (error: string, more: object = {}) => JSON.stringify({ error, message: `it is ${error}`, ...more });

/** Real time, sixty times as fast where something waits for it. */
const quickClock: DeviceClock = {
	wallMs: () => performance.now(),
	monotonicMs: () => performance.now(),
	sleep: (milliseconds, signal) =>
		new Promise((resolve) => {
			const timer = setTimeout(resolve, milliseconds / 60);
			signal.addEventListener('abort', () => {
				clearTimeout(timer);
				resolve();
			});
		}),
};

const nodeFetch: FetchLike = (url, { signal, body, ...rest }) => {
	const controller = new AbortController();
	signal.addEventListener('abort', () => controller.abort());
	return fetch(url, { ...rest, body: body ?? null, signal: controller.signal });
};

describe('central over HTTP', () => {
	let server: Server | undefined;
	afterEach(() => {
		server?.closeAllConnections();
		server?.close();
	});

	async function centralThat(answers: RequestListener) {
		server = createServer(answers);
		const listening = server;
		await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
		const address = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
		return httpCentral({ address, fetch: nodeFetch, clock: quickClock });
	}
	const failing = async (status: number, body: string) => {
		const central = await centralThat((_, response) => response.writeHead(status).end(body));
		const answer = await central.pull('site', null, 100);
		return answer.ok ? null : answer.failure;
	};

	it('sends the credential and the checkpoint', async () => {
		const seen: string[] = [];
		const central = await centralThat((request, response) => {
			seen.push(`${request.url} ${request.headers.authorization}`);
			response.end('{}');
		});
		central.setCredential('the-credential');
		await central.pull('shared', { epoch: 'a b', position: 7 }, 50);
		expect(seen).toEqual(['/sync/v1/feed?stream=shared&epoch=a%20b&after=7&limit=50 Bearer the-credential']);
	});

	it('names its release with every request', async () => {
		const seen: unknown[] = [];
		const central = await centralThat((request, response) => {
			seen.push(request.headers[releaseHeader]);
			response.end('{}');
		});
		await central.push([]);
		await central.pull('site', null, 50);
		await central.listen(() => undefined, new StopSignal());
		expect(seen).toEqual([String(release), String(release), String(release)]);
	});

	it("takes a captive portal's page, and anything else that is not Backstock's, for no answer", async () => {
		expect(await failing(200, '<html>Welcome to our WiFi</html>')).toMatchObject({ kind: 'unreachable' });
		expect(await failing(200, '{"stream":"site"}')).toMatchObject({ kind: 'unreachable' });
		expect(await failing(502, 'Bad gateway')).toMatchObject({ kind: 'unreachable' });
		expect(await failing(401, '<html>Log in</html>')).toMatchObject({ kind: 'unreachable' });
	});

	it('tells apart what central says', async () => {
		expect(await failing(503, problem('unavailable'))).toMatchObject({ kind: 'unavailable' });
		expect(await failing(401, problem('credential'))).toMatchObject({ kind: 'credential' });
		expect(await failing(409, problem('gap', { expectedSeq: 4 }))).toMatchObject({ kind: 'gap', expectedSeq: 4 });
		expect(await failing(409, problem('lane_frozen'))).toMatchObject({ kind: 'lane_frozen' });
		expect(await failing(426, problem('outdated'))).toEqual({ kind: 'outdated', message: 'it is outdated' });
		expect(await failing(403, problem('wrong_pin', { attemptsLeft: 2 }))).toMatchObject({
			kind: 'refused',
			error: 'wrong_pin',
			attemptsLeft: 2,
		});
	});

	it('does not wait for ever for a server that takes the request and says nothing', async () => {
		const central = await centralThat(() => undefined);
		expect(await central.pull('site', null, 10)).toMatchObject({
			ok: false,
			failure: { kind: 'unreachable', message: 'no answer within 20 s' },
		});
	});

	it('wakes at each event, however the bytes are cut, and tells when the connection ends', async () => {
		const central = await centralThat(async (_, response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			for (const part of [
				': hello\n\nda',
				'ta: {"site":1,',
				'"shared":2}\r\n\r',
				'\ndata: nonsense\n\n',
				'data: {"site":3,"shared":4}\n\n',
			]) {
				response.write(part);
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			response.end();
		});
		const events: unknown[] = [];
		const failure = await central.listen((event) => events.push(event), new StopSignal());
		expect(events).toEqual([
			{ site: 1, shared: 2 },
			{ site: 3, shared: 4 },
		]);
		expect(failure.kind).toBe('unreachable');
	});

	it('gives a connection up that fell silent, or that is no longer wanted', async () => {
		const central = await centralThat((_, response) => void response.writeHead(200).write(': here\n\n'));
		const silent = await central.listen(() => undefined, new StopSignal());
		expect(silent).toEqual({ kind: 'unreachable', message: 'the connection fell silent' });
		const stop = new StopSignal();
		const ended = central.listen(() => undefined, stop);
		stop.stop();
		expect((await ended).kind).toBe('unreachable');
	});
});
