import type { MemoryPostgres } from './memory-postgres.ts';
import type { Reachable } from './simulated-network.ts';
import { openSimulatedServer, type SimulatedResponse, type SimulatedServer } from './simulated-server.ts';

/** Where in the work on one request the server's process is killed. */
export type CrashPoint =
	/** Before this many statements more have run; a commit counts as one. */
	| { readonly kind: 'at_statement'; readonly statements: number }
	/** All is committed, nothing is answered. */
	| { readonly kind: 'before_answer' };

/** Central as one process that can be killed and started again, on a database that survives it. */
export interface SimulatedCentral extends Reachable {
	readonly isUp: boolean;
	crash(): void;
	/** The next request that writes is its last. */
	crashAt(point: CrashPoint): void;
	/** Takes back what `crashAt` said. */
	disarm(): void;
	start(): Promise<void>;
	/** What is due every 15 seconds. */
	beat(): void;
	/** Tells listeners of what was committed by other ways than a request. */
	tell(): Promise<void>;
	close(): Promise<void>;
	readonly crashes: number;
}

class ProcessKilled extends Error {}

export function simulatedCentral(
	postgres: MemoryPostgres,
	grantSecret: string,
	observe: { readonly log: (line: string) => void; readonly served: () => Promise<void>; readonly killed: () => void },
): SimulatedCentral {
	let server: SimulatedServer | null = null;
	let armed: CrashPoint | null = null;
	let crashes = 0;
	const ends = new Set<() => void>();
	const old: SimulatedServer[] = [];

	const crash = () => {
		if (server === null) return;
		crashes += 1;
		server.dropListeners();
		old.push(server);
		server = null;
		for (const end of ends) end();
		ends.clear();
	};

	return {
		get isUp() {
			return server !== null;
		},
		get crashes() {
			return crashes;
		},
		crash,
		crashAt: (point) => {
			armed = point;
		},
		disarm: () => {
			armed = null;
		},
		start: async () => {
			server ??= await openSimulatedServer(postgres, grantSecret, observe.log);
		},
		serve: async (request): Promise<SimulatedResponse | null> => {
			if (server === null) return null;
			const point = request.method === 'POST' ? armed : null;
			if (point !== null) armed = null;
			let killed = point?.kind === 'before_answer';
			if (point?.kind === 'at_statement') {
				let left = point.statements;
				postgres.filter((statement) => {
					left -= 1;
					if (left >= 0) return statement;
					killed = true;
					throw new ProcessKilled('The process was killed.');
				});
			}
			const response = await server.handle(request);
			if (point !== null) postgres.filter(null);
			await observe.served();
			if (killed) {
				crash();
				observe.killed();
				return null;
			}
			if (request.method === 'POST') await server.tellListeners();
			return response;
		},
		listen: async (request, send, end) => {
			if (server === null) return null;
			const stop = await server.listen(request, send);
			if (stop === null) return null;
			ends.add(end);
			return () => {
				ends.delete(end);
				stop();
			};
		},
		beat: () => server?.beat(),
		tell: async () => server?.tellListeners(),
		close: async () => {
			for (const each of [...old, ...(server === null ? [] : [server])]) await each.close();
		},
	};
}
