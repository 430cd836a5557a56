import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { problemOf } from './problem-reply.ts';

/** Always asked for anew, so that a new version of the app is found; everything else has its version in its name. */
const neverCached = new Set(['index.html', 'sw.js', 'service-worker.js', 'manifest.webmanifest']);

/** Serves the built app from this folder. Any page of it leads to index.html; without a build, that is said. */
export async function serveAppFiles(app: FastifyInstance, rendererFolder: string): Promise<void> {
	const isBuilt = () => existsSync(join(rendererFolder, 'index.html'));
	await app.register(fastifyStatic, {
		root: rendererFolder,
		suppressWarning: true,
		cacheControl: false,
		setHeaders(reply, path) {
			const versioned = !neverCached.has(basename(path)) && /[\\/]assets[\\/]/.test(path);
			reply.header('cache-control', versioned ? 'public, max-age=31536000, immutable' : 'no-cache');
		},
	});
	app.setNotFoundHandler(async (request, reply) => {
		const path = request.url.split('?')[0] ?? '/';
		const isPage = request.method === 'GET' && !/^\/(api|sync)\//.test(path) && !/\.\w+$/.test(path);
		if (!isPage) return reply.code(404).send(problemOf('not_found', `There is nothing at ${path.slice(0, 200)}.`));
		if (isBuilt()) return reply.sendFile('index.html');
		const problem = problemOf(
			'not_built',
			'The sync server runs, but the app has not been built, so there is no page to show.',
			undefined,
			'Run `npm start`, which builds it.',
		);
		return reply.code(503).send(problem);
	});
}
