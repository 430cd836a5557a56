import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { mostFileBytes, ReplayComparison, ReplayRequest } from '../../shared/protocol/replay-messages.ts';
import type { ReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { isNestedDeeper } from './json-depth.ts';
import { problemOf } from './problem-reply.ts';

const ReplayBody = Type.Object(
	{
		...ReplayRequest.properties,
		instance: Type.Optional(
			Type.Unknown({ description: 'Instead of `file`: the instance itself, as `npm run route` reads it' }),
		),
	},
	{ additionalProperties: false },
);
type ReplayBody = Readonly<Static<typeof ReplayBody>>;

/** A file of the largest size in base64, and what goes with it. */
const largestBody = Math.ceil((4 * mostFileBytes) / 3) + 1024 * 1024;

/** An instance needs six. */
const deepest = 30;

/** Routing of the past under other rules, weights, capacities or closed sites. */
export function addReplayRoutes(routes: FastifyInstance, replays: Pick<ReplayDesk, 'run'>) {
	routes.post<{ Body: ReplayBody }>(
		'/routing/replays',
		{
			bodyLimit: largestBody,
			schema: {
				summary: 'Route a past day, or a file, once more under other rules, weights, capacities or closed sites',
				description:
					'Compares cost, splits, fill rate, lateness and the load of each site with what the published rules, or the file as it ' +
					'is, lead to. Changes nothing. Breaking the request off ends it. 503 while others are running.',
				tags: ['routing'],
				body: ReplayBody,
				response: { 200: ReplayComparison, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { instance, ...asked } = request.body;
			if (instance !== undefined && asked.file !== undefined) {
				const message = 'Either `file` or `instance` is to be replayed, not both.';
				return reply.code(400).send(problemOf('two_files', message, '/instance'));
			}
			if (isNestedDeeper(instance, deepest)) {
				const message = 'Objects and lists lie too deep in each other for an instance.';
				return reply.code(400).send(problemOf('too_deep', message, '/instance'));
			}
			const gone = new AbortController();
			reply.raw.once('close', () => gone.abort(new Error('Whoever asked has gone.')));
			const file = instance === undefined ? asked.file : Buffer.from(JSON.stringify(instance)).toString('base64');
			const question = { ...asked, ...(file === undefined ? {} : { file }) };
			const replayed = await replays.run(question, gone.signal).catch((error: unknown) => {
				if (!gone.signal.aborted) throw error;
			});
			// There is nobody left to answer.
			if (replayed === undefined) return reply.hijack();
			if (replayed.ok) return replayed.comparison;
			if (replayed.status === 503) void reply.header('retry-after', '30');
			return reply.code(replayed.status).send(replayed.problem);
		},
	);
}
