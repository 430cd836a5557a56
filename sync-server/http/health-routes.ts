import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { Metrics } from './metrics.ts';
import { problemOf } from './problem-reply.ts';

const readyWithinMs = 3000;

/** Whether the process lives, whether it can work, and its figures. */
export function addHealthRoutes(
	app: FastifyInstance,
	{ database, metrics }: { readonly database: Database; readonly metrics: Metrics },
): void {
	app.get('/healthz', async () => ({ status: 'alive' }));

	app.get('/readyz', async (_request, reply) => {
		const late = new Promise<never>((_resolve, reject) => {
			setTimeout(() => reject(new Error('no answer')), readyWithinMs).unref();
		});
		try {
			await Promise.race([sql`SELECT 1`.execute(database.db), late]);
			return { status: 'ready' };
		} catch {
			return reply
				.code(503)
				.header('retry-after', '5')
				.send(problemOf('unavailable', "The server runs, but its database can't be reached."));
		}
	});

	app.get('/metrics', async (_request, reply) => {
		reply.header('content-type', metrics.registry.contentType);
		return metrics.registry.metrics();
	});
}
