import Fastify, { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { authenticateDevice } from '../../sync-server/central/devices/authenticate-device.ts';
import { realClock } from '../../sync-server/clock.ts';
import { sharedStream, siteStream } from '../../sync-server/database/documents.ts';
import { isDatabaseAway } from '../../sync-server/database/transaction.ts';
import type { Listener } from '../../sync-server/feed/wake.ts';
import { sendProblem } from '../../sync-server/http/problem-reply.ts';
import { syncRoutesPlugin } from '../../sync-server/http/sync-routes.ts';
import type { MemoryPostgres } from './memory-postgres.ts';

export interface SimulatedRequest {
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | undefined;
}

export interface SimulatedResponse {
	readonly status: number;
	readonly body: string;
}

/** The sync server's real routes and services, without a socket. */
export interface SimulatedServer {
	handle(request: SimulatedRequest): Promise<SimulatedResponse>;
	/** Follows the streams as a connection to the events route does; null when the credential is not taken. */
	listen(request: SimulatedRequest, send: (text: string) => void): Promise<(() => void) | null>;
	/** Tells the listeners what has been committed since. */
	tellListeners(): Promise<void>;
	/** Signs of life for who listens. */
	beat(): void;
	/** All connections are gone, as when the process is killed. */
	dropListeners(): void;
	close(): Promise<void>;
}

/** Opened anew for each story: what a server remembers between requests must not come from the story before. */
export async function openSimulatedServer(
	{ db }: MemoryPostgres,
	grantSecret: string,
	log: (line: string) => void,
): Promise<SimulatedServer> {
	const app: FastifyInstance = Fastify({
		bodyLimit: 2 * 1024 * 1024,
		onProtoPoisoning: 'ignore',
		onConstructorPoisoning: 'ignore',
		logger: { level: 'error', stream: { write: log } },
	});
	app.setErrorHandler((error: Parameters<typeof sendProblem>[0], request, reply) =>
		sendProblem(error, request, reply, isDatabaseAway),
	);
	const nobody = { add: async () => () => undefined, size: () => 0, close: async () => undefined };
	const notAsked = async () => Promise.reject(new Error('No story asks what can be promised.'));
	const promising = {
		answer: notAsked,
		answerOne: notAsked,
		changed: () => undefined,
		sites: notAsked,
		close: async () => undefined,
	};
	const metrics = {
		registry: new Registry(),
		tookIn: () => undefined,
		answered: () => undefined,
		routed: () => undefined,
	};
	const unknown = () => ({ state: 'unknown', done: 0, of: 0 }) as const;
	const replays = { choices: notAsked, start: () => ({ replayId: '' }), look: unknown, stop: unknown };
	const asked = { metrics, promising, replays };
	await app.register(syncRoutesPlugin, { db, clock: realClock, grantSecret, hub: nobody, ...asked });
	await app.ready();
	const listeners = new Set<Listener>();
	let heads = new Map<string, number>();
	const eventFor = ({ siteId }: Listener) => ({
		site: heads.get(siteStream(siteId)) ?? 0,
		shared: heads.get(sharedStream) ?? 0,
	});
	const readHeads = async () => {
		const rows = await db.selectFrom('stream').select(['id', 'head']).execute();
		return new Map(rows.map(({ id, head }) => [id, head]));
	};
	return {
		handle: async ({ method, url, headers, body }) => {
			const response = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
			return { status: response.statusCode, body: response.body };
		},
		listen: async ({ headers }, send) => {
			const known = await authenticateDevice(db, realClock, headers.authorization);
			if (!known.ok) return null;
			const listener: Listener = {
				siteId: known.device.siteId,
				wake: (event) => send(`data: ${JSON.stringify(event)}\n\n`),
				beat: () => send(': beat\n\n'),
			};
			heads = await readHeads();
			listeners.add(listener);
			listener.wake(eventFor(listener));
			return () => void listeners.delete(listener);
		},
		tellListeners: async () => {
			const before = heads;
			heads = await readHeads();
			const grew = (stream: string) => (heads.get(stream) ?? 0) > (before.get(stream) ?? 0);
			for (const listener of listeners)
				if (grew(siteStream(listener.siteId)) || grew(sharedStream)) listener.wake(eventFor(listener));
		},
		beat: () => {
			for (const listener of listeners) listener.beat();
		},
		dropListeners: () => listeners.clear(),
		close: () => app.close(),
	};
}
