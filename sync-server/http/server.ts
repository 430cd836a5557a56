import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Database } from '../database/open-database.ts';
import { type ApiOptions, apiRoutes } from './api-routes.ts';
import { serveAppFiles } from './app-files.ts';
import { addHealthRoutes } from './health-routes.ts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { securityHeaders } from './security-headers.ts';
import { type SyncOptions, syncRoutesPlugin } from './sync-routes.ts';

const largestBody = 2 * 1024 * 1024;

export interface HttpParts {
	readonly database: Database;
	readonly sync: SyncOptions;
	readonly api: ApiOptions;
	readonly rendererFolder: string;
	readonly log: (line: string) => void;
}

/** All routes, ready to listen. Every error of every route is a Problem, in words. */
export async function buildHttpServer(parts: HttpParts): Promise<FastifyInstance> {
	const { database, sync, log } = parts;
	const app = Fastify({
		bodyLimit: largestBody,
		// Connections of server-sent events never end by themselves.
		forceCloseConnections: true,
		// A payload may hold any name; nothing merges it into an object. Taking names out would change what was signed.
		onProtoPoisoning: 'ignore',
		onConstructorPoisoning: 'ignore',
		routerOptions: { maxParamLength: 300 },
		frameworkErrors: (_error, _request, reply) => {
			(reply as FastifyReply)
				.code(400)
				.headers(securityHeaders)
				.send(problemOf('invalid', "The address can't be read."));
		},
		logger: { level: 'error', stream: { write: (line) => log(line.trimEnd()) } },
	});
	app.addHook('onRequest', async (_request, reply) => {
		reply.headers(securityHeaders);
	});
	app.addHook('onResponse', async (request, reply) => {
		const route = request.routeOptions.url ?? 'none';
		sync.metrics.answered(route, request.method, reply.statusCode, reply.elapsedTime / 1000);
	});
	app.setErrorHandler((error: FastifyError, request, reply) => {
		if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
			const message = `The request is larger than ${largestBody / 1024 / 1024} MB.`;
			return reply.code(413).send(problemOf('too_large', message, undefined, 'Send less at once.'));
		}
		return sendProblem(error, request, reply, parts.api.isDatabaseAway);
	});
	addHealthRoutes(app, { database, metrics: sync.metrics });
	await app.register(syncRoutesPlugin, sync);
	await app.register(apiRoutes, parts.api);
	await serveAppFiles(app, parts.rendererFolder);
	return app;
}
