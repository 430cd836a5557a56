import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { routingRulesMessages } from '../../shared/protocol/routing-rules-messages.ts';
import { routingSubject } from '../central/rules/routing-subject.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import { addVersionRoutes } from './version-routes.ts';

/** How orders are routed: rules in order, groups of sites, and what everything costs. */
export function addRoutingRulesRoutes(
	routes: FastifyInstance,
	parts: { readonly db: Kysely<Tables>; readonly clock: Clock },
) {
	addVersionRoutes(routes, parts, {
		subject: routingSubject,
		messages: routingRulesMessages,
		path: '/routing-rules',
		tags: ['routing rules'],
		holds: 'Holds at once for every order that is routed from then on; what is routed already stays where it is.',
	});
}
