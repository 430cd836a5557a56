import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { RoutingRun, RoutingRunMove, RoutingRuns } from '../../shared/protocol/routing-run-messages.ts';
import { findRun, listRuns, runMoves } from '../central/routing/batch/routing-runs.ts';
import type { RoutingWatch } from '../central/routing/batch/watch-routing.ts';
import type { Tables } from '../database/tables.ts';
import { askedId } from './api-messages.ts';
import { problemOf } from './problem-reply.ts';

const RunParams = Type.Object({ id: Type.String(askedId) });
const RunAnswer = Type.Object({ ...RoutingRun.properties, moved: Type.Array(RoutingRunMove) });
const BegunAnswer = Type.Object({ id: Type.String() });

const tags = ['routing'];
const problems = { '4xx': Problem, '5xx': Problem };

/** The runs that re-optimize what no site has started. */
export function addRoutingRoutes(
	routes: FastifyInstance,
	{ db, routing }: { readonly db: Kysely<Tables>; readonly routing: Pick<RoutingWatch, 'runNow'> },
): void {
	routes.post(
		'/routing/runs',
		{
			schema: {
				summary: 'Re-optimize now everything that no site has started',
				description:
					'Answers at once: 202 for a run that has begun, 200 with the one that is under way already. Its plan and its gap are in `GET /routing/runs/{id}`.',
				tags,
				response: { 202: BegunAnswer, 200: BegunAnswer, ...problems },
			},
		},
		async (_request, reply) => {
			const { runId, isNew } = await routing.runNow();
			return reply.code(isNew ? 202 : 200).send({ id: runId });
		},
	);

	routes.get(
		'/routing/runs',
		{
			schema: {
				summary:
					'The last hundred runs, the newest first: what each found, moved and saved, and its gap to its own bound',
				tags,
				response: { 200: RoutingRuns, ...problems },
			},
		},
		async () => ({ runs: [...(await listRuns(db))] }),
	);

	routes.get<{ Params: Static<typeof RunParams> }>(
		'/routing/runs/:id',
		{
			schema: {
				summary: 'One run with its moves, and what became of each',
				tags,
				params: RunParams,
				response: { 200: RunAnswer, ...problems },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const run = await findRun(db, id);
			if (run === undefined) return reply.code(404).send(problemOf('not_found', `There is no run "${id}".`, '/id'));
			return { ...run, moved: await runMoves(db, id) };
		},
	);
}
