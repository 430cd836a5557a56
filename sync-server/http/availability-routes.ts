import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { AvailabilityAnswer, AvailabilityQuestion } from '../../shared/schema/availability.ts';
import type { Promising } from '../central/promising/open-promising.ts';
import { AvailabilityQuery } from './api-messages.ts';

const json = 'application/json; charset=utf-8';

/** What can be promised. Answers are written as JSON at once: the schemas are for who reads about them. */
export function addAvailabilityRoutes(routes: FastifyInstance, promising: Promising): void {
	routes.get<{ Querystring: Static<typeof AvailabilityQuery> }>(
		'/availability',
		{
			// One value of a repeatable parameter arrives as a text, not as a list.
			preValidation: async (request: FastifyRequest) => {
				const query = request.query as { sku?: unknown };
				if (typeof query.sku === 'string') query.sku = [query.sku];
			},
			schema: {
				summary: 'What can be promised, by site and by date',
				tags: ['stock'],
				querystring: AvailabilityQuery,
				response: { 200: AvailabilityAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { sku: skus } = request.query;
			const [first = ''] = skus;
			const body =
				skus.length === 1
					? await promising.answerOne(first)
					: await promising.answerJson({ lines: skus.map((sku) => ({ sku })) });
			if (typeof body === 'object' && 'fault' in body) return reply.code(400).send(body.fault);
			return reply.type(json).send(body);
		},
	);

	routes.post<{ Body: AvailabilityQuestion }>(
		'/availability',
		{
			schema: {
				summary: 'What can be promised of up to 200 SKUs, at all or some sites, by a method, for a channel and a place',
				description:
					'Of a site that is closed, or was not heard of for an hour, nothing is available now: `notNow` says why. ' +
					'With a quantity, each site says when it can have so many ready, and how certain that is. An answer binds nobody: ' +
					'a reservation or an order looks again.',
				tags: ['stock'],
				body: AvailabilityQuestion,
				response: { 200: AvailabilityAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const answer = await promising.answerJson(request.body);
			if (typeof answer !== 'string') return reply.code(400).send(answer.fault);
			return reply.type(json).send(answer);
		},
	);
}
